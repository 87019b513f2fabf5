using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Storage;

namespace FteAgent.Postgres;

/// <summary>
/// Which messages were erased lately, in the database. <see cref="PostgresPersonalData"/> notes them in the transaction that erases, and
/// <c>fte.resolve_customer</c> knows nobody for one of them.
/// </summary>
internal static class PostgresErasedMessages
{
    /// <summary>Notes the messages of customers who are about to be erased, and forgets those that nothing can bring any more.</summary>
    public static async Task<ImmutableArray<MessageId>> Note(PostgresSession session, Guid[] customers, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await session["delete from fte.erased_messages where erased_at <= $1"]
            .Set(now - TimeSpan.FromDays(ICustomerDirectory.ErasedKeptDays)).Execute(cancellationToken).ConfigureAwait(false);
        return [.. await session[$"""
            insert into fte.erased_messages (id, erased_at)
            select id, $2 from fte.messages where customer_id = any ($1) and author = 'customer'
            union
            select id, $2 from ({JoinedErasure.Of(JoinedErasure.Brought, "= any ($1)", "fte.")}) as brought
            on conflict (id) do update set erased_at = excluded.erased_at
            returning id
            """]
            .Set(customers).Set(now).List(static row => new MessageId(row.Id()), cancellationToken).ConfigureAwait(false)];
    }

    /// <summary>Notes what an erasure before a restore took, whether it is here again or not.</summary>
    public static Task NoteAgain(PostgresSession session, ImmutableArray<MessageId> messages, CancellationToken cancellationToken) =>
        session["insert into fte.erased_messages (id, erased_at) select id, fte.now() from unnest($1) as erased (id) on conflict (id) do nothing"]
            .Set([.. messages.Select(message => message.Value)]).Execute(cancellationToken);

    /// <summary>What each erasure of the last days took, by its time: an erasure and what it took are noted with one.</summary>
    public static async Task<ILookup<DateTimeOffset, MessageId>> All(PostgresRecord record, CancellationToken cancellationToken) =>
        (await record["select erased_at, id from fte.erased_messages order by id"]
            .List(static row => (At: row.Time(), Message: new MessageId(row.Id())), cancellationToken).ConfigureAwait(false))
            .ToLookup(erased => erased.At, erased => erased.Message);
}
