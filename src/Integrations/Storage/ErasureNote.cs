using System.Collections.Immutable;
using System.Globalization;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Storage;

/// <summary>An erasure as the audit keeps it: a row for each id of the person, which all bear the erasure's own id and its count of rows.</summary>
internal static class ErasureNote
{
    public const string Act = "erased";

    /// <summary>What each of its rows says.</summary>
    public static string Detail(Guid erasure, long rows) => string.Create(CultureInfo.InvariantCulture, $"{erasure:N} {rows}");

    /// <summary>The erasures that the rows tell of, earliest first. Rows come in order.</summary>
    /// <param name="rows">The audit's rows.</param>
    /// <param name="messages">What each took, by its time, as far as that is known.</param>
    public static ImmutableArray<Erasure> Read(
        IEnumerable<(CustomerId Customer, string By, DateTimeOffset At, string Detail)> rows, ILookup<DateTimeOffset, MessageId> messages) =>
    [
        .. rows.GroupBy(row => row.Detail).Select(rows => new Erasure(
            [.. rows.Select(row => row.Customer)], rows.First().By, rows.First().At,
            long.Parse(rows.Key.AsSpan(rows.Key.IndexOf(' ', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture),
            [.. messages[rows.First().At]])),
    ];
}
