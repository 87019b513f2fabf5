using System.Globalization;
using FteAgent.Customers;
using FteAgent.Silo.Commands;

namespace FteAgent.Silo.Settings;

/// <summary>How long people are remembered who do not write any more: <c>RETENTION_DAYS</c>; unset, for as long as the record is kept.</summary>
internal static class RetentionSettings
{
    private const int LongestDays = 36_500;

    public static RetentionOptions? Read(IConfiguration configuration) => configuration["RETENTION_DAYS"] switch
    {
        null or "" => null,
        var days when int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given is >= 1 and <= LongestDays =>
            new(TimeSpan.FromDays(given)),
        _ => throw new UsageException($"RETENTION_DAYS must be a whole number from 1 to {LongestDays}; leave it out to keep everything."),
    };
}
