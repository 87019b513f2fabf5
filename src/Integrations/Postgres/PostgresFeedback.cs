using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Learning;

namespace FteAgent.Postgres;

/// <summary>What is said of answers, in the database.</summary>
internal sealed class PostgresFeedback(PostgresRecord record) : IFeedback
{
    public Task Note(Feedback feedback, CancellationToken cancellationToken) =>
        record["""
            insert into fte.feedback (message_id, customer_id, sequence, helpful, at)
            select $1, id, $3, $4, fte.now() from fte.customers where id = $2 for key share
            on conflict (message_id) do update set helpful = excluded.helpful, at = excluded.at
            """]
            .Set(feedback.Message.Value).Set(feedback.Conversation.Value).Set(feedback.Sequence).Set(feedback.Helpful)
            .Execute(cancellationToken);

    public async Task<ImmutableDictionary<MessageId, bool>> Read(ImmutableArray<CustomerId> conversations, CancellationToken cancellationToken)
    {
        var said = await record["select message_id, helpful from fte.feedback where customer_id = any ($1) order by at desc limit $2"]
            .Set([.. conversations.Select(customer => customer.Value)]).Set(IFeedback.ReadLimit)
            .List(static row => KeyValuePair.Create(new MessageId(row.Id()), row.Bool()), cancellationToken).ConfigureAwait(false);
        return said.ToImmutableDictionary();
    }
}
