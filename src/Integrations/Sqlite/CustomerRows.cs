using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Storage;

namespace FteAgent.Sqlite;

/// <summary>A customer as its rows.</summary>
internal static class CustomerRows
{
    /// <summary>The customer, with the identifiers of everyone who is them.</summary>
    public static Customer? Find(SqliteSession session, CustomerId id)
    {
        var customer = session["select name, created_at, last_seen_at, merged_into from customers where id = $id"]
            .Set("$id", id.Value)
            .First(row => new Customer(id, row.Text(), [], row.Time(), row.Time(), row.IdOrNull() is { } into ? new(into) : null), null as Customer);
        return customer is null ? null : customer with { Identifiers = Identifiers(session, customer.MergedInto ?? id) };
    }

    /// <summary>The customer with whom contact goes on; null where this one was not merged.</summary>
    public static CustomerId? MergedInto(SqliteSession session, CustomerId id) =>
        session["select merged_into from customers where id = $id"]
            .Set("$id", id.Value)
            .First(static row => row.IdOrNull() is { } into ? new CustomerId(into) : null as CustomerId?, null as CustomerId?);

    /// <summary>
    /// The conversation with what its customer's row says of it. Whoever has a conversation's token may be heard of before the record has heard
    /// of them: only who was erased is gone.
    /// </summary>
    public static Conversation Complete(SqliteSession session, Conversation conversation)
    {
        var complete = session["select merged_into, exists (select 1 from customers m where m.merged_into = $id), parted from customers where id = $id"]
            .Set("$id", conversation.Customer.Value)
            .First(row => conversation with { MergedInto = row.IdOrNull() is { } into ? new(into) : null, HasEarlier = row.Bool(), Parted = row.Long() }, null as Conversation)
            ?? conversation with { IsGone = WasErased(session, conversation.Customer) };
        return complete.Parted > 0 ? complete with { Hidden = JoinedParts.Of(session, complete.Customer) } : complete;
    }

    private static bool WasErased(SqliteSession session, CustomerId customer) =>
        session[$"select 1 from audit where customer_id = $id and act = '{ErasureNote.Act}'"].Set("$id", customer.Value).Any();

    private static ImmutableArray<CustomerIdentifier> Identifiers(SqliteSession session, CustomerId goesOn) =>
        [.. session["""
            select kind, value, max(proved) from identifiers
            where customer_id = $id or customer_id in (select id from customers where merged_into = $id)
            group by kind, value
            order by min(noted_at), kind, value
            """]
            .Set("$id", goesOn.Value)
            .List(static row => new CustomerIdentifier(row.Enum<IdentifierKind>(), row.Text(), row.Bool()))];
}
