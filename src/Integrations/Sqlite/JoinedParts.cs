using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Sqlite;

/// <summary>What was said while customers were one who were parted since, as rows of <c>hidden_parts</c>.</summary>
internal static class JoinedParts
{
    /// <summary>Of a customer's conversation, in order.</summary>
    public static ImmutableArray<HiddenPart> Of(SqliteSession session, CustomerId customer) =>
        [.. session["""
            select distinct after_sequence, through_sequence from hidden_parts where customer_id = $id
            order by after_sequence, through_sequence
            """]
            .Set("$id", customer.Value)
            .List(static row => new HiddenPart(row.Long(), row.Long()))];

    /// <summary>Notes it in each of the conversations in which a merge went on that is being undone, as <c>fte.hide_what_was_joined</c> does.</summary>
    /// <param name="session">The transaction, before the merge is undone.</param>
    /// <param name="merge">The merge.</param>
    /// <param name="from">Who is parted from the others.</param>
    /// <param name="way">With whom they went on, one after another.</param>
    /// <param name="now">Now.</param>
    public static void Hide(SqliteSession session, Guid merge, CustomerId from, ImmutableArray<CustomerId> way, long now)
    {
        var others = IdentityRows.Below(session, from);
        foreach (var part in way[..^1].Select(one => Joined(session, "joined.from_customer = $id", one.Value)).Prepend(Joined(session, "joined.id = $id", merge)))
        {
            foreach (var other in others)
                session["""
                    insert into hidden_parts (customer_id, other_id, after_sequence, through_sequence, since, until)
                    values ($customer, $other, $after, $through, $since, $now)
                    """]
                    .Set("$customer", part.Into.Value).Set("$other", other.Value).Set("$after", part.After).Set("$through", part.Through).Set("$since", part.Since)
                    .Set("$now", now)
                    .Execute();
            session["""
                update tickets set may_be_anothers = 1
                where customer_id = $customer and coalesce(
                    (select min(m.sequence) > $after from messages m where m.customer_id = tickets.customer_id and m.ticket_id = tickets.id), opened_at >= $since)
                """]
                .Set("$customer", part.Into.Value).Set("$after", part.After).Set("$since", part.Since)
                .Execute();
        }
    }

    private static (CustomerId Into, long After, long Since, long Through) Joined(SqliteSession session, string which, Guid id) =>
        session[$"""
            select joined.into_customer, joined.into_sequence, joined.merged_at, coalesce(c.last_sequence, 0)
            from merges joined left join conversations c on c.customer_id = joined.into_customer
            where joined.undone_at is null and {which}
            """]
            .Set("$id", id)
            .First(static row => (new CustomerId(row.Id()), row.Long(), row.Long(), row.Long()), default);
}
