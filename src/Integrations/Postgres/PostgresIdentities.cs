using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Postgres;

/// <summary>
/// Who is who, in the database: each act is one function of <c>db/fte/0009_identity.sql</c>, and so one transaction. A short outage is waited out
/// only for what may be asked twice: a code that a message brings or asks for. What is done on a page, by an operator or by somebody at it, would
/// be counted twice, or be told as done before; they hear of the outage and see what became of it.
/// </summary>
internal sealed class PostgresIdentities(PostgresRecord record, TimeProvider time) : IIdentities
{
    /// <summary>What the function says where the code came to be right while it looked: nothing was noted, and it is asked again.</summary>
    private const string AskAgain = "ask_again";

    /// <summary>How often. Each time a further code has been asked for in that very moment, and nobody is sent more than a few.</summary>
    private const int Looks = 2 * IIdentities.DailyLimit;

    public Task<bool> Ask(
        CustomerId customer, IdentifierKind kind, string value, byte[] codeHash, TimeSpan validFor, MessageId? message, CancellationToken cancellationToken) =>
        Once(
            message,
            () => record["select fte.ask_proof($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"]
                .Set(customer.Value).Set<IdentifierKind>(kind).Set(value).Set(codeHash).Set(validFor)
                .Set(IIdentities.AttemptLimit).Set(IIdentities.WaitingLimit).Set(IIdentities.HourlyLimit).Set(IIdentities.DailyLimit).Set(message?.Value)
                .First(static row => row.Bool(), false, cancellationToken),
            cancellationToken);

    public async Task<ProofResult> Prove(CustomerId customer, byte[] codeHash, bool isKnown, MessageId? message, CancellationToken cancellationToken)
    {
        for (var look = 1; look <= Looks; look++)
            if (await Once(message, () => Look(customer, codeHash, isKnown, message, cancellationToken), cancellationToken).ConfigureAwait(false) is { } result)
                return result;
        throw new RecordUnavailableException("The code was replaced again and again while it was looked at.");
    }

    public Task<ProofResult?> Given(MessageId message, CancellationToken cancellationToken) =>
        record["select outcome, kind, value, fte.canonical(goes_on) from fte.codes_given where message_id = $1"]
            .Set(message.Value)
            .First<ProofResult?>(
                static row => new ProofResult(row.Enum<ProofOutcome>(), row.EnumOrNull<IdentifierKind>(), row.TextOrNull(), new(row.Id())),
                null, cancellationToken);

    private Task<ProofResult?> Look(CustomerId customer, byte[] codeHash, bool isKnown, MessageId? message, CancellationToken cancellationToken) =>
        record[$"select nullif(outcome, '{AskAgain}'), kind, value, goes_on from fte.prove_identifier($1, $2, $3, $4, $5, $6)"]
            .Set(customer.Value).Set(codeHash).Set(NewMerge()).Set(isKnown).Set(message?.Value).Set(TimeSpan.FromDays(IIdentities.OutcomeKeptDays))
            .First<ProofResult?>(
                row => row.EnumOrNull<ProofOutcome>() is { } outcome
                    ? new ProofResult(outcome, row.EnumOrNull<IdentifierKind>(), row.TextOrNull(), new(row.IdOrNull() ?? customer.Value))
                    : null,
                new ProofResult(ProofOutcome.NoneWaits, null, null, customer), cancellationToken);

    // Asked again it finds them merged: then it says so without the merge's id.
    public Task<MergeResult> Merge(CustomerId from, CustomerId into, string by, string proof, CancellationToken cancellationToken)
    {
        var merge = NewMerge();
        return record["select outcome, goes_on from fte.merge_customers($1, $2, $3, $4, $5)"]
            .Set(merge).Set(from.Value).Set(into.Value).Set(by).Set(proof)
            .First(
                row => row.Enum<MergeOutcome>() is var outcome && row.IdOrNull() is { } goesOn
                    ? new MergeResult(outcome, outcome is MergeOutcome.Merged ? merge : null, new(goesOn))
                    : new MergeResult(outcome, null, null),
                new MergeResult(MergeOutcome.NoCustomer, null, null), cancellationToken);
    }

    public Task<bool> Part(Guid merge, string by, CancellationToken cancellationToken) =>
        record["select fte.part_customers($1, $2)"].Set(merge).Set(by).First(static row => row.Bool(), false, cancellationToken);

    public Task<CustomerId> Canonical(CustomerId customer, CancellationToken cancellationToken) =>
        record["select fte.canonical($1)"].Set(customer.Value).First(row => new CustomerId(row.IdOrNull() ?? customer.Value), customer, cancellationToken);

    public async Task<ImmutableArray<CustomerId>> Group(CustomerId customer, CancellationToken cancellationToken) =>
        await record["select * from fte.group_of($1)"].Set(customer.Value).List(static row => new CustomerId(row.Id()), cancellationToken).ConfigureAwait(false)
            is { Count: > 0 } group ? [.. group] : [customer];

    public async Task<ImmutableArray<CustomerMerge>> Merges(CustomerId customer, CancellationToken cancellationToken) =>
        [.. await record["""
            select id, from_customer, into_customer, merged_by, proof, merged_at, undone_by, undone_at, into_sequence from fte.merges
            where from_customer = $1 or into_customer = $1
            order by merged_at desc, id desc
            """]
            .Set(customer.Value)
            .List(
                static row => new CustomerMerge(
                    row.Id(), new(row.Id()), new(row.Id()), row.Text(), row.Text(), row.Time(), row.TextOrNull(), row.TimeOrNull(), row.Long()),
                cancellationToken).ConfigureAwait(false)];

    public Task<AddressHome?> Home(IdentifierKind kind, string value, CancellationToken cancellationToken) =>
        record["""
            select c.id, c.parted
            from fte.identifiers i
            join fte.customers c on c.id = coalesce((
                select m.from_customer
                from fte.group_of(i.customer_id) as one
                join fte.merges m on m.from_customer = one and m.undone_at is null
                join fte.merged_identifiers moved on moved.merge_id = m.id and moved.kind = i.kind and moved.value = i.value
                -- It may have moved on with further merges: where it came from first.
                where not exists (
                    select 1 from fte.merges below
                    join fte.merged_identifiers brought on brought.merge_id = below.id and brought.kind = i.kind and brought.value = i.value
                    where below.into_customer = m.from_customer and below.undone_at is null)
                limit 1), i.customer_id)
            where i.kind = $1 and i.value = $2 and i.proved
            """]
            .Set<IdentifierKind>(kind).Set(value)
            .First(static row => new AddressHome(new(row.Id()), row.Long()), null as AddressHome, cancellationToken);

    private Task<T> Once<T>(MessageId? message, Func<Task<T>> act, CancellationToken cancellationToken) =>
        message is null ? act() : PostgresPatience.WaitOut(record.Source.Work, act, cancellationToken);

    private Guid NewMerge() => Guid.CreateVersion7(time.GetUtcNow());
}
