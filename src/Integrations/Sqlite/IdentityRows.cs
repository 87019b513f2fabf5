using System.Collections.Immutable;
using FteAgent.Customers;
using FteAgent.Storage;

namespace FteAgent.Sqlite;

/// <summary>Who is who, as rows: <c>customers.merged_into</c> is always the last of a chain, so that one look finds all who are one.</summary>
internal static class IdentityRows
{
    /// <summary>Everyone who is the customer <c>$one</c>, with whom contact goes on: a list for a condition.</summary>
    public const string IsOne = "select $one union all select id from customers where merged_into = $one";

    private static readonly long NumberKept = Micros.Of(TimeSpan.FromDays(ICustomerDirectory.NumberKeptDays));

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

    /// <summary>Whoever is this customer by merges that hold: themselves, and all who were merged into them, by others too.</summary>
    public static ImmutableArray<CustomerId> Below(SqliteSession session, CustomerId customer) =>
        [.. session["""
            with recursive below (id) as (
                select $customer
                union
                select g.from_customer from below join merges g on g.into_customer = below.id where g.undone_at is null)
            select id from below
            """]
            .Set("$customer", customer.Value)
            .List(static row => new CustomerId(row.Id()))];

    /// <summary>With whom contact of this customer went on by merges that hold, one after another: themselves first.</summary>
    public static ImmutableArray<CustomerId> Way(SqliteSession session, CustomerId customer) =>
        [.. session["""
            with recursive way (id, step) as (
                select $customer, 0
                union all
                select g.into_customer, way.step + 1 from way join merges g on g.from_customer = way.id where g.undone_at is null)
            select id from way order by step
            """]
            .Set("$customer", customer.Value)
            .List(static row => new CustomerId(row.Id()))];

    /// <summary>Who owns a proved address; nobody, where it is a number that has been silent for so long that it may be somebody else's.</summary>
    public static CustomerId? OwnerOf(SqliteSession session, IdentifierKind kind, string value, long now)
    {
        var owner = session["select customer_id from identifiers where kind = $kind and value = $value and proved = 1"]
            .Set("$kind", kind).Set("$value", value)
            .First(static row => new CustomerId(row.Id()), null as CustomerId?);
        return owner is { } known && kind is IdentifierKind.Phone && IsHandedOn(session, known, value, now - NumberKept) ? null : owner;
    }

    /// <summary>Who would have a proved address if nobody were one with another: where it moved from first, of the merges that hold.</summary>
    public static AddressHome? Home(SqliteSession session, IdentifierKind kind, string value) =>
        session["""
            select c.id, c.parted
            from identifiers i
            join customers c on c.id = coalesce((
                select m.from_customer from merges m
                join merged_identifiers moved on moved.merge_id = m.id and moved.kind = i.kind and moved.value = i.value
                where m.undone_at is null and m.from_customer in (select id from customers where merged_into = i.customer_id)
                    and not exists (
                        select 1 from merges below
                        join merged_identifiers brought on brought.merge_id = below.id and brought.kind = i.kind and brought.value = i.value
                        where below.into_customer = m.from_customer and below.undone_at is null)
                limit 1), i.customer_id)
            where i.kind = $kind and i.value = $value and i.proved = 1
            """]
            .Set("$kind", kind).Set("$value", value)
            .First(static row => new AddressHome(new(row.Id()), row.Long()), null as AddressHome);

    /// <summary>A number that was handed on is its owner's no more; they keep it as a remark.</summary>
    public static void LetGo(SqliteSession session, IdentifierKind kind, string value) =>
        session["update identifiers set proved = 0 where kind = $kind and value = $value and proved = 1"].Set("$kind", kind).Set("$value", value).Execute();

    /// <summary>Whether two customers may be two people who share an address: each has proved another one of the same kind for themselves.</summary>
    public static bool MayShare(SqliteSession session, CustomerId one, CustomerId other, IdentifierKind kind, string value) =>
        session["""
            select 1 from identifiers a join identifiers b on b.kind = a.kind
            where a.customer_id = $one and b.customer_id = $other and a.kind in ('email', 'phone') and a.proved = 1 and b.proved = 1
                and (a.kind, a.value) <> ($kind, $value) and (b.kind, b.value) <> ($kind, $value)
            """]
            .Set("$one", one.Value).Set("$other", other.Value).Set("$kind", kind).Set("$value", value)
            .Any();

    /// <summary>Whether a customer is somebody by more than the token that their conversation began with: one with another, or with a proved address.</summary>
    public static bool IsSomebody(SqliteSession session, CustomerId customer) =>
        session["""
            select 1 from customers where (id = $customer and merged_into is not null) or merged_into = $customer
            union all
            select 1 from identifiers where customer_id = $customer and proved = 1 and kind in ('email', 'phone')
            """]
            .Set("$customer", customer.Value)
            .Any();

    /// <summary>Whether an address was proved by this customer.</summary>
    public static bool HasProved(SqliteSession session, CustomerId customer, IdentifierKind kind, string value) =>
        session["select 1 from identifiers where customer_id = $customer and kind = $kind and value = $value and proved = 1"]
            .Set("$customer", customer.Value).Set("$kind", kind).Set("$value", value)
            .Any();

    /// <summary>An address that nobody has proved is this customer's.</summary>
    public static void Own(SqliteSession session, CustomerId customer, IdentifierKind kind, string value, long now) =>
        session["""
            insert into identifiers (customer_id, kind, value, value_folded, proved, noted_at)
            values ($customer, $kind, $value, $folded, 1, $now)
            on conflict (customer_id, kind, value) do update set proved = 1, noted_at = excluded.noted_at
            """]
            .Set("$customer", customer.Value).Set("$kind", kind).Set("$value", value).Set("$folded", value.ToLowerInvariant()).Set("$now", now)
            .Execute();

    private static bool IsHandedOn(SqliteSession session, CustomerId owner, string value, long since) =>
        !session["select 1 from identifiers where customer_id = $owner and kind = 'phone' and value = $value and noted_at > $since"]
            .Set("$owner", owner.Value).Set("$value", value).Set("$since", since)
            .Any()
        && !Group(session, owner).Any(one => session["""
            select 1 from origins where customer_id = $one and channel = 'whatsapp' and received_at > $since and address = $value
            """]
            .Set("$one", one.Value).Set("$since", since).Set("$value", value)
            .Any());

    public static void Note(SqliteSession session, string actor, string act, CustomerId customer, string detail, long now) =>
        session["insert into audit (at, actor, act, customer_id, detail) values ($now, $actor, $act, $customer, $detail)"]
            .Set("$now", now).Set("$actor", actor).Set("$act", act).Set("$customer", customer.Value).Set("$detail", detail)
            .Execute();

    public static string Name(IdentifierKind kind) => EnumText.Of(kind);
}
