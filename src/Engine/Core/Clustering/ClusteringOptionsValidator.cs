using Microsoft.Extensions.Options;

namespace FteAgent.Engine;

/// <summary>Refuses settings under which silos could not keep together, in a sentence that names the setting.</summary>
internal sealed class ClusteringOptionsValidator : IValidateOptions<ClusteringOptions>
{
    /// <summary>A shorter lease would end by an ordinary pause of the process or the network.</summary>
    private static readonly TimeSpan ShortestLease = TimeSpan.FromMilliseconds(500);

    /// <summary>A renewal that fails must leave time for another.</summary>
    private const int RenewalsPerLease = 3;

    public ValidateOptionsResult Validate(string? name, ClusteringOptions options)
    {
        var faults = Faults(options).ToArray();
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(ClusteringOptions options)
    {
        if (options.Lease < ShortestLease)
            yield return $"{nameof(options.Lease)} is {options.Lease}; it must be at least {ShortestLease}.";
        if (options.RenewPeriod <= TimeSpan.Zero || options.RenewPeriod * RenewalsPerLease > options.Lease)
            yield return $"{nameof(options.RenewPeriod)} is {options.RenewPeriod}; it must fit {RenewalsPerLease} times into {nameof(options.Lease)} ({options.Lease}).";
        if (options.JoinTimeout < options.Lease)
            yield return $"{nameof(options.JoinTimeout)} is {options.JoinTimeout}; it must be at least {nameof(options.Lease)} ({options.Lease}).";
        if (options.ClusterSecret is { } secret && secret.Length < ClusteringOptions.ShortestSecret)
            yield return $"{nameof(options.ClusterSecret)} is too short; it must have at least {ClusteringOptions.ShortestSecret} characters.";
        if (options.SilenceLimit <= options.PingAfter)
            yield return $"{nameof(options.SilenceLimit)} is {options.SilenceLimit}; it must be longer than {nameof(options.PingAfter)} ({options.PingAfter}).";
        if (options.MaxQueuedBytes < options.MaxFrameBytes)
            yield return $"{nameof(options.MaxQueuedBytes)} is {options.MaxQueuedBytes}; one frame of {nameof(options.MaxFrameBytes)} ({options.MaxFrameBytes}) must fit.";

        foreach (var (setting, value) in Positive(options))
            if (value <= TimeSpan.Zero) yield return $"{setting} is {value}; it must be more than nothing.";
    }

    private static IEnumerable<(string Setting, TimeSpan Value)> Positive(ClusteringOptions options) =>
    [
        (nameof(options.HandshakeTimeout), options.HandshakeTimeout),
        (nameof(options.DialTimeout), options.DialTimeout),
        (nameof(options.PingAfter), options.PingAfter),
        (nameof(options.QueueTimeout), options.QueueTimeout),
    ];
}
