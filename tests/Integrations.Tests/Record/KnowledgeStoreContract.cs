using FteAgent.Knowledge;

namespace FteAgent.Record;

public abstract class KnowledgeStoreContract : RecordContract
{
    [Fact]
    public async Task Nothing_is_there_before_the_first_publication()
    {
        Assert.Equal(0, await Record.Knowledge.CurrentVersion(default));
        var version = await Record.Knowledge.Load(default);
        Assert.Equal((0, 0, 0), (version.Number, version.Documents.Count, version.Chunks.Count));
    }

    [Fact]
    public async Task What_was_published_is_loaded_in_order()
    {
        Document a = new("a.md", "A", "# A\n\nWords.", Record.Now.AddDays(-2), "guides", "https://example.com/a");
        Document b = new("b.md", "B", "Text \U0001F642", Record.Now.AddDays(-1));
        StoredChunk a1 = new("a#1", "a.md", "A", "Words.", [0.6f, 0.8f]), a2 = new("a#0", "a.md", "A › More", "More.", [1f, 0f]), b1 = new("b#1", "b.md", "", "Text", null);

        var number = await Record.Knowledge.Publish([b, a], [a1, b1, a2], default);

        var version = await Record.Knowledge.Load(default);
        Assert.Equal((1, 1, Record.Now), (number, version.Number, version.PublishedAt));
        Assert.Equal([a, b], version.Documents);
        Assert.Equal([a1, a2, b1], version.Chunks.Select((c, i) => c with { Vector = new[] { a1, a2, b1 }[i].Vector }));
        Assert.Equal([a1.Vector, a2.Vector, null], version.Chunks.Select(c => c.Vector));
    }

    [Fact]
    public async Task Each_publication_replaces_the_one_before_and_rises_by_one()
    {
        for (var i = 1; i <= 4; i++)
        {
            Assert.Equal(i, await Publish($"version {i}", 3));
            Assert.Equal(i, await Record.Knowledge.CurrentVersion(default));
            Assert.Equal([$"version {i}", $"version {i}", $"version {i}"], (await Record.Knowledge.Load(default)).Documents.Select(d => d.Title));
        }
    }

    [Fact]
    public async Task Empty_version_is_a_version()
    {
        await Publish("full", 2);

        Assert.Equal(2, await Record.Knowledge.Publish([], [], default));

        Assert.Empty((await Record.Knowledge.Load(default)).Documents);
    }

    [Fact]
    public async Task Reader_never_sees_a_mixture()
    {
        await Publish("0", 700);
        using var done = new CancellationTokenSource();
        var reader = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                var version = await Record.Knowledge.Load(default);
                Assert.Equal(700, version.Documents.Count);
                Assert.Equal(700, version.Chunks.Count);
                Assert.Single(version.Documents.Select(d => d.Title).Distinct());
            }
        });

        for (var i = 1; i <= 3; i++)
            await Publish($"{i}", 700);
        await done.CancelAsync();

        await reader;
    }

    [Fact]
    public async Task Parallel_publications_get_numbers_of_their_own()
    {
        var numbers = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => Publish($"{i}", 250)));

        Assert.Equal([1, 2, 3, 4, 5], numbers.Order());
        Assert.Equal(250, (await Record.Knowledge.Load(default)).Documents.Count);
    }

    [Fact]
    public async Task Publication_that_fails_leaves_the_current_version()
    {
        await Publish("good", 2);
        var documents = Enumerable.Range(0, 500).Select(i => new Document($"{i}", "bad", "Text", Record.Now)).ToList();

        await Assert.ThrowsAnyAsync<Exception>(() => Record.Knowledge.Publish(documents, [new("c", "no such document", "", "Text", null)], default));
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Record.Knowledge.Publish(documents, [], cancelled.Token));

        Assert.Equal("good", (await Record.Knowledge.Load(default)).Documents[0].Title);
        Assert.Equal(2, await Publish("better", 2));
    }

    private Task<long> Publish(string title, int count) => Record.Knowledge.Publish(
        [.. Enumerable.Range(0, count).Select(i => new Document($"doc-{i:D5}", title, "Text", Record.Now))],
        [.. Enumerable.Range(0, count).Select(i => new StoredChunk($"chunk-{i}", $"doc-{i:D5}", "", title, null))],
        default);
}
