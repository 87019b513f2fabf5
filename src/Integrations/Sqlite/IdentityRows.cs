using System.Collections.Immutable;
using FteAgent.Customers;
using FteAgent.Storage;

namespace FteAgent.Sqlite;

/// <summary>Who is who, as rows: <c>customers.merged_into</c> is always the last of a chain, so that one look finds all who are one.</summary>
internal static class IdentityRows
{
    public static bool Exists(SqliteSession session, CustomerId customer) =>
        session["select 1 from customers where id = $id"].Set("$id", customer.Value).Any();

    /// <summary>The customer with whom contact goes on.</summary>
    public static CustomerId Canonical(SqliteSession session, CustomerId customer) => CustomerRows.MergedInto(session, customer) ?? customer;

    /// <summary>Everyone who is this customer, the one with whom contact goes on first.</summary>
    public static ImmutableArray<CustomerId> Group(SqliteSession session, CustomerId customer)
    {
        var goesOn = Canonical(session, customer);
        return
        [
            goesOn,
            .. session["select id from customers where merged_into = $id order by created_at, id"]
                .Set("$id", goesOn.Value)
                .List(static row => new CustomerId(row.Id())),
        ];
    }

    public static CustomerId? OwnerOf(SqliteSession session, IdentifierKind kind, string value) =>
        session["select customer_id from identifiers where kind = $kind and value = $value and proved = 1"]
            .Set("$kind", kind).Set("$value", value)
            .First(static row => new CustomerId(row.Id()), null as CustomerId?);

    /// <summary>An address that nobody has proved is this customer's.</summary>
    public static void Own(SqliteSession session, CustomerId customer, IdentifierKind kind, string value, long now) =>
        session["""
            insert into identifiers (customer_id, kind, value, value_folded, proved, noted_at)
            values ($customer, $kind, $value, $folded, 1, $now)
            on conflict (customer_id, kind, value) do update set proved = 1
            """]
            .Set("$customer", customer.Value).Set("$kind", kind).Set("$value", value).Set("$folded", value.ToLowerInvariant()).Set("$now", now)
            .Execute();

    public static void Note(SqliteSession session, string actor, string act, CustomerId customer, string detail, long now) =>
        session["insert into audit (at, actor, act, customer_id, detail) values ($now, $actor, $act, $customer, $detail)"]
            .Set("$now", now).Set("$actor", actor).Set("$act", act).Set("$customer", customer.Value).Set("$detail", detail)
            .Execute();

    public static string Name(IdentifierKind kind) => EnumText.Of(kind);
}
