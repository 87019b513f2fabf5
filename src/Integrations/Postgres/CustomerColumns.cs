using FteAgent.Customers;
using FteAgent.Storage;

namespace FteAgent.Postgres;

/// <summary>A customer as their rows.</summary>
internal static class CustomerColumns
{
    /// <summary>When they were last seen. Their conversation knows it to the instant; a customer who has not written yet was seen when they came.</summary>
    public const string LastSeen = "greatest(u.created_at, c.customer_wrote_at)";

    /// <summary>The tables, as <c>u</c> and <c>c</c>.</summary>
    public const string From = "fte.customers u left join fte.conversations c on c.customer_id = u.id";

    public const string All = $"""
        u.id, u.name, u.created_at, {LastSeen},
        array(select i.kind from fte.identifiers i where i.customer_id = u.id order by i.noted_at, i.kind, i.value),
        array(select i.value from fte.identifiers i where i.customer_id = u.id order by i.noted_at, i.kind, i.value),
        array(select i.proved from fte.identifiers i where i.customer_id = u.id order by i.noted_at, i.kind, i.value)
        """;

    public static Customer? Read(PostgresRow row)
    {
        var (id, name, createdAt, lastSeenAt) = (new CustomerId(row.Id()), row.Text(), row.Time(), row.Time());
        var (kinds, values, proved) = (row.Texts(), row.Texts(), row.Bools());
        return new(id, name, [.. kinds.Select((kind, i) => new CustomerIdentifier(EnumText.Parse<IdentifierKind>(kind), values[i], proved[i]))], createdAt, lastSeenAt);
    }
}
