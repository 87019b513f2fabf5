using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Learning;

namespace FteAgent.Sqlite;

/// <summary>What is said of answers, in the file.</summary>
internal sealed class SqliteFeedback(SqliteRecord record) : IFeedback
{
    public Task Note(Feedback feedback, CancellationToken cancellationToken) => record.Write(
        session => session["""
            insert into feedback (message_id, customer_id, sequence, helpful, at)
            select $message, id, $sequence, $helpful, $now from customers where id = $customer
            on conflict (message_id) do update set helpful = excluded.helpful, at = excluded.at
            """]
            .Set("$message", feedback.Message.Value).Set("$customer", feedback.Conversation.Value).Set("$sequence", feedback.Sequence)
            .Set("$helpful", feedback.Helpful ? 1L : 0L).Set("$now", record.Now)
            .Execute(),
        cancellationToken);

    public Task<ImmutableDictionary<MessageId, bool>> Read(ImmutableArray<CustomerId> conversations, CancellationToken cancellationToken) => record.Read(
        session => conversations
            .SelectMany(customer => session["select message_id, helpful from feedback where customer_id = $customer order by at desc limit $limit"]
                .Set("$customer", customer.Value).Set("$limit", IFeedback.ReadLimit)
                .List(static row => KeyValuePair.Create(new MessageId(row.Id()), row.Bool())))
            .ToImmutableDictionary(),
        cancellationToken);
}
