using FteAgent.Knowledge;
using FteAgent.Learning;

namespace FteAgent.Tests.Knowledge;

public class KnowledgeIndexTests
{
    [Fact]
    public async Task An_empty_index_finds_nothing()
    {
        var index = Given.EmptyIndex();
        var found = await index.Search(["anything"], 5, null, CancellationToken.None);
        Assert.Empty(found.Hits);
        Assert.Equal(0, found.Evidence);
        Assert.Equal(0, index.Version);
    }

    [Theory]
    [InlineData("how do I reset my password?", "account.md")]
    [InlineData("I keep getting 429, too many requests", "errors.md")]
    [InlineData("can I get my boards out as csv", "export.md")]
    public async Task The_page_that_answers_comes_first(string question, string page)
    {
        var index = await Given.Index(Given.HelpPages());
        var found = await index.Search([question], 5, null, CancellationToken.None);
        Assert.Equal(page, found.Hits[0].DocumentId);
    }

    [Fact]
    public async Task An_approved_article_is_found_by_words_that_only_its_question_has()
    {
        var article = Given.Document(LearnedDocument.IdOf(new(Guid.NewGuid())), "Open Billing and choose Archive there.", "Where do I download last year's invoices?");
        var index = await Given.Index(Given.HelpPages());
        await index.Change([article], [], CancellationToken.None);
        var found = await index.Search(["download an invoice"], 5, null, CancellationToken.None);
        Assert.Equal(article.Id, found.Hits[0].DocumentId);
    }

    [Fact]
    public async Task A_search_can_be_kept_to_one_category()
    {
        var index = await Given.Index(Given.HelpPages());
        var found = await index.Search(["error exporting boards, error codes"], 5, "DATA", CancellationToken.None);
        Assert.All(found.Hits, hit => Assert.Equal("export.md", hit.DocumentId));
        Assert.NotEmpty(found.Hits);
        Assert.Empty((await index.Search(["boards"], 5, "no such", CancellationToken.None)).Hits);
    }

    [Fact]
    public async Task Utterances_are_combined_and_thanks_hardly_count()
    {
        var index = await Given.Index([.. Given.HelpPages(), Given.Document("thanks.md", "Thanks! Perfect, thank you so much for your great help today.")]);
        var found = await index.Search(["I forgot my password", "the link you send does not work", "Thanks for your help!"], 5, null, CancellationToken.None);
        Assert.Equal("account.md", found.Hits[0].DocumentId);
    }

    [Fact]
    public async Task Equal_scores_go_by_id_so_that_every_search_is_the_same()
    {
        const int seed = 5;
        var documents = Enumerable.Range(0, 50).Select(n => Given.Document($"d{n:00}", "the very same words about billing")).ToArray();
        new Random(seed).Shuffle(documents);
        var index = await Given.Index(documents);
        var found = await index.Search(["billing words"], 50, null, CancellationToken.None);
        Assert.Equal(found.Hits.Select(hit => hit.DocumentId).Order(StringComparer.Ordinal), found.Hits.Select(hit => hit.DocumentId));
    }

    [Fact]
    public async Task One_long_document_does_not_crowd_out_the_rest()
    {
        var page = string.Join("\n\n", Enumerable.Range(0, 30).Select(n => $"## Billing {n}\n\n" + string.Join(' ', Enumerable.Repeat("billing invoice", 60))));
        var index = await Given.Index(Given.Document("long.md", page), Given.Document("short.md", "An invoice is sent each month."));
        var found = await index.Search(["billing invoice"], 5, null, CancellationToken.None);
        Assert.Equal(Ranking.MaxChunksPerDocument, found.Hits.Count(hit => hit.DocumentId == "long.md"));
        Assert.Contains(found.Hits, hit => hit.DocumentId == "short.md");
    }

    [Fact]
    public async Task Two_documents_with_one_id_are_refused_and_nothing_is_published()
    {
        var index = Given.EmptyIndex();
        await Assert.ThrowsAsync<ArgumentException>(() => index.Publish([Given.Document("a", "x"), Given.Document("a", "y")], null, CancellationToken.None));
        Assert.Equal(0, index.Version);
    }

    [Fact]
    public async Task A_cancelled_import_publishes_nothing()
    {
        var index = await Given.Index(Given.HelpPages());
        using var cancelled = new CancellationTokenSource();
        var stop = new StopAfterFirst(cancelled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => index.Publish(Given.HelpPages(), stop, cancelled.Token));
        Assert.Equal(1, index.Version);
    }

    [Fact]
    public async Task Another_silo_sees_a_new_version_after_a_refresh()
    {
        var store = new MemoryStore();
        var here = Given.EmptyIndex(store: store);
        var there = Given.EmptyIndex(store: store);
        await here.Publish(Given.HelpPages(), null, CancellationToken.None);
        Assert.Equal(0, there.Version);
        await there.Refresh(CancellationToken.None);
        Assert.Equal(here.Version, there.Version);
        Assert.Equal(here.Chunks, there.Chunks);
    }

    [Fact]
    public async Task A_search_under_way_never_sees_two_versions_mixed()
    {
        Document[] Edition(int number) =>
            [.. Enumerable.Range(0, 20).Select(n => Given.Document($"page{n}", $"edition{number} says billing happens monthly, number{number}"))];

        var index = await Given.Index(Edition(1));
        using var done = new CancellationTokenSource();
        var searches = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            var seen = 0;
            while (!done.IsCancellationRequested || seen == 0)
            {
                var found = await index.Search(["billing monthly"], 20, null, CancellationToken.None);
                Assert.Equal(20, found.Hits.Length);
                Assert.All(found.Hits, hit => Assert.Contains($"edition{found.Version} ", hit.Text, StringComparison.Ordinal));
                seen++;
            }
        })).ToList();

        for (var number = 2; number <= 40; number++) await index.Publish(Edition(number), null, CancellationToken.None);
        await done.CancelAsync();
        await Task.WhenAll(searches);
        Assert.Equal(40, index.Version);
    }

    [Fact]
    public async Task Hostile_queries_are_just_words()
    {
        var index = await Given.Index(Given.HelpPages());
        const int seed = 13;
        var random = new Random(seed);
        string[] queries =
        [
            "'; DROP TABLE documents; --", "\0\u0001", new string('a', 100_000), string.Concat(Enumerable.Repeat("reset password ", 20_000)),
            "\ud800", "<script>alert(1)</script>", "‮gnp.exe", new string([.. Enumerable.Range(0, 5_000).Select(_ => (char)random.Next(0x10000))]),
        ];
        foreach (var query in queries)
        {
            var found = await index.Search([query], 10, null, CancellationToken.None);
            Assert.InRange(found.Evidence, 0, 1);
        }
    }

    private sealed class StopAfterFirst(CancellationTokenSource source) : IProgress<int>
    {
        public void Report(int value) => source.Cancel();
    }
}
