using System.Collections.Immutable;
using System.Globalization;
using FteAgent.Customers;

namespace FteAgent.Storage;

/// <summary>An erasure as the audit keeps it: a row for each id of the person, which all bear the erasure's own id and its count of rows.</summary>
internal static class ErasureNote
{
    public const string Act = "erased";

    /// <summary>What each of its rows says.</summary>
    public static string Detail(Guid erasure, long rows) => string.Create(CultureInfo.InvariantCulture, $"{erasure:N} {rows}");

    /// <summary>The erasures that the rows tell of, earliest first. Rows come in order.</summary>
    public static ImmutableArray<Erasure> Read(IEnumerable<(CustomerId Customer, string By, DateTimeOffset At, string Detail)> rows) =>
    [
        .. rows.GroupBy(row => row.Detail).Select(rows => new Erasure(
            [.. rows.Select(row => row.Customer)], rows.First().By, rows.First().At,
            long.Parse(rows.Key.AsSpan(rows.Key.IndexOf(' ', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture))),
    ];
}
