using System.Collections.Immutable;
using FteAgent.Conversations;

namespace FteAgent.Sqlite;

/// <summary>The duties of all conversations, in the file.</summary>
internal sealed class SqliteDutyRoster(SqliteRecord record) : IDutyRoster
{
    private const int ClaimLimit = 100;
    private const int LongestBackOff = 60;

    private const string LeftClaim =
        "sent_at is null and dead_at is null and claimed_by not in (select incarnation from silos where seen_at > $unseen)";

    /// <summary>An incarnation never comes back, so its row is of no use once nothing it worked on can be younger.</summary>
    private static readonly TimeSpan SiloKept = TimeSpan.FromHours(1);

    public Task Renew(string incarnation, CancellationToken cancellationToken) =>
        record.WriteClaim(
            session =>
            {
                var now = record.Now;
                session["delete from silos where seen_at < $old"].Set("$old", now - Micros.Of(SiloKept)).Execute();
                return session["insert into silos (incarnation, seen_at) values ($me, $now) on conflict (incarnation) do update set seen_at = excluded.seen_at"]
                    .Set("$me", incarnation).Set("$now", now)
                    .Execute();
            },
            cancellationToken);

    public Task Retire(string incarnation, CancellationToken cancellationToken) =>
        record.WriteClaim(
            session => session["delete from silos where incarnation = $me"].Set("$me", incarnation).Execute(), cancellationToken);

    public async Task<ImmutableArray<DueConversation>> ClaimDue(int limit, CancellationToken cancellationToken)
    {
        // Most often nothing is due: a look costs the writer nothing.
        if (!await record.Read(IsAnythingToDo, cancellationToken).ConfigureAwait(false))
            return [];

        return await record.WriteClaim(
            session =>
            {
                foreach (var customer in LeftClaims(session, ClaimLimit))
                    Free(session, customer);
                var due = Due(session, Math.Clamp(limit, 1, ClaimLimit));
                foreach (var (customer, pokes, _) in due)
                    session["update conversations set pokes = pokes + 1, poke_after = $after where customer_id = $customer"]
                        .Set("$customer", customer).Set("$after", record.Now + BackOff(pokes))
                        .Execute();
                SentItems.Tidy(session, record.Now);
                ShortMemory.Tidy(session, record.Now);
                return due.Select(d => new DueConversation(new(d.Customer), d.GoneWorker)).ToImmutableArray();
            },
            cancellationToken).ConfigureAwait(false);
    }

    private bool IsAnythingToDo(SqliteSession session) =>
        Due(session, 1).Count > 0 || LeftClaims(session, 1).Count > 0 || SentItems.AreOld(session, record.Now) || ShortMemory.IsOver(session, record.Now);

    private List<(Guid Customer, int Pokes, string? GoneWorker)> Due(SqliteSession session, int limit)
    {
        var now = record.Now;
        return session["""
            with gone as (
                select customer_id, worked_by from conversations
                where exchange_id is not null and worked_by not in (select incarnation from silos where seen_at > $unseen))
            select due.customer_id, due.pokes, gone.worked_by
            from (
                select customer_id from conversations where next_action_at <= $now
                union
                select customer_id from gone) either
            join conversations due using (customer_id)
            left join gone using (customer_id)
            where due.poke_after <= $now
            order by due.next_action_at limit $limit
            """]
            .Set("$now", now).Set("$unseen", Unseen).Set("$limit", limit)
            .List(static row => (row.Id(), row.Int(), row.TextOrNull()));
    }

    /// <summary>Whose deliveries are claimed by a silo that is gone.</summary>
    private List<Guid> LeftClaims(SqliteSession session, int limit) =>
        session[$"select distinct customer_id from outbox where {LeftClaim} limit $limit"]
            .Set("$unseen", Unseen).Set("$limit", limit)
            .List(static row => row.Id());

    /// <summary>Ends such claims, so that a delivery waits for nobody's lease, and moves the duty with them.</summary>
    private void Free(SqliteSession session, Guid customer)
    {
        session[$"update outbox set claimed_by = null, claimed_until = null where customer_id = $customer and {LeftClaim}"]
            .Set("$customer", customer).Set("$unseen", Unseen)
            .Execute();
        Duties.Derive(session, new(customer));
    }

    /// <summary>Who was not seen since then is gone.</summary>
    private long Unseen => record.Now - Micros.Of(IDutyRoster.UnseenAfter);

    /// <summary>1, 2, 4 … 60 seconds.</summary>
    private static long BackOff(int pokes) => Math.Min(LongestBackOff, 1L << Math.Min(pokes, 6)) * Micros.Second;
}
