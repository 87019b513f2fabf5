using FteAgent.Conversations;
using FteAgent.Knowledge;
using FteAgent.Learning;
using FteAgent.Tickets;

namespace FteAgent.Record;

/// <summary>An article is proposed once, changed by one operator at a time, and searched as long as somebody answers for it.</summary>
public abstract class ArticlesContract : RecordContract
{
    private static readonly ProposedText Found = new("How do I move a board?", "Open the board's menu and choose Move.");

    private IArticles Articles => Record.Get<IArticles>();

    [Fact]
    public async Task Tickets_that_an_operator_resolved_are_found_until_they_are_studied()
    {
        var resolved = await Resolved(Actor.Of(Ana));
        await Resolved(Actor.Assistant);
        await Record.Commit(In(await Record.NewConversation()).Opens("Open").CustomerSays("How do I move a board?"));
        var closed = await Resolved(Actor.Of(Bo), TicketStatus.Closed);

        var found = await Articles.Unstudied(10, default);

        Assert.Equal(new HashSet<ResolvedTicket> { resolved, closed }, found.ToHashSet());
        Assert.True(await Articles.Study(resolved, null, default));
        Assert.Equal(closed, Assert.Single(await Articles.Unstudied(10, default)));
        Assert.Empty((await Articles.List(null, 10, null, default)).Articles);
        Record.Advance(TimeSpan.FromDays(91).TotalSeconds);
        Assert.Empty(await Articles.Unstudied(10, default));
    }

    [Fact]
    public async Task Many_who_study_one_ticket_propose_once()
    {
        var ticket = await Resolved(Actor.Of(Ana));

        var studied = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Articles.Study(ticket, Found, default)));

        Assert.Single(studied, first => first);
        var article = Assert.Single((await Articles.List(ArticleStatus.Proposed, 10, null, default)).Articles);
        Assert.Equal(
            (ticket.Customer, ticket.Ticket, Found.Question, Found.Answer, 1, Record.Now, Record.Now, (string?)null),
            (article.Customer, article.Ticket, article.Question, article.Answer, article.Revision, article.ProposedAt, article.ChangedAt, article.ChangedBy));
    }

    [Fact]
    public async Task Articles_are_listed_in_pages_the_latest_first()
    {
        var proposed = new List<ArticleId>();
        for (var i = 0; i < 5; i++)
        {
            Record.Advance(1);
            proposed.Add((await Proposed()).Id);
        }

        var (listed, cursor) = (new List<ArticleId>(), (string?)null);
        do
        {
            var page = await Articles.List(null, 2, cursor, default);
            listed.AddRange(page.Articles.Select(article => article.Id));
            cursor = page.Cursor;
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Reverse(proposed), listed);
        Assert.Empty((await Articles.List(ArticleStatus.Approved, 10, null, default)).Articles);
        Assert.Empty((await Articles.List(null, 10, "' or 1=1", default)).Articles);
    }

    [Fact]
    public async Task Each_act_is_kept_with_who_did_it_and_whoever_has_read_an_older_one_changes_nothing()
    {
        var article = await Proposed();
        Record.Advance(60);

        var edited = await Articles.Change(article.Id, new(1, Answer: "Drag it."), Ana, default);
        var late = await Articles.Change(article.Id, new(1, Status: ArticleStatus.Rejected), Bo, default);
        var approved = await Articles.Change(article.Id, new(2, Status: ArticleStatus.Approved), Bo, default);
        var again = await Articles.Change(article.Id, new(3, Status: ArticleStatus.Approved), Ana, default);

        Assert.Equal((ArticleChangeOutcome.Done, 2, "Ana"), (edited.Outcome, edited.Article!.Revision, edited.Article.ChangedBy));
        Assert.Equal((ArticleChangeOutcome.Stale, 2), (late.Outcome, late.Article!.Revision));
        Assert.Equal((ArticleChangeOutcome.Done, ArticleStatus.Approved, 3), (approved.Outcome, approved.Article!.Status, approved.Article.Revision));
        // It was so already.
        Assert.Equal(approved.Article, again.Article);
        var history = await Articles.Find(article.Id, default);
        Assert.Equal(approved.Article, history!.Article);
        Assert.Equal(
            [(1, Found.Answer, ArticleStatus.Proposed, null), (2, "Drag it.", ArticleStatus.Proposed, "Ana"), (3, "Drag it.", ArticleStatus.Approved, "Bo")],
            history.Revisions.Select(revision => (revision.Number, revision.Answer, revision.Status, revision.By)));
        Assert.Equal(ArticleChangeOutcome.Missing, (await Articles.Change(ArticleId.Mint(Record.Time), new(1), Ana, default)).Outcome);
        Assert.Null(await Articles.Find(ArticleId.Mint(Record.Time), default));
    }

    [Fact]
    public async Task Of_many_who_decide_at_once_one_does()
    {
        var article = await Proposed();

        var changes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            Articles.Change(article.Id, new(1, Status: i % 2 == 0 ? ArticleStatus.Approved : ArticleStatus.Rejected), i % 2 == 0 ? Ana : Bo, default)));

        Assert.Single(changes, change => change.Outcome is ArticleChangeOutcome.Done);
        Assert.Equal(2, (await Articles.Find(article.Id, default))!.Revisions.Length);
    }

    [Fact]
    public async Task What_is_approved_and_not_published_is_told_and_what_is_published_and_not_approved()
    {
        var article = await Proposed();
        Assert.True((await Articles.Unpublished(default)).IsEmpty);

        await Articles.Change(article.Id, new(1, Status: ArticleStatus.Approved), Ana, default);
        var lacking = await Articles.Unpublished(default);
        var document = Assert.Single(lacking.Upserts);
        Assert.Equal((0, $"learned/{article.Id}", Found.Question, Found.Answer, Record.Now), (lacking.Version, document.Id, document.Title, document.Text, document.ChangedAt));

        await Publish(document);
        Assert.Equal((1, true), ((await Articles.Unpublished(default)).Version, (await Articles.Unpublished(default)).IsEmpty));

        Record.Advance(1);
        await Articles.Change(article.Id, new(2, Answer: "Drag it."), Ana, default);
        Assert.Equal("Drag it.", Assert.Single((await Articles.Unpublished(default)).Upserts).Text);

        await Articles.Change(article.Id, new(3, Status: ArticleStatus.Rejected), Ana, default);
        var over = await Articles.Unpublished(default);
        Assert.Empty(over.Upserts);
        Assert.Equal(document.Id, Assert.Single(over.Removed));
    }

    [Fact]
    public async Task No_version_is_published_with_what_was_erased_while_it_was_made()
    {
        var (approved, erased, other) = (await Proposed(), await Proposed(), new Document("learned/notes.md", "Notes", "Text", Record.Now));
        await Articles.Change(approved.Id, new(1, Status: ArticleStatus.Approved), Ana, default);
        await Record.PersonalData.Erase(erased.Customer, "Ana", default);

        await Publish(LearnedDocument.Of(approved), LearnedDocument.Of(erased), other);

        var version = await Record.Knowledge.Load(default);
        Assert.Equal(new HashSet<string> { LearnedDocument.IdOf(approved.Id), other.Id }, version.Documents.Select(document => document.Id).ToHashSet());
        Assert.Equal(2, version.Chunks.Count);
    }

    [Fact]
    public async Task What_was_learned_from_a_customer_goes_with_them_and_the_knowledge_gets_a_new_number()
    {
        var (theirs, others) = (await Proposed(), await Proposed());
        foreach (var article in new[] { theirs, others })
            await Articles.Change(article.Id, new(1, Status: ArticleStatus.Approved), Ana, default);
        for (var i = 0; i < 2; i++)
            await Publish(new Document("a.md", "A", "Text", Record.Now), LearnedDocument.Of(theirs), LearnedDocument.Of(others));
        Assert.Equal(2, await Record.Knowledge.CurrentVersion(default));

        await Record.PersonalData.Erase(theirs.Customer, "Ana", default);

        Assert.Null(await Articles.Find(theirs.Id, default));
        Assert.NotNull(await Articles.Find(others.Id, default));
        var version = await Record.Knowledge.Load(default);
        Assert.Equal(3, version.Number);
        Assert.Equal(["a.md", LearnedDocument.IdOf(others.Id)], version.Documents.Select(document => document.Id));
        Assert.Equal(2, version.Chunks.Count);
        // Whoever is slow does not bring it back.
        Assert.False(await Articles.Study(new(theirs.Customer, theirs.Ticket), Found, default));
        await Publish(LearnedDocument.Of(theirs), LearnedDocument.Of(others));
        Assert.Equal(["a.md", LearnedDocument.IdOf(others.Id)], (await Record.Knowledge.Load(default)).Documents.Select(document => document.Id));
    }

    [Fact]
    public async Task Vectors_are_found_by_their_own_chunks_after_an_erasure()
    {
        var theirs = await Proposed();
        await Articles.Change(theirs.Id, new(1, Status: ArticleStatus.Approved), Ana, default);
        var (learned, after) = (LearnedDocument.Of(theirs), new Document("z.md", "Z", "Text", Record.Now));
        await Record.Knowledge.Publish(
            [learned, after], [new("l", learned.Id, "", learned.Text, [1f, 0f], "e"), new("z", after.Id, "", "Text", [0f, 1f], "e")], default);

        await Record.PersonalData.Erase(theirs.Customer, "Ana", default);

        var version = await Record.Knowledge.Load(default);
        IVersionVectors? vectors = null;
        foreach (var way in (IVectorSearch[])[.. Record.All<IVectorSearch>(), new ExactVectorSearch(Record.Knowledge)])
            vectors ??= await way.Open(version, "e", default);
        var nearest = (await vectors!.Nearest([[0f, 1f]], 5, null, default))[0].Hits;
        Assert.Equal("z", version.Chunks[Assert.Single(nearest).Chunk].Id);
    }

    [Fact]
    public async Task A_copy_of_personal_data_holds_what_was_learned()
    {
        var article = await Proposed();
        using var copy = new MemoryStream();

        await Record.PersonalData.Export(article.Customer, "Ana", copy, default);

        var exported = Assert.Single(System.Text.Json.JsonDocument.Parse(copy.ToArray()).RootElement.GetProperty("articles").EnumerateArray());
        Assert.Equal(Found.Answer, exported.GetProperty("answer").GetString());
    }

    private async Task Publish(params Document[] documents) => Assert.NotNull(await Record.Knowledge.Change(
        new(await Record.Knowledge.CurrentVersion(default), documents,
            [.. documents.Select(document => new StoredChunk($"{document.Id}#1", document.Id, "", document.Text, null))], []),
        default));

    private async Task<Article> Proposed()
    {
        var ticket = await Resolved(Actor.Of(Ana));
        await Articles.Study(ticket, Found, default);
        return (await Articles.List(null, 50, null, default)).Articles.Single(article => article.Ticket == ticket.Ticket);
    }

    private async Task<ResolvedTicket> Resolved(Actor by, TicketStatus status = TicketStatus.Resolved)
    {
        var conversation = await Record.Commit(In(await Record.NewConversation()).Opens("Boards").CustomerSays("How do I move a board?"));
        var ticket = conversation.CurrentTicket!.Id;
        await Record.Commit(In(conversation).Ticket(open => open with { Status = status, Resolution = new(by, Record.Now, "Told them.") }));
        return new(conversation.Customer, ticket);
    }
}
