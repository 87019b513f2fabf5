using System.Collections.Concurrent;
using FteAgent.Conversations;
using FteAgent.Testing;
using Xunit.Abstractions;

namespace FteAgent.Postgres;

/// <summary>Two silos that both believe they hold the same conversations: only the version decides, and nothing of a loser is left.</summary>
public sealed class StaleActivationTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Conversations = 12;
    private const int ActsEach = 25;
    private PipelineFixture at = null!;

    public async Task InitializeAsync() => at = await PipelineFixture.Create();

    public async Task DisposeAsync() => await at.DisposeAsync();

    [Fact]
    public async Task Stale_activation_commits_nothing_however_two_silos_interleave()
    {
        var seed = TestSeed.Take(output.WriteLine);
        var silos = new[] { at.Pipeline(new() { Lanes = 2, Group = 5, Wait = TimeSpan.FromMinutes(2), Send = TimeSpan.FromMinutes(1) }), at.Pipeline(new() { Lanes = 3, Group = 4, Wait = TimeSpan.FromMinutes(2), Send = TimeSpan.FromMinutes(1) }) };
        var conversations = new List<Conversation>();
        for (var i = 0; i < Conversations; i++)
            conversations.Add(await at.Record.NewConversation());
        var outcomes = new ConcurrentBag<(Conversation Of, string Words, CommitOutcome Outcome)>();

        await Task.WhenAll(conversations.SelectMany((conversation, i) => silos.Select((silo, s) =>
            Task.Run(() => Activation(conversation, silo, $"silo {s}", TestSeed.For(seed, i, s), outcomes)))));

        foreach (var conversation in conversations)
        {
            var committed = outcomes.Where(o => o.Of.Customer == conversation.Customer && o.Outcome == CommitOutcome.Committed).Select(o => o.Words).ToHashSet();
            var messages = await at.Record.Conversations.Read(conversation.Customer, 0, 1000, true, default);
            Assert.Equal(committed, messages.Select(m => m.Text).ToHashSet());
            Assert.Equal(Enumerable.Range(1, committed.Count).Select(n => (long)n), messages.Select(m => m.Sequence));
            var loaded = await at.Record.Load(conversation);
            Assert.Equal((committed.Count, committed.Count), (loaded.Version, loaded.LastSequence));
            // What a loser would have left beside its message.
            Assert.Equal(committed.Count, await at.Database.Scalar<long>($"select count(*) from fte.outbox where customer_id = '{conversation.Customer}'"));
            Assert.Equal(committed.Count, await at.Database.Scalar<long>($"select count(*) from fte.commands where customer_id = '{conversation.Customer}'"));
        }

        Assert.Contains(outcomes, o => o.Outcome == CommitOutcome.VersionConflict);
    }

    /// <summary>Acts on what it knows, which it reads again only after it was told that it is stale.</summary>
    private async Task Activation(
        Conversation conversation, CommitPipeline silo, string name, Random random, ConcurrentBag<(Conversation, string, CommitOutcome)> outcomes)
    {
        var known = conversation;
        for (var act = 0; act < ActsEach; act++)
        {
            if (random.Next(3) == 0)
                await Task.Delay(random.Next(4));
            var words = $"{name}, act {act}";
            var changes = at.In(known).CustomerSays(words).Sends("web", words).Changes();
            var outcome = await silo.Commit(changes, default);
            outcomes.Add((conversation, words, outcome));
            known = outcome == CommitOutcome.Committed ? changes.Conversation : await at.Record.Load(conversation);
        }
    }
}
