using FteAgent.Knowledge;

namespace FteAgent.Tests.Knowledge;

public class RerankTests
{
    [Fact]
    public async Task A_page_that_says_it_in_one_place_stands_before_one_that_scatters_the_words()
    {
        // Both hold each word twice, never as neighbours; the scattered one is shorter and comes first by its id.
        var far = Filler(60);
        var index = await Given.Index(
            Given.Document("a-scattered", $"{far} voucher {far} expired {far} voucher {far} expired {far}", "Notes"),
            Given.Document("b-together", $"{far} {far} an expired paper voucher, a voucher long expired {far} {far} {far}", "Notes"),
            Given.Document("other", Filler(300), "Notes"));
        Assert.Equal("b-together", (await Ask(index, "has my voucher by any chance expired")).Hits[0].DocumentId);
    }

    [Fact]
    public void In_a_long_conversation_the_page_whose_title_one_turn_names_is_lifted()
    {
        var (index, firstChunks) = Index(("Theft insurance", "What is covered stands in the contract."), ("Brakes", "Ask us about brakes."));
        using var rerank = new Rerank(index, firstChunks, new RerankWeights(0, 1));
        Asked[] asked = [new(index.Parse("my brakes squeak"), 1), new(index.Parse("and do I have theft insurance?"), 1)];
        Assert.Equal([0, 0], rerank.Lifts(asked, texts: 2, [0, 1]));
        var lifts = rerank.Lifts(asked, texts: 10, [0, 1]);
        Assert.True(lifts[0] > lifts[1], "a title of two words, both named, tells more than one of one word");
        Assert.True(rerank.Lifts(asked, texts: 20, [0, 1])[0] > lifts[0]);
    }

    [Fact]
    public void Nothing_asked_lifts_nothing()
    {
        var (index, firstChunks) = Index(("Theft insurance", "What is covered stands in the contract."));
        using var rerank = new Rerank(index, firstChunks, RerankWeights.Default);
        Assert.Equal([0], rerank.Lifts([], texts: 9, [0]));
        Assert.Equal(0, rerank.Together(index.Substance("hello there, thanks"), [0]));
        Assert.Equal(0, rerank.Together(index.Substance("what is covered"), []));
    }

    [Fact]
    public async Task Words_of_courtesy_do_not_lead_a_search_astray()
    {
        // To this corpus either word is as rare as the other; the page of jobs would come first by its id.
        var index = await Given.Index(
            Given.Document("a-jobs", "We hope that you join us."),
            Given.Document("b-vouchers", "A voucher comes by mail."));
        var found = await Ask(index, "I hope for a voucher");
        Assert.Equal("b-vouchers", found.Hits[0].DocumentId);
    }

    [Fact]
    public async Task The_second_reading_changes_the_order_of_what_was_found_and_nothing_else()
    {
        const int seed = 17;
        var random = new Random(seed);
        string[] words = [.. Enumerable.Range(0, 60).Select(n => $"term{n}")];
        string Text(int length) => string.Join(' ', Enumerable.Range(0, length).Select(_ => words[random.Next(words.Length)]));
        Document[] documents = [.. Enumerable.Range(0, 80).Select(n => Given.Document($"d{n:00}", Text(random.Next(5, 120)), Text(2)))];
        var snapshot = KnowledgeSnapshot.Build(new KnowledgeVersion(1, default, documents, [.. documents.SelectMany(Chunker.Cut)]), null);
        for (var n = 0; n < 50; n++)
        {
            string[] asked = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Text(random.Next(1, 12)))];
            var before = snapshot.Search(asked, [], KnowledgeIndex.MaxResults, null, RerankWeights.None);
            var after = snapshot.Search(asked, [], KnowledgeIndex.MaxResults, null);
            Assert.Equal(before.Evidence, after.Evidence);
            Assert.Equal(before.Hits.Length, after.Hits.Length);
            Assert.All(after.Hits, hit => Assert.InRange(hit.Score, 0, 1));
            Assert.Equal(1, after.Hits[0].Score);
            Assert.Equal(after.Hits.OrderByDescending(hit => hit.Score), after.Hits);
            Assert.Equal(after.Hits.Select(hit => hit.ChunkId), snapshot.Search(asked, [], KnowledgeIndex.MaxResults, null).Hits.Select(hit => hit.ChunkId));
        }
    }

    private static (LexicalIndex Index, int[] FirstChunks) Index(params (string Title, string Text)[] pages) => (
        LexicalIndex.Build([.. pages.Select((page, n) => new IndexedDocument(page.Title, [new StoredChunk($"{n}", $"{n}", "", page.Text, null)]))]),
        [.. Enumerable.Range(0, pages.Length + 1)]);

    private static Task<SearchResult> Ask(KnowledgeIndex index, params string[] texts) =>
        index.Search([.. texts], 10, null, CancellationToken.None);

    private static string Filler(int words) => string.Join(' ', Enumerable.Range(0, words).Select(n => $"filler{n % 7}"));
}
