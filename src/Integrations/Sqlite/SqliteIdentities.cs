using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Sqlite;

/// <summary>Who is who, in the file. Each act is one write, and the one writer lets no other in between.</summary>
internal sealed class SqliteIdentities(SqliteRecord record, TimeProvider time) : IIdentities
{
    private static readonly long Hour = Micros.Of(TimeSpan.FromHours(1));
    private static readonly long Day = Micros.Of(TimeSpan.FromDays(1));
    private static readonly long OutcomeKept = Micros.Of(TimeSpan.FromDays(IIdentities.OutcomeKeptDays));

    public Task<bool> Ask(
        CustomerId customer, IdentifierKind kind, string value, byte[] codeHash, TimeSpan validFor, MessageId? message, CancellationToken cancellationToken) =>
        record.Write(
            session =>
            {
                var now = record.Now;
                Tidy(session, now);
                if (message is { } known && session["select 1 from codes_sent where message_id = $message"].Set("$message", known.Value).Any())
                    return true;
                if (!IdentityRows.Exists(session, customer) || TooMany(session, customer, kind, value, now))
                    return false;
                session["insert into codes_sent (customer_id, kind, value, sent_at, message_id) values ($customer, $kind, $value, $now, $message)"]
                    .Set("$customer", customer.Value).Set("$kind", kind).Set("$value", value).Set("$now", now).Set("$message", message?.Value)
                    .Execute();
                session["""
                    insert into proofs (customer_id, kind, value, code_hash, expires_at, attempts_left)
                    values ($customer, $kind, $value, $hash, $expires, $attempts)
                    on conflict (customer_id, kind, value) do update set
                        code_hash = excluded.code_hash, expires_at = excluded.expires_at, attempts_left = excluded.attempts_left
                    """]
                    .Set("$customer", customer.Value).Set("$kind", kind).Set("$value", value).Set("$hash", codeHash)
                    .Set("$expires", now + Micros.Of(validFor)).Set("$attempts", IIdentities.AttemptLimit)
                    .Execute();
                return true;
            },
            cancellationToken);

    public Task<ProofResult> Prove(CustomerId customer, byte[] codeHash, bool isKnown, MessageId? message, CancellationToken cancellationToken)
    {
        var merge = NewMerge();
        return record.Write(
            session =>
            {
                if (message is not { } once)
                    return Prove(session, customer, codeHash, isKnown, merge);
                if (Before(session, once) is { } before)
                    return before;
                var result = Prove(session, customer, codeHash, isKnown, merge);
                if (result.Outcome is not ProofOutcome.NoneWaits)
                    Keep(session, once, customer, result);
                return result;
            },
            cancellationToken);
    }

    public Task<ProofResult?> Given(MessageId message, CancellationToken cancellationToken) =>
        record.Read(session => Before(session, message), cancellationToken);

    public Task<MergeResult> Merge(CustomerId from, CustomerId into, string by, string proof, CancellationToken cancellationToken)
    {
        var merge = NewMerge();
        return record.Write(session => IdentityMerge.Merge(session, merge, from, into, by, proof, record.Now), cancellationToken);
    }

    public Task<bool> Part(Guid merge, string by, CancellationToken cancellationToken) =>
        record.Write(session => IdentityMerge.Part(session, merge, by, record.Now), cancellationToken);

    public Task<CustomerId> Canonical(CustomerId customer, CancellationToken cancellationToken) =>
        record.Read(session => IdentityRows.Canonical(session, customer), cancellationToken);

    public Task<ImmutableArray<CustomerId>> Group(CustomerId customer, CancellationToken cancellationToken) =>
        record.Read(session => IdentityRows.Group(session, customer), cancellationToken);

    public Task<AddressHome?> Home(IdentifierKind kind, string value, CancellationToken cancellationToken) =>
        record.Read(session => IdentityRows.Home(session, kind, value), cancellationToken);

    public Task<ImmutableArray<CustomerMerge>> Merges(CustomerId customer, CancellationToken cancellationToken) =>
        record.Read(
            session => session["""
                select id, from_customer, into_customer, merged_by, proof, merged_at, undone_by, undone_at, into_sequence from merges
                where from_customer = $customer or into_customer = $customer
                order by merged_at desc, id desc
                """]
                .Set("$customer", customer.Value)
                .List(static row => new CustomerMerge(
                    row.Id(), new(row.Id()), new(row.Id()), row.Text(), row.Text(), row.Time(), row.TextOrNull(), row.TimeOrNull(), row.Long()))
                .ToImmutableArray(),
            cancellationToken);

    /// <summary>Whoever asks clears away what has ended, and waits for no sweeper to do so: what waits is counted next.</summary>
    private static void Tidy(SqliteSession session, long now)
    {
        session["delete from codes_sent where sent_at <= $then"].Set("$then", now - Day).Execute();
        session["delete from proofs where expires_at <= $now"].Set("$now", now).Execute();
    }

    private static bool TooMany(SqliteSession session, CustomerId customer, IdentifierKind kind, string value, long now) =>
        session["select count(*) from proofs where customer_id = $customer and (kind, value) <> ($kind, $value)"]
            .Set("$customer", customer.Value).Set("$kind", kind).Set("$value", value)
            .First(static row => row.Int(), 0) >= IIdentities.WaitingLimit
        || session["select count(*) from codes_sent where customer_id = $customer and sent_at > $since"]
            .Set("$customer", customer.Value).Set("$since", now - Hour)
            .First(static row => row.Int(), 0) >= IIdentities.HourlyLimit
        || SentTo(session, kind, value, now - Hour) >= IIdentities.HourlyLimit
        || SentTo(session, kind, value, now - Day) >= IIdentities.DailyLimit;

    private static int SentTo(SqliteSession session, IdentifierKind kind, string value, long since) =>
        session["select count(*) from codes_sent where kind = $kind and value = $value and sent_at > $since"]
            .Set("$kind", kind).Set("$value", value).Set("$since", since)
            .First(static row => row.Int(), 0);

    /// <summary>
    /// How it ended when this message brought its code before. The hash says nothing here: it is made for a customer, and after a merge the message
    /// is brought for the one with whom contact goes on.
    /// </summary>
    private static ProofResult? Before(SqliteSession session, MessageId message) =>
        session["select outcome, kind, value, goes_on from codes_given where message_id = $message"]
            .Set("$message", message.Value)
            .First(
                row => new ProofResult(row.Enum<ProofOutcome>(), row.EnumOrNull<IdentifierKind>(), row.TextOrNull(), IdentityRows.Canonical(session, new(row.Id()))),
                null as ProofResult);

    private void Keep(SqliteSession session, MessageId message, CustomerId customer, ProofResult result)
    {
        session["delete from codes_given where given_at <= $then"].Set("$then", record.Now - OutcomeKept).Execute();
        session["""
            insert into codes_given (message_id, customer_id, outcome, kind, value, goes_on, given_at)
            values ($message, $customer, $outcome, $kind, $value, $goes_on, $now)
            on conflict (message_id) do nothing
            """]
            .Set("$message", message.Value).Set("$customer", customer.Value).Set("$outcome", result.Outcome)
            .Set("$kind", result.Kind).Set("$value", result.Value).Set("$goes_on", result.Customer.Value).Set("$now", record.Now)
            .Execute();
    }

    private ProofResult Prove(SqliteSession session, CustomerId customer, byte[] codeHash, bool isKnown, Guid merge)
    {
        var now = record.Now;
        var own = IdentityRows.Canonical(session, customer);
        session["delete from proofs where customer_id = $customer and (expires_at <= $now or attempts_left <= 0)"]
            .Set("$customer", customer.Value).Set("$now", now)
            .Execute();
        if (!session["select 1 from proofs where customer_id = $customer"].Set("$customer", customer.Value).Any())
            return new(ProofOutcome.NoneWaits, null, null, own);

        var right = session["select kind, value from proofs where customer_id = $customer and code_hash = $hash limit 1"]
            .Set("$customer", customer.Value).Set("$hash", codeHash)
            .First(static row => (Kind: row.Enum<IdentifierKind>(), Value: row.Text()), null as (IdentifierKind Kind, string Value)?);
        if (right is not var (kind, value))
        {
            session["update proofs set attempts_left = attempts_left - 1 where customer_id = $customer"].Set("$customer", customer.Value).Execute();
            return new(ProofOutcome.Wrong, null, null, own);
        }

        session["delete from proofs where customer_id = $customer and kind = $kind and value = $value"]
            .Set("$customer", customer.Value).Set("$kind", kind).Set("$value", value)
            .Execute();
        // Whoever may be a stranger adds no address of theirs to a person's, and joins nobody to them.
        if (!isKnown && IdentityRows.IsSomebody(session, customer) && !IdentityRows.HasProved(session, own, kind, value))
            return new(ProofOutcome.OtherAddress, kind, value, own);
        IdentityRows.Note(session, "customer", "proved", own, IdentityRows.Name(kind), now);
        if (IdentityRows.OwnerOf(session, kind, value, now) is not { } owner)
        {
            IdentityRows.LetGo(session, kind, value);
            IdentityRows.Own(session, own, kind, value, now);
            return new(ProofOutcome.Proved, kind, value, own);
        }

        if (owner == own)
        {
            // Shown anew by its owner, it counts from now.
            IdentityRows.Own(session, own, kind, value, now);
            return new(ProofOutcome.Proved, kind, value, own);
        }

        if (IdentityRows.MayShare(session, own, owner, kind, value))
            return new(ProofOutcome.NeedsPerson, kind, value, own);
        var merged = IdentityMerge.Merge(session, merge, own, owner, "proof", "a code sent to the address", now);
        return merged.Outcome is MergeOutcome.Merged
            ? new(ProofOutcome.Merged, kind, value, merged.Into!.Value)
            : new(ProofOutcome.NeedsPerson, kind, value, own);
    }

    private Guid NewMerge() => Guid.CreateVersion7(time.GetUtcNow());
}
