using FteAgent.Api.Hosting;
using FteAgent.Conversations;
using FteAgent.Knowledge;
using FteAgent.Learning;
using FteAgent.Reports;
using FteAgent.Tickets;

namespace FteAgent.Api.Articles;

/// <summary>What operators do with what was learned.</summary>
[Collection(SiloCollection.Name)]
public sealed class ArticleTests(SiloFixture fixture)
{
    private readonly RunningSilo silo = fixture.Silo;

    [Fact]
    public async Task An_approved_article_is_found_by_a_search_and_a_rejected_one_is_not_any_more()
    {
        var ana = await silo.NewOperator();
        var word = $"zorb{Guid.NewGuid():N}"[..12];
        var article = await Proposed(word);

        var approved = (await ana.Caller.Put($"/api/articles/{article.Id}/approval", new { revision = 1 })).Expect(200);

        Assert.Equal(("approved", 2, ana.Name), (approved["status"].GetString(), approved["revision"].GetInt32(), approved["changed_by"].GetString()));
        await Eventually.Get(() => Finds(word), hit => hit == $"learned/{article.Id}");

        var rejected = (await ana.Caller.Delete($"/api/articles/{article.Id}/approval?revision=2")).Expect(200);
        Assert.Equal(("rejected", 3), (rejected["status"].GetString(), rejected["revision"].GetInt32()));
        await Eventually.Get(() => Finds(word), hit => hit != $"learned/{article.Id}");
    }

    [Fact]
    public async Task Whoever_has_read_an_older_revision_is_told_who_changed_it()
    {
        var (ana, ben) = (await silo.NewOperator(), await silo.NewOperator("Ben"));
        var article = await Proposed("boards");
        (await ana.Caller.Put($"/api/articles/{article.Id}", new { question = "How do I move\na board?", answer = "Drag it to its new place.", revision = 1 })).Expect(200);

        foreach (var late in (Answer[])
        [
            await ben.Caller.Put($"/api/articles/{article.Id}", new { question = "How do I move it?", answer = "No idea, I am sorry.", revision = 1 }),
            await ben.Caller.Put($"/api/articles/{article.Id}/approval", new { revision = 1 }),
            await ben.Caller.Delete($"/api/articles/{article.Id}/approval?revision=1"),
        ])
        {
            var refused = late.ExpectProblem(409);
            Assert.Equal("urn:fte:problem:stale-revision", refused["type"].GetString());
            Assert.Contains(ana.Name, refused["detail"].GetString(), StringComparison.Ordinal);
        }

        var read = (await ben.Caller.Get($"/api/articles/{article.Id}")).Expect(200);
        Assert.Equal("How do I move a board?", read["article"].GetProperty("question").GetString());
        Assert.Equal(article.Ticket.Value, read["article"].GetProperty("ticket_id").GetString());
        Assert.Equal(["proposed", "proposed"], read["revisions"].EnumerateArray().Select(revision => revision.GetProperty("status").GetString()));
        Assert.False(read["revisions"][0].TryGetProperty("by", out _));
        Assert.Equal(ana.Name, read["revisions"][1].GetProperty("by").GetString());
    }

    [Fact]
    public async Task Articles_are_listed_in_pages_by_where_they_stand()
    {
        var ana = await silo.NewOperator();
        var ids = new HashSet<string>();
        for (var i = 0; i < 3; i++)
            ids.Add((await Proposed("boards")).Id.ToString());

        var (listed, cursor) = (new List<string>(), "");
        do
        {
            var page = (await ana.Caller.Get($"/api/articles?status=proposed&limit=2{cursor}")).Expect(200);
            listed.AddRange(page["articles"].EnumerateArray().Select(article => article.GetProperty("id").GetString()!));
            cursor = page.Json.TryGetProperty("cursor", out var next) ? $"&cursor={next.GetString()}" : "";
        }
        while (cursor.Length > 0);

        Assert.Superset(ids, listed.ToHashSet());
        Assert.Equal(listed.Distinct().OrderDescending(StringComparer.Ordinal), listed);
        Assert.Equal(["status"], (await ana.Caller.Get("/api/articles?status=fine")).BadFields());
        Assert.Equal(["limit"], (await ana.Caller.Get("/api/articles?limit=201")).BadFields());
        Assert.Equal(0, (await ana.Caller.Get("/api/articles?cursor=made-up")).Expect(200)["articles"].GetArrayLength());
    }

    [Fact]
    public async Task Bad_input_is_told_field_by_field_and_strangers_are_told_nothing()
    {
        var (ana, article) = (await silo.NewOperator(), await Proposed("boards"));

        Assert.Equal(["answer", "question", "revision"], (await ana.Caller.Put($"/api/articles/{article.Id}", new { question = "?", answer = new string('x', 5_001) })).BadFields());
        Assert.Equal(["revision"], (await ana.Caller.Put($"/api/articles/{article.Id}/approval", new { })).BadFields());
        Assert.Equal(["revision"], (await ana.Caller.Delete($"/api/articles/{article.Id}/approval")).BadFields());
        foreach (var id in (string[])[Guid.NewGuid().ToString("N"), "1", "%F0%9F%99%82"])
        {
            (await ana.Caller.Get($"/api/articles/{id}")).ExpectProblem(404);
            (await ana.Caller.Put($"/api/articles/{id}/approval", new { revision = 1 })).ExpectProblem(404);
        }

        var customer = await silo.NewCustomer();
        foreach (var path in (string[])["/api/articles", $"/api/articles/{article.Id}", "/api/gaps"])
        {
            (await silo.Anyone.Get(path)).ExpectProblem(401);
            (await customer.Caller.Get(path)).ExpectProblem(401);
        }
    }

    [Fact]
    public async Task Gaps_are_told_with_examples_as_they_stand_in_the_record()
    {
        var (ana, customer) = (await silo.NewOperator(), await silo.NewCustomer($"Is there a dark theme? {new string('x', 400)}"));
        var question = (await silo.Service<IConversationStore>().Read(customer.Id, 0, 1, includeNotes: false, default))[0];
        var today = silo.Service<IReportMaker>().Today();
        await silo.Service<IGaps>().Keep(today, [new(["dark", "theme"], [new(customer.Id, question.Sequence, question.Id, question.Text)])], default);

        var gap = (await ana.Caller.Get("/api/gaps?days=1")).Expect(200)["gaps"][0];

        Assert.Equal(["dark", "theme"], gap.GetProperty("terms").EnumerateArray().Select(term => term.GetString()));
        Assert.Equal((1, 1), (gap.GetProperty("customers").GetInt32(), gap.GetProperty("messages").GetInt32()));
        var example = gap.GetProperty("examples")[0];
        Assert.Equal((customer.Id.ToString(), question.Id.ToString()), (example.GetProperty("conversation_id").GetString(), example.GetProperty("message_id").GetString()));
        Assert.Equal(300, example.GetProperty("text").GetString()!.Length);
        Assert.Equal(["cursor", "days", "limit"], (await ana.Caller.Get($"/api/gaps?days=91&limit=201&cursor={new string('x', 201)}")).BadFields());
    }

    [Fact]
    public async Task Gaps_are_told_in_pages()
    {
        var ana = await silo.NewOperator();
        // A day of its own, before any that other tests keep gaps of.
        await silo.Service<IGaps>().Keep(silo.Service<IReportMaker>().Today().AddDays(-80), [new(["one"], []), new(["two"], []), new(["three"], [])], default);
        var told = new List<string?>();
        for (var address = "/api/gaps?days=90&limit=2"; address is not null;)
        {
            var page = (await ana.Caller.Get(address)).Expect(200);
            Assert.InRange(page["gaps"].GetArrayLength(), 1, 2);
            told.AddRange(page["gaps"].EnumerateArray().SelectMany(gap => gap.GetProperty("terms").EnumerateArray()).Select(term => term.GetString()));
            address = page.Json.TryGetProperty("cursor", out var cursor) ? $"/api/gaps?days=90&limit=2&cursor={cursor.GetString()}" : null;
        }

        Assert.Equal(["one", "two", "three"], told.TakeLast(3));
    }

    private async Task<string?> Finds(string word) =>
        (await silo.Service<IKnowledgeIndex>().Search([$"What is a {word}?"], 1, null, default)).Hits.FirstOrDefault()?.DocumentId;

    /// <summary>As the learner proposes it, without waiting for it.</summary>
    private async Task<Article> Proposed(string word)
    {
        var customer = await silo.NewCustomer();
        var articles = silo.Service<IArticles>();
        Assert.True(await articles.Study(
            new(customer.Id, new TicketId(customer.TicketId)), new($"What is a {word}?", $"A {word} is a thing that moves boards."), default));
        return (await articles.List(ArticleStatus.Proposed, 200, null, default)).Articles.Single(article => article.Customer == customer.Id);
    }
}
