using FteAgent.Knowledge;
using Microsoft.Extensions.Logging.Abstractions;

namespace FteAgent.Record;

/// <summary>A few documents exchanged come to the same as all published anew, and nobody's change is lost.</summary>
public abstract class KnowledgeChangeContract : RecordContract
{
    [Fact]
    public async Task Change_exchanges_adds_and_removes_and_leaves_the_rest()
    {
        await Publish(Pages(700));

        var number = await Record.Knowledge.Change(Change(1, [Page("page-0005", "five anew"), Page("page-9", "new")], "page-0003", "page-0699"), default);

        var version = await Record.Knowledge.Load(default);
        Assert.Equal(2, number);
        Assert.Equal((2, 699), (version.Number, version.Documents.Count));
        Assert.Equal(version.Documents.Select(document => document.Id).Order(StringComparer.Ordinal), version.Documents.Select(document => document.Id));
        var texts = version.Documents.ToDictionary(document => document.Id, document => document.Text);
        Assert.Equal(("page-0004.", "five anew.", "new."), (texts["page-0004"], texts["page-0005"], texts["page-9"]));
        Assert.DoesNotContain(version.Documents, document => document.Id is "page-0003" or "page-0699");
        Assert.Equal(version.Documents.SelectMany(Chunks).Select(chunk => (chunk.Id, chunk.Text)), version.Chunks.Select(chunk => (chunk.Id, chunk.Text)));
    }

    [Fact]
    public async Task Change_of_a_version_that_is_no_longer_the_current_one_is_refused()
    {
        await Publish(Pages(3));
        await Publish(Pages(4));

        Assert.Null(await Record.Knowledge.Change(Change(1, [Page("late", "late")]), default));
        Assert.Null(await Record.Knowledge.Change(Change(3, [Page("early", "early")]), default));

        Assert.Equal((2, 4), (await Record.Knowledge.CurrentVersion(default), (await Record.Knowledge.Load(default)).Documents.Count));
        Assert.Equal(3, await Record.Knowledge.Change(Change(2, [Page("right", "right")]), default));
    }

    [Fact]
    public async Task First_documents_may_come_by_a_change()
    {
        Assert.Equal(1, await Record.Knowledge.Change(Change(0, [Page("a", "first")]), default));
        Assert.Equal("first.", (await Record.Knowledge.Load(default)).Documents.Single().Text);
    }

    [Fact]
    public async Task Vectors_of_what_stays_stay()
    {
        await Record.Knowledge.Publish([Page("a", "a"), Page("b", "b")], [new("a#0", "a", "", "a.", [0.6f, 0.8f], "e"), new("b#0", "b", "", "b.", [1f, 0f], "e")], default);

        await Record.Knowledge.Change(new(1, [Page("b", "new")], [new("b#1", "b", "", "new.", [0f, 1f], "e")], []), default);

        Assert.Equal(new float[]?[] { [0.6f, 0.8f], [0f, 1f] }, (await Record.Knowledge.LoadVectors(2, "e", default))!);
        var some = await Record.Knowledge.LoadDocuments(["a", "no such"], default);
        Assert.Equal((2, "a", "a#0"), (some.Number, some.Documents.Single().Id, some.Chunks.Single().Id));
        Assert.Equal(new[] { 0.6f, 0.8f }, some.Chunks.Single().Vector);
    }

    [Fact]
    public async Task What_changed_is_told_to_whoever_has_an_earlier_version()
    {
        await Publish(Pages(5));
        await Record.Knowledge.Change(Change(1, [Page("page-0001", "one anew")]), default);
        await Record.Knowledge.Change(Change(2, [Page("new", "new")], "page-0002"), default);

        var delta = (await Record.Knowledge.LoadChanges(1, default))!;

        Assert.Equal(3, delta.Number);
        Assert.Equal(["new", "page-0001", "page-0002"], delta.Changed.Order(StringComparer.Ordinal));
        Assert.Equal(["new", "page-0001"], delta.Documents.Select(document => document.Id));
        Assert.Equal([("new#0", "new."), ("page-0001#0", "one anew.")], delta.Chunks.Select(chunk => (chunk.Id, chunk.Text)));
        Assert.Equal(["new", "page-0002"], (await Record.Knowledge.LoadChanges(2, default))!.Changed.Order(StringComparer.Ordinal));
        Assert.Null(await Record.Knowledge.LoadChanges(3, default));
    }

    [Fact]
    public async Task After_an_import_all_has_to_be_loaded()
    {
        await Publish(Pages(2));
        await Record.Knowledge.Change(Change(1, [Page("new", "new")]), default);
        await Publish(Pages(3));
        Assert.Null(await Record.Knowledge.LoadChanges(1, default));
        Assert.Null(await Record.Knowledge.LoadChanges(2, default));

        await Record.Knowledge.Change(Change(3, [Page("newer", "newer")]), default);

        Assert.NotNull(await Record.Knowledge.LoadChanges(3, default));
        Assert.Null(await Record.Knowledge.LoadChanges(2, default));
    }

    [Fact]
    public async Task Import_leaves_what_was_learned_with_its_chunks()
    {
        await Publish(Pages(3));
        await Record.Knowledge.Change(Change(1, [Page("learned/a", "learned"), Page("learned-not", "imported")]), default);

        await Publish(Pages(1));

        var version = await Record.Knowledge.Load(default);
        Assert.Equal(["learned/a", "page-0000"], version.Documents.Select(document => document.Id));
        Assert.Equal(["learned/a#0", "page-0000#0"], version.Chunks.Select(chunk => chunk.Id));
    }

    [Fact]
    public async Task Writers_at_once_lose_nothing()
    {
        await Publish(Pages(250));
        var index = Index();
        await index.Refresh(default);
        var changes = Enumerable.Range(0, 8).Select(n => Index().Change([Page($"learned/{n}", $"writer {n}")], [$"page-{n:D4}"], default));
        // An import that is under way meanwhile keeps what others learn.
        var import = Index().Publish([.. Pages(200)], null, default);

        await Task.WhenAll((Task[])[.. changes, import]);

        await index.Refresh(default);
        Assert.Equal(8, (await Record.Knowledge.Load(default)).Documents.Count(document => Document.IsLearned(document.Id)));
        Assert.Equal(10, index.Version);
        for (var n = 0; n < 8; n++)
            Assert.Equal($"learned/{n}", (await index.Search([$"writer {n}"], 1, null, default)).Hits[0].DocumentId);
    }

    [Fact]
    public async Task Random_changes_are_searched_like_an_import_of_the_same()
    {
        const int seed = 20261130;
        var random = new Random(seed);
        var (index, other) = (Index(), Index());
        var pages = Pages(60).ToDictionary(page => page.Id, StringComparer.Ordinal);
        await index.Publish([.. pages.Values], null, default);
        await other.Refresh(default);
        for (var round = 0; round < 12; round++)
        {
            var put = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Page($"page-{random.Next(80):D4}", Words(random, 30))).DistinctBy(page => page.Id).ToList();
            var gone = pages.Keys.Where(id => random.Next(25) == 0 && put.TrueForAll(page => page.Id != id)).ToList();
            await index.Change(put, gone, default);
            foreach (var page in put) pages[page.Id] = page;
            foreach (var id in gone) pages.Remove(id);
        }

        await other.Refresh(default);
        await using var fresh = await Create(new());
        var whole = new KnowledgeIndex(fresh.Knowledge, [], NullLogger<KnowledgeIndex>.Instance);
        await whole.Publish([.. pages.Values], null, default);
        for (var q = 0; q < 30; q++)
        {
            var query = Words(random, random.Next(1, 12));
            var expected = await whole.Search([query], 10, null, default);
            foreach (var changed in new[] { index, other })
            {
                var found = await changed.Search([query], 10, null, default);
                Assert.True(expected.Hits.SequenceEqual(found.Hits), $"seed {seed}: {query}");
                Assert.Equal(expected.Evidence, found.Evidence);
            }
        }
    }

    private KnowledgeIndex Index() => new(Record.Knowledge, [], NullLogger<KnowledgeIndex>.Instance);

    private Task<long> Publish(IEnumerable<Document> pages)
    {
        var documents = pages.ToList();
        return Record.Knowledge.Publish(documents, [.. documents.SelectMany(Chunks)], default);
    }

    private static KnowledgeChange Change(long of, Document[] put, params string[] gone) => new(of, put, [.. put.SelectMany(Chunks)], gone);

    private IEnumerable<Document> Pages(int count) => Enumerable.Range(0, count).Select(n => Page($"page-{n:D4}", $"page-{n:D4}"));

    private Document Page(string id, string words) => new(id, $"Title of {id}", $"{words}.", Record.Now);

    private static IEnumerable<StoredChunk> Chunks(Document document) => [new($"{document.Id}#0", document.Id, "", document.Text, null)];

    private static string Words(Random random, int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => $"word{random.Next(40)}"));
}
