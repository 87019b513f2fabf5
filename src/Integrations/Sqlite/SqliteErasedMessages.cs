using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Sqlite;

/// <summary>
/// Which messages were erased lately, in the file. <see cref="SqlitePersonalData"/> notes them in the transaction that erases, and
/// <see cref="SqliteCustomerDirectory"/> knows nobody for one of them.
/// </summary>
internal static class SqliteErasedMessages
{
    private static readonly long KeptFor = Micros.Of(TimeSpan.FromDays(ICustomerDirectory.ErasedKeptDays));

    /// <summary>Notes the messages of a customer who is about to be erased, and forgets those that nothing can bring any more.</summary>
    public static IEnumerable<MessageId> Note(SqliteSession session, CustomerId customer, long now)
    {
        session["delete from erased_messages where erased_at <= $ended"].Set("$ended", now - KeptFor).Execute();
        return Note(session[Noting("select id from messages where customer_id = $customer and author = 'customer'")].Set("$customer", customer.Value), now);
    }

    /// <summary>The statement that notes the messages that another one finds.</summary>
    public static string Noting(string found) => $"""
        insert into erased_messages (id, erased_at) select id, $now from ({found}) as found where true
        on conflict (id) do update set erased_at = excluded.erased_at
        returning id
        """;

    /// <summary>Notes them.</summary>
    /// <param name="noting">That statement, with whatever it asks for beside the time.</param>
    /// <param name="now">Now.</param>
    public static IEnumerable<MessageId> Note(Statement noting, long now) => noting.Set("$now", now).List(static row => new MessageId(row.Id()));

    /// <summary>Notes what an erasure before a restore took, whether it is here again or not.</summary>
    public static void NoteAgain(SqliteSession session, ImmutableArray<MessageId> messages, long now)
    {
        foreach (var message in messages)
            session["insert into erased_messages (id, erased_at) values ($id, $now) on conflict (id) do nothing"]
                .Set("$id", message.Value).Set("$now", now)
                .Execute();
    }

    /// <summary>Whether this message was erased with a customer.</summary>
    public static bool Has(SqliteSession session, MessageId message, long now) =>
        session["select 1 from erased_messages where id = $id and erased_at > $ended"].Set("$id", message.Value).Set("$ended", now - KeptFor).Any();

    /// <summary>What each erasure of the last days took, by its time: an erasure and what it took are noted with one.</summary>
    public static ILookup<DateTimeOffset, MessageId> All(SqliteSession session) =>
        session["select erased_at, id from erased_messages order by id"]
            .List(static row => (At: row.Time(), Message: new MessageId(row.Id())))
            .ToLookup(erased => erased.At, erased => erased.Message);
}
