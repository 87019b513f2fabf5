using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Jobs;
using FteAgent.Knowledge;
using FteAgent.Learning;
using FteAgent.Tickets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FteAgent.Record;

/// <summary>From a resolved ticket to what a search finds, and back.</summary>
public abstract class LearningContract : RecordContract
{
    private IArticles Articles => Record.Get<IArticles>();

    [Fact]
    public async Task A_resolved_ticket_is_proposed_once_and_searched_after_somebody_approves_it()
    {
        await Resolved("Where do I find the invoice archive?", "Hello Mira, open Billing, choose Archive and pick the year of the invoice.");
        var (learner, other) = (Learner(), Learner());

        await Task.WhenAll(learner.Round(default), other.Round(default));
        await learner.Round(default);

        var proposed = Assert.Single((await Articles.List(null, 10, null, default)).Articles);
        Assert.Equal(("Where do I find the invoice archive?", "open Billing, choose Archive and pick the year of the invoice."), (proposed.Question, proposed.Answer));

        var index = Index();
        await index.Publish([new("a.md", "Signing in", "Open the start page and choose Sign in.", Record.Now)], null, default);
        using var knowledge = Knowledge(index);
        Assert.False(await knowledge.Round(default));
        Assert.DoesNotContain(LearnedDocument.IdOf(proposed.Id), await Found(index));

        await Articles.Change(proposed.Id, new(1, Status: ArticleStatus.Approved), Ana, default);
        Assert.True(await knowledge.Round(default));
        Assert.False(await knowledge.Round(default));
        Assert.Equal(LearnedDocument.IdOf(proposed.Id), (await Found(index))[0]);

        await Articles.Change(proposed.Id, new(2, Status: ArticleStatus.Rejected), Ana, default);
        Assert.True(await knowledge.Round(default));
        Assert.DoesNotContain(LearnedDocument.IdOf(proposed.Id), await Found(index));
        Assert.Equal("a.md", Assert.Single((await Record.Knowledge.Load(default)).Documents).Id);
    }

    [Fact]
    public async Task Of_silos_that_see_the_same_difference_one_publishes_it_and_the_others_follow()
    {
        var ticket = await Resolved("Where do I find the invoice archive?", "Open Billing and choose Archive there.");
        await Articles.Study(ticket, new("Where is the invoice archive?", "Open Billing and choose Archive."), default);
        await Articles.Change((await Articles.List(null, 1, null, default)).Articles[0].Id, new(1, Status: ArticleStatus.Approved), Ana, default);
        var silos = Enumerable.Range(0, 4).Select(_ => Index()).ToList();

        var published = await Task.WhenAll(silos.Select(async index =>
        {
            using var knowledge = Knowledge(index);
            return await knowledge.Round(default);
        }));

        Assert.Single(published, did => did);
        Assert.Equal(1, await Record.Knowledge.CurrentVersion(default));
        foreach (var index in silos)
        {
            await index.Refresh(default);
            Assert.NotEmpty(await Found(index));
        }
    }

    [Fact]
    public async Task An_erased_customers_article_is_not_found_any_more_by_any_silo()
    {
        var ticket = await Resolved("Where do I find the invoice archive?", "Open Billing and choose Archive there.");
        await Learner().Round(default);
        await Articles.Change((await Articles.List(null, 1, null, default)).Articles[0].Id, new(1, Status: ArticleStatus.Approved), Ana, default);
        var (one, other) = (Index(), Index());
        using var knowledge = Knowledge(one);
        await knowledge.Round(default);
        await other.Refresh(default);
        Assert.NotEmpty(await Found(other));

        await Record.PersonalData.Erase(ticket.Customer, "Ana", default);

        foreach (var index in new[] { one, other })
        {
            await index.Refresh(default);
            Assert.Empty(await Found(index));
        }

        Assert.False(await knowledge.Round(default));
    }

    [Fact]
    public async Task A_day_that_is_over_is_looked_through_once()
    {
        for (var i = 0; i < 3; i++)
            await NotAnswered($"Is there a dark theme for boards{new string('?', i + 1)}");
        var gaps = Record.Get<IGaps>();
        var day = DateOnly.FromDateTime(Record.Now.UtcDateTime);
        using var finder = Finder();
        await finder.Round(default);
        Assert.Empty(await Gaps(day));
        Record.Advance(TimeSpan.FromDays(1).TotalSeconds);

        await finder.Round(default);

        var found = Assert.Single(await Gaps(day));
        Assert.Equal((3, 3, 3), (found.Customers, found.Messages, found.Examples.Length));
        Assert.Equal(["boards", "dark", "theme"], found.Terms.Order());
        await gaps.Keep(day, [], default);
        await finder.Round(default);
        Assert.Empty(await Gaps(day));
    }

    [Fact]
    public async Task Of_a_burst_that_which_says_most_is_in_the_gap()
    {
        await NotAnswered("How do I export to Xero?", "thanks!");
        var day = DateOnly.FromDateTime(Record.Now.UtcDateTime);
        Record.Advance(TimeSpan.FromDays(1).TotalSeconds);
        using var finder = Finder();

        await finder.Round(default);

        var found = Assert.Single(await Gaps(day));
        Assert.Equal((1, "How do I export to Xero?"), (found.Messages, Assert.Single(found.Examples).Text));
    }

    [Fact]
    public async Task Customers_who_are_one_count_as_one_and_their_name_is_no_word_of_a_gap()
    {
        var mira = await NotAnsweredTo("Mira Okafor", "Is there a dark theme for boards? Okafor Weber");
        for (var i = 0; i < 2; i++)
        {
            var also = await NotAnsweredTo("", "Is there a dark theme for boards? Okafor Weber");
            Assert.NotNull((await Record.Identities.Merge(also.Customer, mira.Customer, "Ana", "they said so", default)).Merge);
        }

        await NotAnsweredTo("Noor", "Is there a dark theme for boards?");
        await NotAnsweredTo("Ben Okafor", "Is there a dark theme for boards? Okafor");
        var day = DateOnly.FromDateTime(Record.Now.UtcDateTime);
        Record.Advance(TimeSpan.FromDays(1).TotalSeconds);
        using var finder = Finder();

        await finder.Round(default);

        var found = Assert.Single(await Gaps(day));
        Assert.Equal((3, 5), (found.Customers, found.Messages));
        Assert.Equal(["boards", "dark", "theme"], found.Terms.Order());
    }

    [Fact]
    public async Task A_day_is_one_where_the_business_is()
    {
        var day = DateOnly.FromDateTime(Record.Now.UtcDateTime);
        // A quarter past midnight in Berlin.
        Record.Time.Advance(new DateTimeOffset(day, new(23, 15), TimeSpan.Zero) - Record.Now);
        await NotAnswered("Is there a dark theme for boards?");
        using var finder = Finder("Europe/Berlin");
        Record.Time.Advance(TimeSpan.FromHours(23));
        await finder.Round(default);
        Assert.Empty(await Gaps(day.AddDays(1)));

        Record.Time.Advance(TimeSpan.FromHours(1));
        await finder.Round(default);

        Assert.Empty(await Gaps(day));
        Assert.Single(await Gaps(day.AddDays(1)));
    }

    [Fact]
    public async Task Approved_articles_that_go_with_those_who_are_silent_for_long_are_counted()
    {
        await Resolved("Where do I find the invoice archive?", "Open Billing and choose Archive there.");
        await Resolved("Where do I change the colour of a board?", "Open the board's menu and choose Colour there.");
        await Learner().Round(default);
        await Articles.Change((await Articles.List(null, 1, null, default)).Articles[0].Id, new(1, Status: ArticleStatus.Approved), Ana, default);
        Record.Advance(TimeSpan.FromDays(31).TotalSeconds);

        Assert.Equal(new Customers.Forgotten(2, 1), await Record.PersonalData.EraseOlderThan(TimeSpan.FromDays(30), 10, default));
    }

    private Learner Learner() => new(
        Articles, new(Record.Conversations, Record.Customers, Record.Identities), Record.Time, NullLogger<Learner>.Instance);

    private GapFinder Finder(string zone = "UTC") => new(
        Record.Get<IGaps>(), new(Record.Conversations, Record.Customers, Record.Identities),
        new(Record.Reports, Options.Create(new BusinessHoursOptions { TimeZone = zone }), Options.Create(new ConversationOptions()), Record.Time),
        Record.Get<IJobRoster>(), Record.Time, NullLogger<GapFinder>.Instance);

    private async Task<ImmutableArray<KeptGap>> Gaps(DateOnly day) => (await Record.Get<IGaps>().Read(day, day, IGaps.PageLimit, null, default)).Gaps;

    /// <summary>Another silo's.</summary>
    private IKnowledgeIndex Index() => new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
        .AddSingleton<TimeProvider>(Record.Time).AddSingleton(Record.Knowledge).AddKnowledgeServices()
        .BuildServiceProvider().GetRequiredService<IKnowledgeIndex>();

    private LearnedKnowledge Knowledge(IKnowledgeIndex index) => new(
        Articles, index, Record.Get<IJobRoster>(), Record.Time, NullLogger<LearnedKnowledge>.Instance);

    private static async Task<ImmutableArray<string>> Found(IKnowledgeIndex index) =>
        [.. (await index.Search(["Where is the archive of invoices?"], 5, null, default)).Hits.Select(hit => hit.DocumentId)];

    private async Task<ResolvedTicket> Resolved(string question, string answer)
    {
        var conversation = await Record.Commit(In(await Record.NewConversation("Mira Okafor")).Opens("Matter").CustomerSays(question));
        conversation = await Record.Commit(In(conversation).OperatorSays(Ana, answer));
        var ticket = conversation.CurrentTicket!.Id;
        await Record.Commit(In(conversation).Ticket(open => open with { Status = TicketStatus.Resolved, Resolution = new(Actor.Of(Ana), Record.Now, "") }));
        return new(conversation.Customer, ticket);
    }

    private Task NotAnswered(params string[] texts) => NotAnsweredTo("", texts);

    private async Task<Conversation> NotAnsweredTo(string name, params string[] texts)
    {
        var act = In(await Record.NewConversation(name)).Opens("Matter");
        foreach (var text in texts)
            act.CustomerSays(text);
        var asked = await Record.Commit(act);
        return await Record.Commit(In(asked).Escalation(new(
            Guid.NewGuid(), asked.CurrentTicket!.Id, Answering.EscalationReason.NoEvidence, "A3.no_evidence", Answering.Urgency.Normal, "support", "", Actor.Assistant,
            Record.Now, AckDue: null, EndedAt: Record.Now)));
    }
}
