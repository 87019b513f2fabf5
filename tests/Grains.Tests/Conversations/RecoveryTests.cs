using System.Collections.Immutable;
using FteAgent.Customers;
using FteAgent.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Conversations;

public sealed class RecoveryTests
{
    [Fact]
    public async Task An_exchange_that_a_dead_silo_left_open_is_answered_by_the_next_one_once()
    {
        await using var support = await Support.Open();
        var mira = await support.NewCustomer();
        support.Model.Hold();
        var drafting = support.Model.Drafting();
        await support.Write(mira, "How do I import documents?");
        await support.Drafting(drafting);

        await support.CrashAndRestart();
        support.Model.LetGo();
        await support.Until(async () =>
        {
            support.Time.Advance(TimeSpan.FromSeconds(1));
            return (await support.Load(mira)).Exchange is null;
        });

        Assert.Single(Support.Replies(await support.Load(mira)));
    }

    [Fact]
    public async Task An_exchange_that_another_silo_drafts_is_left_to_it_while_it_lives_and_taken_over_when_it_is_gone()
    {
        await using var support = await Support.Open();
        var mira = await support.NewCustomer();
        var roster = support.Silo.GetRequiredService<IDutyRoster>();
        await roster.Renew("elsewhere", default);
        var elsewhere = new ConversationEdit(
            await support.Load(mira), support.Time.GetUtcNow(), support.Context with { Silo = new("elsewhere") });
        elsewhere.Accept(new(
            MessageId.Mint(support.Time), TicketId.Mint(support.Time), Channel.Web, $"{mira}/1", "How do I import documents?", support.Time.GetUtcNow(), null, []));
        Assert.Equal(CommitOutcome.Committed, await support.Store.Commit(elsewhere.ToChanges(CommandId.Mint(support.Time)), default));

        await support.Grain(mira).Poke(null);
        Assert.Equal("elsewhere", (await support.Load(mira)).Exchange!.WorkedBy);

        await support.Grain(mira).Poke("elsewhere");
        var answered = await support.Until(mira, conversation => conversation.Exchange is null);
        Assert.Single(Support.Replies(answered));
    }

    [Fact]
    public async Task A_stale_activation_commits_nothing_and_decides_again_on_what_is_true()
    {
        await using var support = await Support.Open();
        var mira = await support.NewCustomer();
        await support.Ask(mira, "How do I import documents?");

        // Another activation, after a split, hands the conversation to an operator: the one here does not know.
        var elsewhere = new ConversationEdit(await support.Load(mira), support.Time.GetUtcNow(), support.Context);
        elsewhere.TakeOver(Support.Ben);
        Assert.Equal(CommitOutcome.Committed, await support.Store.Commit(elsewhere.ToChanges(CommandId.Mint(support.Time)), default));

        await support.Write(mira, "Anybody there?");

        var conversation = await support.Load(mira);
        Assert.Equal("Ben", conversation.Handoff!.By.Name);
        Assert.Null(conversation.Exchange);
        Assert.Equal(conversation.LastSequence, conversation.Recent[^1].Sequence);
    }

    [Fact]
    public async Task A_commit_whose_answer_got_lost_counts_as_done_and_is_done_once()
    {
        var losing = new LosingAnswers();
        await using var support = await Support.Open(services => losing.Wrap(services));
        var mira = await support.NewCustomer();
        losing.LoseNext = true;

        var accepted = await support.Write(mira, "How do I import documents?");

        Assert.Equal(AcceptOutcome.Stored, accepted.Outcome);
        Assert.False(losing.LoseNext);
        Assert.Single((await support.Load(mira)).Recent);
        Assert.Single(Support.Replies(await support.Settled(mira)));
    }

    [Fact]
    public async Task What_could_not_be_stored_is_refused_and_taken_when_it_comes_again()
    {
        var losing = new LosingAnswers();
        await using var support = await Support.Open(services => losing.Wrap(services));
        var mira = await support.NewCustomer();
        losing.FailNext = true;

        await Assert.ThrowsAsync<RecordUnavailableException>(() => support.Write(mira, "How do I import documents?", key: "again"));
        Assert.Equal(0, (await support.Load(mira)).Version);

        Assert.Equal(AcceptOutcome.Stored, (await support.Write(mira, "How do I import documents?", key: "again")).Outcome);
    }

    [Fact]
    public async Task A_first_answer_that_is_late_for_whatever_reason_reaches_a_person()
    {
        await using var support = await Support.Open();
        var mira = await support.NewCustomer();
        support.Model.Hold();
        await support.Write(mira, "How do I import documents?");

        await support.Until(async () =>
        {
            support.Time.Advance(TimeSpan.FromSeconds(10));
            return (await support.Load(mira)).Escalation is not null;
        });

        Assert.Null((await support.Load(mira)).Exchange);
    }

    /// <summary>The real record, whose next commit is done but not answered, or not done at all.</summary>
    private sealed class LosingAnswers
    {
        public bool LoseNext { get; set; }

        public bool FailNext { get; set; }

        public void Wrap(IServiceCollection services)
        {
            var real = services.Last(service => service.ServiceType == typeof(IConversationStore));
            services.AddSingleton<IConversationStore>(provider => new Store(this, (IConversationStore)(
                real.ImplementationInstance ?? real.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, real.ImplementationType!))));
        }

        private sealed class Store(LosingAnswers owner, IConversationStore real) : IConversationStore
        {
            public async Task<CommitOutcome> Commit(ConversationChanges changes, CancellationToken cancellationToken)
            {
                if (owner.FailNext)
                {
                    owner.FailNext = false;
                    throw new IOException("the disk is full");
                }

                var outcome = await real.Commit(changes, cancellationToken);
                if (!owner.LoseNext)
                    return outcome;
                owner.LoseNext = false;
                throw new IOException("the connection broke");
            }

            public Task<Conversation> Load(CustomerId customer, CancellationToken cancellationToken) => real.Load(customer, cancellationToken);

            public Task<bool> WasCommitted(CustomerId customer, CommandId command, CancellationToken cancellationToken) =>
                real.WasCommitted(customer, command, cancellationToken);

            public Task<DeliveredMessage?> FindDelivered(Channel channel, string channelMessageId, CancellationToken cancellationToken) =>
                real.FindDelivered(channel, channelMessageId, cancellationToken);

            public Task<ImmutableArray<Message>> Read(CustomerId customer, long after, int limit, bool includeNotes, CancellationToken cancellationToken) =>
                real.Read(customer, after, limit, includeNotes, cancellationToken);

            public Task<ImmutableArray<Ticket>> Tickets(CustomerId customer, CancellationToken cancellationToken) => real.Tickets(customer, cancellationToken);

            public Task<ImmutableArray<Escalation>> Escalations(CustomerId customer, CancellationToken cancellationToken) =>
                real.Escalations(customer, cancellationToken);
        }
    }
}
