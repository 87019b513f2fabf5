using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using FteAgent.Answering;
using FteAgent.Conversations;
using FteAgent.Intents;
using FteAgent.Jobs;
using FteAgent.Knowledge;
using FteAgent.Learning;
using FteAgent.Telemetry;
using FteAgent.Tickets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace FteAgent.Record;

/// <summary>From what customers asked and operators approved to an answer in other words, and back.</summary>
public abstract class IntentLearningContract : RecordContract
{
    private const string Asked = "Our accountant never receives what you send out each month, it lands in a mailbox of the old office";
    private const string Paraphrase = "the accountant receives nothing each month, it lands in the old office";

    private static readonly Document[] Pages =
    [
        new("faq.md", "Questions", """
            ## Why does a card get refused although it has money?

            Some banks want a confirmation first. Open the bank's app, confirm, and try once more.

            ## Where is the spare key of the bicycle shed?

            Under the third flower pot.

            ## Limits

            A board holds a thousand notes.
            """, DateTimeOffset.UnixEpoch),
        new("signing-in.md", "Signing in", "Open the start page and choose Sign in.", DateTimeOffset.UnixEpoch),
    ];

    private IArticles Articles => Record.Get<IArticles>();

    [Fact]
    public async Task A_paraphrase_finds_an_approved_article_by_what_the_customer_had_asked_until_it_is_withdrawn()
    {
        await using var silo = await Start();
        var article = await Approved();
        Assert.True((await Answer(silo)).Citations.IsEmpty);

        Assert.True(await Taught(silo));

        var draft = await Answer(silo);
        Assert.Equal(LearnedDocument.IdOf(article.Id), Assert.Single(draft.Citations).DocumentId);
        Assert.Equal(LearnedDocument.IdOf(article.Id), draft.Intent);

        await Articles.Change(article.Id, new(2, Status: ArticleStatus.Rejected), Ana, default);
        await silo.Publishes.Round(default);
        // At once: what is in no version means nothing, whatever was learned.
        Assert.True((await Answer(silo)).Citations.IsEmpty);
        Assert.True(await Taught(silo));
        Assert.True((await Answer(silo)).Citations.IsEmpty);
        Assert.DoesNotContain(silo.Known.Guess(Paraphrase).Labels, label => Document.IsLearned(label.Label));
    }

    [Fact]
    public async Task One_silo_of_two_trains_once_and_the_other_one_follows()
    {
        await using var one = await Start();
        await using var other = await Start();
        await Approved();
        foreach (var silo in new[] { one, other })
            Assert.False(await Settled(silo));

        var trained = await Task.WhenAll(one.Teacher.Look(default), other.Teacher.Look(default));

        Assert.Single(trained, did => did);
        Assert.Equal(1, (await Record.Get<IIntents>().Current(default)).Number);
        foreach (var silo in new[] { one, other })
        {
            await silo.Known.Refresh(default);
            Assert.False((await Answer(silo)).Citations.IsEmpty);
        }
    }

    [Fact]
    public async Task Nothing_is_trained_where_nothing_has_changed()
    {
        await using var silo = await Start();
        await Approved();
        Assert.True(await Taught(silo));

        for (var hour = 0; hour < 3; hour++)
        {
            Record.Advance(TimeSpan.FromHours(1).TotalSeconds);
            Assert.False(await silo.Teacher.Look(default));
        }

        // A version with the same questions teaches nothing new.
        await silo.Index.Change([new("more.md", "More", "Nobody asks for it.", Record.Now)], [], default);
        Assert.False(await Taught(silo));
        Assert.Equal(1, (await Record.Get<IIntents>().Current(default)).Number);
        Assert.Equal(1, silo.Trainings);
    }

    [Fact]
    public async Task What_changes_in_a_burst_is_learned_together_and_not_more_often_than_once_a_minute()
    {
        await using var silo = await Start();
        for (var n = 0; n < 3; n++)
        {
            await silo.Index.Change([new($"{n}.md", $"Where do the owls of tower {n} sleep?", "In a box.", Record.Now)], [], default);
            Assert.False(await silo.Teacher.Look(default));
            Record.Advance(5);
        }

        Record.Advance(5);
        Assert.True(await silo.Teacher.Look(default));
        await silo.Index.Change([new("3.md", "Where do the owls of tower 3 sleep?", "In a box.", Record.Now)], [], default);
        Assert.False(await Settled(silo));
        Assert.False(await silo.Teacher.Look(default));
        Record.Advance(50);
        Assert.True(await silo.Teacher.Look(default));
        Assert.Equal(2, silo.Trainings);
    }

    [Fact]
    public async Task An_erased_customers_words_are_forgotten_by_every_silo_and_the_rest_is_learned_anew()
    {
        await using var one = await Start();
        await using var other = await Start();
        var article = await Approved();
        Assert.True(await Taught(one));
        await other.Known.Refresh(default);
        Assert.Contains(other.Known.Guess(Paraphrase).Labels, label => Document.IsLearned(label.Label));

        await Record.PersonalData.Erase(article.Customer, "Ana", default);

        foreach (var silo in new[] { one, other })
        {
            await silo.Known.Refresh(default);
            Assert.Equal(IntentGuess.None, silo.Known.Guess(Paraphrase));
        }

        await other.Index.Refresh(default);
        Assert.True(await Taught(other));
        Assert.Equal("faq.md › Why does a card get refused although it has money?", other.Known.Guess("why was my card refused").Labels[0].Label);
        Assert.Equal((3, 2), ((await Record.Get<IIntents>().Current(default)).Number, (await Record.Get<IIntents>().Current(default)).Labels));
    }

    [Fact]
    public async Task Damaged_bytes_are_refused_and_trained_anew()
    {
        await using var silo = await Start();
        await Approved();
        Assert.True(await Taught(silo));
        var intents = Record.Get<IIntents>();
        var kept = await intents.Current(default);
        var bytes = await intents.Load(kept.Number, default);
        bytes![^1] ^= 1;
        Assert.True(await intents.Keep(new(kept.Number, kept.Format, kept.Fingerprint, kept.Labels, kept.Examples, bytes, []), default));

        await silo.Known.Refresh(default);
        Assert.True((await Answer(silo)).Citations.IsEmpty);
        Assert.True(await Taught(silo));

        Assert.False((await Answer(silo)).Citations.IsEmpty);
        Assert.Equal(3, (await intents.Current(default)).Number);
        Assert.Equal(1, silo.Refusals);
    }

    [Fact]
    public async Task What_a_later_release_trained_is_neither_asked_nor_replaced()
    {
        await using var silo = await Start();
        await Approved();
        var intents = Record.Get<IIntents>();
        Assert.True(await intents.Keep(new(0, ClassifierBytes.Version + 1, "of another kind", 1, 1, new byte[] { 1 }, []), default));

        Assert.False(await Taught(silo));

        Assert.Equal((1, "of another kind"), ((await intents.Current(default)).Number, (await intents.Current(default)).Fingerprint));
        Assert.True((await Answer(silo)).Citations.IsEmpty);
        Assert.Equal(0, silo.Refusals);
    }

    [Fact]
    public async Task No_word_of_a_customer_is_in_what_is_kept()
    {
        await using var silo = await Start();
        await Approved();
        Assert.True(await Taught(silo));

        var kept = System.Text.Encoding.Latin1.GetString((await Record.Get<IIntents>().Load(1, default))!);

        Assert.Contains("faq.md", kept, StringComparison.Ordinal);
        Assert.All(Asked.Split(' ').Where(word => word.Length > 5), word => Assert.DoesNotContain(word, kept, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>As a round of the product's comes to it: after the knowledge has stood still for a while, and the last training is a while ago.</summary>
    private async Task<bool> Taught(Silo silo)
    {
        Record.Advance(IntentTeacher.Between.TotalSeconds);
        return await Settled(silo) || await silo.Teacher.Look(default);
    }

    private async Task<bool> Settled(Silo silo)
    {
        await silo.Publishes.Round(default);
        await silo.Index.Refresh(default);
        var trained = await silo.Teacher.Look(default);
        Record.Advance(IntentTeacher.Settle.TotalSeconds);
        return trained;
    }

    private static async Task<Draft> Answer(Silo silo)
    {
        await silo.Index.Refresh(default);
        var found = await silo.Index.Search([Paraphrase], 8, null, default);
        return await new ExtractiveAssistant(silo.Index).Draft(new DraftRequest([Paraphrase], [], found), new NoTools(), default);
    }

    private async Task<Silo> Start()
    {
        var silo = new Silo(Record);
        if (await Record.Knowledge.CurrentVersion(default) == 0)
            await silo.Index.Publish(Pages, null, default);
        else
            await silo.Index.Refresh(default);
        return silo;
    }

    private async Task<Article> Approved()
    {
        var conversation = await Record.Commit(In(await Record.NewConversation("Mira Okafor")).Opens("Matter").CustomerSays(Asked));
        conversation = await Record.Commit(In(conversation).OperatorSays(Ana, "Change the address under Billing."));
        var ticket = conversation.CurrentTicket!.Id;
        await Record.Commit(In(conversation).Ticket(open => open with { Status = TicketStatus.Resolved, Resolution = new(Actor.Of(Ana), Record.Now, "") }));
        await Articles.Study(new(conversation.Customer, ticket), new("Who gets the invoice?", "Open Billing, choose Recipients and save the new address."), default);
        var article = Assert.Single((await Articles.List(null, 2, null, default)).Articles);
        return (await Articles.Change(article.Id, new(1, Status: ArticleStatus.Approved), Ana, default)).Article!;
    }

    private sealed class NoTools : IDraftTools
    {
        public Task<SearchResult> Search(string query, int maxResults, string? category, CancellationToken cancellationToken) => Task.FromResult(SearchResult.Nothing);

        public Task<ImmutableArray<PastMessage>> History(CancellationToken cancellationToken) => Task.FromResult(ImmutableArray<PastMessage>.Empty);
    }

    /// <summary>What one silo has in memory.</summary>
    private sealed class Silo : IAsyncDisposable
    {
        private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        private readonly Measured measured;

        public Silo(TestRecord record)
        {
            var meters = services.GetRequiredService<IMeterFactory>();
            measured = new(meters);
            var metrics = new IntentMetrics(meters);
            Known = new(record.Get<IIntents>(), metrics, NullLogger<KnownIntents>.Instance);
            Index = new(record.Knowledge, [], NullLogger<KnowledgeIndex>.Instance, time: record.Time, guesses: Known);
            Publishes = new(record.Get<IArticles>(), Index, record.Get<IJobRoster>(), record.Time, NullLogger<LearnedKnowledge>.Instance);
            var lessons = new Lessons(Index, record.Get<IArticles>(), new(record.Conversations, record.Customers, record.Identities));
            Teacher = new(lessons, record.Get<IIntents>(), Known, Index, record.Get<IJobRoster>(), metrics, record.Time, NullLogger<IntentTeacher>.Instance);
        }

        public KnownIntents Known { get; }

        public KnowledgeIndex Index { get; }

        public LearnedKnowledge Publishes { get; }

        public IntentTeacher Teacher { get; }

        public int Trainings => measured.Of("fte.intents.training.duration").Count;

        public int Refusals => measured.Of("fte.intents.refused").Count;

        public async ValueTask DisposeAsync()
        {
            Publishes.Dispose();
            Teacher.Dispose();
            Known.Dispose();
            measured.Dispose();
            await services.DisposeAsync();
        }
    }
}
