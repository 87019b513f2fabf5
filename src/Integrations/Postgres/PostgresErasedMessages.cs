using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Postgres;

/// <summary>Which messages were erased lately, in the database. <see cref="PostgresPersonalData"/> notes them in the transaction that erases.</summary>
internal sealed class PostgresErasedMessages(PostgresRecord record) : IErasedMessages
{
    /// <summary>Notes the messages of customers who are about to be erased, and forgets those that nothing can bring any more.</summary>
    public static async Task Note(PostgresSession session, Guid[] customers, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await session["delete from fte.erased_messages where erased_at <= $1"].Set(now - IErasedMessages.KeptFor).Execute(cancellationToken).ConfigureAwait(false);
        await session["""
            insert into fte.erased_messages (id, erased_at) select id, $2 from fte.messages where customer_id = any ($1) and author = 'customer'
            on conflict (id) do update set erased_at = excluded.erased_at
            """]
            .Set(customers).Set(now).Execute(cancellationToken).ConfigureAwait(false);
    }

    public Task<bool> Has(MessageId message, CancellationToken cancellationToken) =>
        record["select 1 from fte.erased_messages where id = $1 and erased_at > fte.now() - $2"].Set(message.Value).Set(IErasedMessages.KeptFor).Any(cancellationToken);
}
