using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Sqlite;

/// <summary>Which messages were erased lately, in the file. <see cref="SqlitePersonalData"/> notes them in the transaction that erases.</summary>
internal sealed class SqliteErasedMessages(SqliteRecord record) : IErasedMessages
{
    /// <summary>Notes the messages of a customer who is about to be erased, and forgets those that nothing can bring any more.</summary>
    public static void Note(SqliteSession session, CustomerId customer, long now)
    {
        session["delete from erased_messages where erased_at <= $ended"].Set("$ended", now - Micros.Of(IErasedMessages.KeptFor)).Execute();
        session["""
            insert into erased_messages (id, erased_at) select id, $now from messages where customer_id = $customer and author = 'customer'
            on conflict (id) do update set erased_at = excluded.erased_at
            """]
            .Set("$customer", customer.Value).Set("$now", now)
            .Execute();
    }

    public Task<bool> Has(MessageId message, CancellationToken cancellationToken) => record.Read(
        session => session["select 1 from erased_messages where id = $id and erased_at > $ended"]
            .Set("$id", message.Value).Set("$ended", record.Now - Micros.Of(IErasedMessages.KeptFor))
            .Any(),
        cancellationToken);
}
