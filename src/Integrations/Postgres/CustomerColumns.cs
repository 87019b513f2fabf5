using FteAgent.Customers;
using FteAgent.Storage;

namespace FteAgent.Postgres;

/// <summary>A customer as their rows.</summary>
internal static class CustomerColumns
{
    /// <summary>When they were last seen. Their conversation knows it to the instant; a customer who has not written yet was seen when they came.</summary>
    public const string LastSeen = "greatest(u.created_at, c.customer_wrote_at)";

    /// <summary>The tables, as <c>u</c>, <c>c</c> and <c>known</c>: the identifiers of everyone who is this customer.</summary>
    public const string From = """
        fte.customers u left join fte.conversations c on c.customer_id = u.id
        cross join lateral (
            select array_agg(i.kind order by i.first, i.kind, i.value) as kinds, array_agg(i.value order by i.first, i.kind, i.value) as vals,
                array_agg(i.proved order by i.first, i.kind, i.value) as proved
            from (
                select own.kind, own.value, bool_or(own.proved) as proved, min(own.noted_at) as first from fte.identifiers own
                -- An array, so that the identifiers are found by their index: "or … in" would read all of them for each customer.
                where own.customer_id = any (array(
                    select coalesce(u.merged_into, u.id) union all select m.id from fte.customers m where m.merged_into = coalesce(u.merged_into, u.id)))
                group by own.kind, own.value) i) known
        """;

    public const string All = $$"""
        u.id, u.name, u.created_at, {{LastSeen}}, u.merged_into,
        coalesce(known.kinds, '{}'), coalesce(known.vals, '{}'), coalesce(known.proved, '{}')
        """;

    public static Customer? Read(PostgresRow row)
    {
        var (id, name, createdAt, lastSeenAt) = (new CustomerId(row.Id()), row.Text(), row.Time(), row.Time());
        var mergedInto = row.IdOrNull() is { } into ? new CustomerId(into) : null as CustomerId?;
        var (kinds, values, proved) = (row.Texts(), row.Texts(), row.Bools());
        return new(id, name, [.. kinds.Select((kind, i) => new CustomerIdentifier(EnumText.Parse<IdentifierKind>(kind), values[i], proved[i]))], createdAt, lastSeenAt, mergedInto);
    }
}
