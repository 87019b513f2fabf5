using System.Collections.Immutable;
using FteAgent.Answering;
using FteAgent.Customers;

namespace FteAgent.Sqlite;

/// <summary>
/// Takes away what is remembered for a short time, when that is over. Whoever notes something clears away what is old of its kind, but nobody may do
/// so for long.
/// </summary>
internal static class ShortMemory
{
    /// <summary>Everyone waits for the one writer, so no more than this of each kind at a time.</summary>
    private const int Limit = 200;

    private static readonly ImmutableArray<(string Table, string Time, TimeSpan Kept)> Kinds =
    [
        ("erased_messages", "erased_at", TimeSpan.FromDays(ICustomerDirectory.ErasedKeptDays)),
        ("codes_given", "given_at", TimeSpan.FromDays(IIdentities.OutcomeKeptDays)),
        ("codes_sent", "sent_at", TimeSpan.FromDays(1)),
        ("proofs", "expires_at", TimeSpan.Zero),
        ("model_calls", "at", TimeSpan.FromDays(IModelSpend.KeptDays)),
        ("model_spend", "day", TimeSpan.FromDays(IModelSpend.KeptDays)),
    ];

    /// <summary>Whether there is anything to take away.</summary>
    public static bool IsOver(SqliteSession session, long now) =>
        Kinds.Any(kind => session[$"select 1 from {kind.Table} where {kind.Time} <= $then limit 1"].Set("$then", now - Micros.Of(kind.Kept)).Any());

    public static void Tidy(SqliteSession session, long now)
    {
        foreach (var (table, time, kept) in Kinds)
            session[$"delete from {table} where rowid in (select rowid from {table} where {time} <= $then order by {time} limit $limit)"]
                .Set("$then", now - Micros.Of(kept)).Set("$limit", Limit)
                .Execute();
    }
}
