using System.Collections.Immutable;
using FteAgent.Customers;

namespace FteAgent.Sqlite;

/// <summary>Who is who, in the file. Each act is one write, and the one writer lets no other in between.</summary>
internal sealed class SqliteIdentities(SqliteRecord record, TimeProvider time) : IIdentities
{
    private static readonly long Hour = Micros.Of(TimeSpan.FromHours(1));

    public Task<bool> Ask(
        CustomerId customer, IdentifierKind kind, string value, byte[] codeHash, TimeSpan validFor, CancellationToken cancellationToken) =>
        record.Write(
            session =>
            {
                var now = record.Now;
                Tidy(session, now);
                if (!IdentityRows.Exists(session, customer) || TooMany(session, customer, kind, value))
                    return false;
                session["insert into codes_sent (customer_id, kind, value, sent_at) values ($customer, $kind, $value, $now)"]
                    .Set("$customer", customer.Value).Set("$kind", kind).Set("$value", value).Set("$now", now)
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

    public Task<ProofResult> Prove(CustomerId customer, byte[] codeHash, CancellationToken cancellationToken)
    {
        var merge = NewMerge();
        return record.Write(session => Prove(session, customer, codeHash, merge), cancellationToken);
    }

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

    public Task<ImmutableArray<CustomerMerge>> Merges(CustomerId customer, CancellationToken cancellationToken) =>
        record.Read(
            session => session["""
                select id, from_customer, into_customer, merged_by, proof, merged_at, undone_by, undone_at from merges
                where from_customer = $customer or into_customer = $customer
                order by merged_at desc, id desc
                """]
                .Set("$customer", customer.Value)
                .List(static row => new CustomerMerge(
                    row.Id(), new(row.Id()), new(row.Id()), row.Text(), row.Text(), row.Time(), row.TextOrNull(), row.TimeOrNull()))
                .ToImmutableArray(),
            cancellationToken);

    /// <summary>Whoever asks clears away what has ended: nobody else would.</summary>
    private static void Tidy(SqliteSession session, long now)
    {
        session["delete from codes_sent where sent_at <= $then"].Set("$then", now - Hour).Execute();
        session["delete from proofs where expires_at <= $now"].Set("$now", now).Execute();
    }

    private static bool TooMany(SqliteSession session, CustomerId customer, IdentifierKind kind, string value) =>
        session["select count(*) from proofs where customer_id = $customer and (kind, value) <> ($kind, $value)"]
            .Set("$customer", customer.Value).Set("$kind", kind).Set("$value", value)
            .First(static row => row.Int(), 0) >= IIdentities.WaitingLimit
        || session["select count(*) from codes_sent where customer_id = $customer"].Set("$customer", customer.Value)
            .First(static row => row.Int(), 0) >= IIdentities.HourlyLimit
        || session["select count(*) from codes_sent where kind = $kind and value = $value"].Set("$kind", kind).Set("$value", value)
            .First(static row => row.Int(), 0) >= IIdentities.HourlyLimit;

    private ProofResult Prove(SqliteSession session, CustomerId customer, byte[] codeHash, Guid merge)
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
        IdentityRows.Note(session, "customer", "proved", own, IdentityRows.Name(kind), now);
        if (IdentityRows.OwnerOf(session, kind, value, now) is not { } owner)
        {
            IdentityRows.LetGo(session, kind, value);
            IdentityRows.Own(session, own, kind, value, now);
            return new(ProofOutcome.Proved, kind, value, own);
        }

        if (owner == own)
            return new(ProofOutcome.Proved, kind, value, own);
        if (IdentityRows.MayShare(session, own, owner, kind, value))
            return new(ProofOutcome.NeedsPerson, kind, value, own);
        var merged = IdentityMerge.Merge(session, merge, own, owner, "proof", "a code sent to the address", now);
        return merged.Outcome is MergeOutcome.Merged
            ? new(ProofOutcome.Merged, kind, value, merged.Into!.Value)
            : new(ProofOutcome.NeedsPerson, kind, value, own);
    }

    private Guid NewMerge() => Guid.CreateVersion7(time.GetUtcNow());
}
