using FteAgent.Knowledge;
using FteAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace FteAgent.Tests.Knowledge;

/// <summary>What goes to an embedder, and how often.</summary>
public class EmbeddingTests
{
    private readonly Counting embedder = new();
    private readonly FakeTime time = new();
    private readonly MemoryStore store = new();

    [Fact]
    public async Task An_import_embeds_only_what_has_no_vector_yet()
    {
        var pages = Pages(20);
        await Index().Publish(pages, null, CancellationToken.None);
        Assert.Equal(20, embedder.Texts.Count);

        await Index().Publish([.. pages[..10], Given.Document("new.md", "Quite new."), .. pages[10..].Select(page => page with { Id = $"moved/{page.Id}" })], null, CancellationToken.None);

        Assert.Equal(21, embedder.Texts.Count);
        Assert.Contains("Quite new.", embedder.Texts[^1], StringComparison.Ordinal);
        Assert.All((await store.Load(default)).Chunks, chunk => Assert.Equal((1, "counting"), (chunk.Vector!.Length, chunk.Embedder)));
    }

    [Fact]
    public async Task A_change_embeds_only_the_chunks_that_changed()
    {
        string Sections(int changed) => string.Join("\n\n", Enumerable.Range(0, 4).Select(n => $"## Part {n}\n\n{string.Concat(Enumerable.Repeat($"word{(n == changed ? 9 : n)} ", 150))}"));
        var index = Index();
        await index.Publish([Given.Document("a.md", Sections(-1))], null, CancellationToken.None);
        var chunks = embedder.Texts.Count;

        await index.Change([Given.Document("a.md", Sections(2))], [], CancellationToken.None);

        Assert.Equal((4, 5), (chunks, embedder.Texts.Count));
        Assert.All((await store.Load(default)).Chunks, chunk => Assert.NotNull(chunk.Vector));
    }

    [Fact]
    public async Task Texts_go_in_batches_a_few_at_once()
    {
        embedder.Gate = new(0);
        var import = Index().Publish(Pages(600), null, CancellationToken.None);
        await embedder.Reached(ChunkVectors.AtOnce);
        Assert.Equal(ChunkVectors.AtOnce, embedder.Under);
        embedder.Gate.Release(100);
        await import;

        Assert.Equal(ChunkVectors.AtOnce, embedder.MostUnder);
        Assert.Equal(600, embedder.Texts.Count);
        Assert.All(embedder.Sizes, size => Assert.InRange(size, 1, ChunkVectors.Batch));
    }

    [Fact]
    public async Task What_an_embedder_could_not_make_is_asked_for_at_the_next_import()
    {
        var index = Index();
        embedder.Down = true;
        await index.Publish(Pages(3), null, CancellationToken.None);
        Assert.All((await store.Load(default)).Chunks, chunk => Assert.Null(chunk.Vector ?? (object?)chunk.Embedder));

        embedder.Down = false;
        await index.Publish(Pages(3), null, CancellationToken.None);

        Assert.All((await store.Load(default)).Chunks, chunk => Assert.NotNull(chunk.Vector));
    }

    [Fact]
    public async Task A_question_is_embedded_once_and_without_what_is_personal()
    {
        var index = Index();
        await index.Publish(Pages(3), null, CancellationToken.None);
        embedder.Texts.Clear();

        await index.Search(["I am mira@example.com and page1 fails", "page2"], 3, null, CancellationToken.None);
        await index.Search(["page2", "I am tom@example.com and page1 fails"], 3, null, CancellationToken.None);

        Assert.Equal(["I am [email-1] and page1 fails", "page2"], embedder.Texts);
    }

    [Fact]
    public async Task Vectors_of_the_latest_questions_are_kept_and_no_more()
    {
        var queries = new QueryVectors(embedder, time);
        for (var n = 0; n <= QueryVectors.Kept; n++)
        {
            await queries.Of([$"question {n}"], CancellationToken.None);
            await queries.Of(["question 0"], CancellationToken.None);
        }

        embedder.Texts.Clear();
        await queries.Of(["question 0", "question 1"], CancellationToken.None);

        Assert.Equal(["question 1"], embedder.Texts);
    }

    [Fact]
    public async Task An_embedder_that_failed_is_left_alone_for_a_moment()
    {
        var index = Index();
        await index.Publish(Pages(3), null, CancellationToken.None);
        embedder.Down = true;
        Assert.NotEmpty((await index.Search(["page1"], 3, null, CancellationToken.None)).Hits);
        embedder.Down = false;
        var asked = embedder.Sizes.Count;

        Assert.NotEmpty((await index.Search(["page1"], 3, null, CancellationToken.None)).Hits);
        Assert.Equal(asked, embedder.Sizes.Count);
        time.Advance(QueryVectors.Rest);
        await index.Search(["page1"], 3, null, CancellationToken.None);

        Assert.Equal(asked + 1, embedder.Sizes.Count);
    }

    [Fact]
    public async Task A_search_does_not_wait_for_a_slow_embedder()
    {
        var index = Index();
        await index.Publish(Pages(3), null, CancellationToken.None);
        embedder.Gate = new(0);

        var search = index.Search(["page1"], 3, null, CancellationToken.None);
        await embedder.Reached(1);
        time.Advance(QueryVectors.Patience);

        Assert.Equal("page1.md", (await search).Hits[0].DocumentId);
    }

    [Fact]
    public async Task Where_meaning_counts_for_nothing_nothing_is_embedded()
    {
        var index = new KnowledgeIndex(store, [], NullLogger<KnowledgeIndex>.Instance, embedder);
        await index.Publish(Pages(3), null, CancellationToken.None);
        await index.Search(["page1"], 3, null, CancellationToken.None);
        Assert.Empty(embedder.Texts);
    }

    private KnowledgeIndex Index() => Given.IndexOf(store, [new ExactVectorSearch(store)], embedder, time);

    private static Document[] Pages(int count) => [.. Enumerable.Range(0, count).Select(n => Given.Document($"page{n}.md", $"This is page{n}.", "A page"))];

    private sealed class Counting : IEmbedder
    {
        private readonly Lock gate = new();
        private readonly List<(int Count, TaskCompletionSource Reached)> watchers = [];

        public List<string> Texts { get; } = [];

        public List<int> Sizes { get; } = [];

        public int Under { get; private set; }

        public int MostUnder { get; private set; }

        public bool Down { get; set; }

        /// <summary>What each call has to pass.</summary>
        public SemaphoreSlim? Gate { get; set; }

        public string Name => "counting";

        public Task Reached(int count)
        {
            lock (gate)
            {
                if (Under >= count) return Task.CompletedTask;
                var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                watchers.Add((count, reached));
                return reached.Task;
            }
        }

        public async Task<IReadOnlyList<float[]>> Embed(IReadOnlyList<string> texts, CancellationToken cancellationToken)
        {
            lock (gate)
            {
                Sizes.Add(texts.Count);
                MostUnder = Math.Max(MostUnder, ++Under);
                foreach (var (count, reached) in watchers) if (Under >= count) reached.TrySetResult();
            }

            try
            {
                if (Down) throw new HttpRequestException("The endpoint does not answer.");
                if (Gate is { } closed) await closed.WaitAsync(cancellationToken);
                lock (gate) Texts.AddRange(texts);
                return [.. texts.Select(_ => new[] { 1f })];
            }
            finally
            {
                lock (gate) Under--;
            }
        }
    }
}
