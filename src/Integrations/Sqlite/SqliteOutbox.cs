using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Sqlite;

/// <summary>What is still to be sent, in the file. Every step that moves a delivery moves the conversation's next action with it.</summary>
internal sealed class SqliteOutbox(SqliteRecord record) : IOutbox
{
    /// <summary>One claim takes no more than this for one destination; the rest is claimed when these are sent.</summary>
    private const int ClaimLimit = 100;

    /// <summary>Where this stands the payload holds a code, which is kept no longer than it is needed: codes alone name the address to which they go.</summary>
    private const string Code = "\"address\":\"";

    private sealed record Open(OutboxItem Item, long DueAt, string? ClaimedBy, long? ClaimedUntil);

    public async Task<ImmutableArray<OutboxItem>> Claim(
        CustomerId customer, string claimedBy, TimeSpan lease, CancellationToken cancellationToken)
    {
        // A conversation is asked for its deliveries far more often than it has any.
        if (!await record.Read(session => HasUnsent(session, customer), cancellationToken).ConfigureAwait(false))
            return [];
        return await record.WriteClaim(session => Claim(session, customer, claimedBy, lease), cancellationToken).ConfigureAwait(false);
    }

    public Task<bool> Holds(Guid item, string claimedBy, TimeSpan lease, CancellationToken cancellationToken) =>
        record.WriteClaim(
            session => Change(session, item, session["""
                update outbox set claimed_until = $until
                where id = $id and claimed_by = $by and claimed_until > $now and sent_at is null and dead_at is null
                """]
                .Set("$id", item).Set("$by", claimedBy).Set("$now", record.Now).Set("$until", record.Now + Micros.Of(lease))),
            cancellationToken);

    public Task<bool> MarkSent(Guid item, string claimedBy, CancellationToken cancellationToken) =>
        record.Write(
            session => Change(session, item, session["""
                update outbox set sent_at = $now, attempts = attempts + 1, claimed_by = null, claimed_until = null, cause = null,
                    payload = case when destination in ('email', 'whatsapp') and instr(payload, $code) > 0 then '' else payload end
                where id = $id and claimed_by = $by and sent_at is null and dead_at is null
                """]
                .Set("$id", item).Set("$by", claimedBy).Set("$now", record.Now).Set("$code", Code)),
            cancellationToken);

    public Task MarkFailed(Guid item, string claimedBy, string cause, TimeSpan? retryIn, CancellationToken cancellationToken) =>
        record.Write(
            session =>
            {
                var now = record.Now;
                return Change(session, item, session["""
                    update outbox set attempts = attempts + 1, cause = $cause, due_at = coalesce($due, due_at), dead_at = $dead,
                        claimed_by = null, claimed_until = null,
                        payload = case when $dead is not null and destination in ('email', 'whatsapp') and instr(payload, $code) > 0 then '' else payload end
                    where id = $id and claimed_by = $by and sent_at is null and dead_at is null
                    """]
                    .Set("$id", item).Set("$by", claimedBy).Set("$cause", cause).Set("$code", Code)
                    .Set("$due", retryIn is { } wait ? now + Micros.Of(wait) : null)
                    .Set("$dead", retryIn is null ? now : null));
            },
            cancellationToken);

    public Task GiveBack(Guid item, string claimedBy, TimeSpan retryIn, CancellationToken cancellationToken) =>
        record.WriteClaim(
            session => Change(session, item, session["""
                update outbox set due_at = $due, claimed_by = null, claimed_until = null
                where id = $id and claimed_by = $by and sent_at is null and dead_at is null
                """]
                .Set("$id", item).Set("$by", claimedBy).Set("$due", record.Now + Micros.Of(retryIn))),
            cancellationToken);

    private static bool HasUnsent(SqliteSession session, CustomerId customer) =>
        session["select 1 from outbox where customer_id = $customer and sent_at is null and dead_at is null limit 1"]
            .Set("$customer", customer.Value)
            .Any();

    private ImmutableArray<OutboxItem> Claim(SqliteSession session, CustomerId customer, string claimedBy, TimeSpan lease)
    {
        var now = record.Now;
        var open = session["""
            select id, destination, sequence, payload, created_at, attempts, trace, due_at, claimed_by, claimed_until from outbox
            where customer_id = $customer and sent_at is null and dead_at is null
            order by destination, sequence
            """]
            .Set("$customer", customer.Value)
            .List(row => new Open(
                new(row.Id(), customer, row.Text(), row.Long(), row.Text(), row.Time(), row.Int(), row.TextOrNull()), row.Long(), row.TextOrNull(), row.LongOrNull()));

        var claimed = ImmutableArray.CreateBuilder<OutboxItem>();
        foreach (var destination in open.GroupBy(o => o.Item.Destination, StringComparer.Ordinal))
            claimed.AddRange(destination
                .TakeWhile(o => o.DueAt <= now && (o.ClaimedUntil is null || o.ClaimedUntil <= now || o.ClaimedBy == claimedBy))
                .Take(ClaimLimit)
                .Select(o => o.Item));

        foreach (var item in claimed)
            session["update outbox set claimed_by = $by, claimed_until = $until where id = $id"]
                .Set("$id", item.Id).Set("$by", claimedBy).Set("$until", now + Micros.Of(lease))
                .Execute();
        if (claimed.Count > 0)
            Duties.Derive(session, customer);
        return claimed.ToImmutable();
    }

    private static bool Change(SqliteSession session, Guid item, Statement statement)
    {
        if (statement.Execute() == 0)
            return false;
        var customer = session["select customer_id from outbox where id = $id"].Set("$id", item).First(static row => row.Id(), default);
        Duties.Derive(session, new(customer));
        return true;
    }
}
