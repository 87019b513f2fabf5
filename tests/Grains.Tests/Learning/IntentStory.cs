using FteAgent.Answering;
using FteAgent.Conversations;
using FteAgent.Intents;
using FteAgent.Knowledge;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Learning;

/// <summary>What one customer asked and a person answered, another customer hears in answer to other words, by the front door on both sides.</summary>
public sealed class IntentStory : IAsyncLifetime
{
    private const string Asked = "That little owl box above the barn door flickers amber when there was a storm";
    private const string Paraphrase = "why does the owl box above our barn flicker amber after a storm";

    private static readonly Document Page = new("boats.md", "Boats", """
        ## Why does the anchor chain come loose at night?

        The pin is worn. Put a new one in before the next tide.

        ## Where is the spare rudder kept?

        In the shed behind the harbour master's house.

        ## Who may sail the red dinghy?

        Members who have passed the test.

        ## Ropes

        A boat is tied to the pier by two ropes.
        """, DateTimeOffset.UnixEpoch);

    private Support support = null!;

    public async Task InitializeAsync()
    {
        support = await Support.Open(services => services.AddSingleton(new ConfiguredModels([], FallsBackToQuotes: true)).AddLearning().AddIntents());
        await support.Silo.GetRequiredService<KnowledgeIndex>().Publish([Page], null, default);
    }

    public async Task DisposeAsync() => await support.DisposeAsync();

    private CommandId Command => CommandId.Mint(support.Time);

    private IArticles Articles => support.Silo.GetRequiredService<IArticles>();

    [Fact]
    public async Task A_question_in_other_words_is_answered_by_the_article_and_not_past_a_rule()
    {
        var before = await support.Ask(await support.NewCustomer(), Paraphrase);
        Assert.Equal(EscalationReason.NoEvidence, before.Escalation!.Reason);

        var article = await Answered();
        await Learned(Paraphrase, LearnedDocument.IdOf(article.Id));

        var conversation = await support.Ask(await support.NewCustomer("Noor"), Paraphrase);
        var reply = Assert.Single(Support.Replies(conversation));
        Assert.Equal((LearnedDocument.IdOf(article.Id), "A3.answer"), (Assert.Single(reply.Citations).DocumentId, reply.Rule));
        Assert.Contains("Put the sensor in its cradle", reply.Text, StringComparison.Ordinal);

        var angry = await support.Ask(await support.NewCustomer("Bo"), $"{Paraphrase}? I want a refund for it.");
        Assert.All(Support.Replies(angry), notice => Assert.Empty(notice.Citations));
        Assert.Equal(EscalationReason.RefundRequest, angry.Escalation!.Reason);

        var stranger = await support.Ask(await support.NewCustomer("Ida"), "how many moons does the largest planet have");
        Assert.All(Support.Replies(stranger), notice => Assert.Empty(notice.Citations));
        Assert.Equal(EscalationReason.NoEvidence, stranger.Escalation!.Reason);
    }

    [Fact]
    public async Task A_withdrawn_article_and_an_erased_customers_answer_nobody_any_more()
    {
        var article = await Answered();
        await Learned(Paraphrase, LearnedDocument.IdOf(article.Id));

        var withdrawn = await Articles.Change(article.Id, new(2, Status: ArticleStatus.Rejected), Support.Ben, default);
        await Learned(Paraphrase, null);
        Assert.Equal(EscalationReason.NoEvidence, (await support.Ask(await support.NewCustomer("Noor"), Paraphrase)).Escalation!.Reason);

        await Articles.Change(article.Id, new(withdrawn.Article!.Revision, Status: ArticleStatus.Approved), Support.Ben, default);
        await Learned(Paraphrase, LearnedDocument.IdOf(article.Id));
        await support.Silo.GetRequiredService<Customers.IPersonalData>().Erase(article.Customer, "Ana", default);
        await Learned(Paraphrase, null);
        Assert.Equal(EscalationReason.NoEvidence, (await support.Ask(await support.NewCustomer("Ida"), Paraphrase)).Escalation!.Reason);
    }

    [Fact]
    public async Task What_the_documents_ask_themselves_is_learned_without_anybodys_doing()
    {
        await Learned("why does the anchor's chain come loose every night", "boats.md › Why does the anchor chain come loose at night?");
    }

    /// <summary>A ticket that a person answered, and the article that an operator approved of it.</summary>
    private async Task<Article> Answered()
    {
        var mira = await support.NewCustomer();
        await support.Ask(mira, Asked);
        await support.Grain(mira).TakeOver(Command, Support.Ana);
        await support.Grain(mira).Reply(Command, Support.Ana, "The battery is nearly empty. Put the sensor in its cradle for two hours.");
        await support.Grain(mira).Resolve(Command, Support.Ana, "");
        Article? proposed = null;
        await support.Until(async () => (proposed = (await Articles.List(ArticleStatus.Proposed, 10, null, default)).Articles.SingleOrDefault(one => one.Customer == mira)) is not null);
        return (await Articles.Change(
            proposed!.Id, new(1, "What does the light on a sensor tell?", "The battery is nearly empty. Put the sensor in its cradle for two hours.", ArticleStatus.Approved),
            Support.Ben, default)).Article!;
    }

    /// <summary>Waits until a question is taken to mean this, as whatever the silo does by itself comes to it.</summary>
    private Task Learned(string asked, string? intent)
    {
        // A minute lies between two trainings.
        support.Time.Advance(TimeSpan.FromMinutes(1));
        var index = support.Silo.GetRequiredService<IKnowledgeIndex>();
        return support.Until(async () => (await index.Search([asked], 5, null, default)).Intent == intent);
    }
}
