using System.Collections.Immutable;
using FteAgent.Api.Hosting;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Tickets;

namespace FteAgent.Api.Live;

/// <summary>What whoever follows a conversation is told of those that were merged into it.</summary>
[Collection(SiloCollection.Name)]
public sealed class EarlierWatchTests(SiloFixture fixture)
{
    private readonly RunningSilo silo = fixture.Silo;

    [Fact]
    public async Task What_is_said_in_a_merged_conversation_is_news_once_and_no_conversation_is_loaded_again_for_it()
    {
        var (one, other, ana) = (await silo.NewCustomer(), await silo.NewCustomer(), await silo.NewOperator());
        await one.Settled();
        await other.Settled();
        var store = new CountedStore(silo.Service<IConversationStore>());
        var watch = new EarlierWatch(store, includeNotes: true);
        ImmutableArray<CustomerId> others = [one.Id, other.Id];

        Assert.False(await watch.HasNews(others, default));
        Assert.False(await watch.HasNews(others, default));
        (await ana.Caller.Post($"{other.Inbox}/notes", new { text = "I know them from a fair." })).Expect(202);

        Assert.True(await watch.HasNews(others, default));
        Assert.False(await watch.HasNews(others, default));
        Assert.Equal(2, store.Loads);
    }

    [Fact]
    public async Task A_further_conversation_and_one_less_are_news_and_a_private_note_is_none_to_a_customer()
    {
        var (one, other, ana) = (await silo.NewCustomer(), await silo.NewCustomer(), await silo.NewOperator());
        await one.Settled();
        await other.Settled();
        var watch = new EarlierWatch(silo.Service<IConversationStore>(), includeNotes: false);

        Assert.False(await watch.HasNews([one.Id], default));
        (await ana.Caller.Post($"{one.Inbox}/notes", new { text = "Their invoice is late." })).Expect(202);
        Assert.False(await watch.HasNews([one.Id], default));

        Assert.True(await watch.HasNews([one.Id, other.Id], default));
        Assert.True(await watch.HasNews([other.Id], default));
        Assert.False(await watch.HasNews([other.Id], default));
    }

    /// <summary>The record, and how often a whole conversation was loaded from it.</summary>
    private sealed class CountedStore(IConversationStore store) : IConversationStore
    {
        public int Loads { get; private set; }

        public Task<Conversation> Load(CustomerId customer, CancellationToken cancellationToken)
        {
            Loads++;
            return store.Load(customer, cancellationToken);
        }

        public Task<CommitOutcome> Commit(ConversationChanges changes, CancellationToken cancellationToken) => store.Commit(changes, cancellationToken);

        public Task<bool> WasCommitted(CustomerId customer, CommandId command, CancellationToken cancellationToken) => store.WasCommitted(customer, command, cancellationToken);

        public Task<DeliveredMessage?> FindDelivered(Channel channel, string channelMessageId, CancellationToken cancellationToken) =>
            store.FindDelivered(channel, channelMessageId, cancellationToken);

        public Task<ImmutableArray<Message>> Read(CustomerId customer, long after, int limit, bool includeNotes, CancellationToken cancellationToken) =>
            store.Read(customer, after, limit, includeNotes, cancellationToken);

        public Task<ImmutableArray<Ticket>> Tickets(CustomerId customer, CancellationToken cancellationToken) => store.Tickets(customer, cancellationToken);

        public Task<ImmutableArray<Escalation>> Escalations(CustomerId customer, CancellationToken cancellationToken) => store.Escalations(customer, cancellationToken);
    }
}
