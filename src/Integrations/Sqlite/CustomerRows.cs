using System.Collections.Immutable;
using FteAgent.Customers;

namespace FteAgent.Sqlite;

/// <summary>A customer as its rows.</summary>
internal static class CustomerRows
{
    public static Customer? Find(SqliteSession session, CustomerId id)
    {
        var customer = session["select name, created_at, last_seen_at from customers where id = $id"]
            .Set("$id", id.Value)
            .First(row => new Customer(id, row.Text(), [], row.Time(), row.Time()), null as Customer);
        return customer is null ? null : customer with { Identifiers = Identifiers(session, id) };
    }

    /// <summary>The customer with whom contact goes on; null where this one was not merged.</summary>
    public static CustomerId? MergedInto(SqliteSession session, CustomerId id) =>
        session["select merged_into from customers where id = $id"]
            .Set("$id", id.Value)
            .First(static row => row.IdOrNull() is { } into ? new CustomerId(into) : null as CustomerId?, null as CustomerId?);

    private static ImmutableArray<CustomerIdentifier> Identifiers(SqliteSession session, CustomerId id) =>
        [.. session["select kind, value, proved from identifiers where customer_id = $id order by noted_at, kind, value"]
            .Set("$id", id.Value)
            .List(static row => new CustomerIdentifier(row.Enum<IdentifierKind>(), row.Text(), row.Bool()))];
}
