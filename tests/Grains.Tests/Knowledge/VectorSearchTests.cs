using FteAgent.Conversations;
using FteAgent.Knowledge;

namespace FteAgent.Tests.Knowledge;

public class VectorSearchTests
{
    private static readonly Document[] Pages =
    [
        Given.Document("cars.md", "Our garage mends cars of every make."),
        Given.Document("food.md", "The canteen serves lunch until three."),
        Given.Document("pets.md", "Dogs are welcome in the office."),
    ];

    [Fact]
    public async Task What_shares_no_word_is_found_by_its_meaning()
    {
        var index = await Given.Index(new Meanings(), Pages);
        var found = await index.Search(["automobile"], 3, null, CancellationToken.None);
        Assert.Equal("cars.md", found.Hits[0].DocumentId);
    }

    [Fact]
    public async Task What_words_and_meaning_both_find_stands_before_what_one_finds()
    {
        var index = await Given.Index(new Meanings(), [.. Pages, Given.Document("z-both.md", "The garage is behind the office.")]);
        var found = await index.Search(["automobile near the office"], 4, null, CancellationToken.None);
        Assert.Equal("z-both.md", found.Hits[0].DocumentId);
        Assert.Equal(["cars.md", "pets.md"], found.Hits.Skip(1).Select(hit => hit.DocumentId).Order(StringComparer.Ordinal));
        Assert.All(found.Hits, hit => Assert.InRange(hit.Score, 0, 1));
    }

    [Fact]
    public async Task Vectors_of_another_embedder_are_not_compared()
    {
        var store = new MemoryStore();
        await Given.EmptyIndex(new Meanings("first"), store).Publish(Pages, null, CancellationToken.None);
        var other = Given.EmptyIndex(new Meanings("second"), store);
        await other.Refresh(CancellationToken.None);
        Assert.Empty((await other.Search(["automobile"], 3, null, CancellationToken.None)).Hits);
        Assert.NotEmpty((await other.Search(["canteen"], 3, null, CancellationToken.None)).Hits);
    }

    [Fact]
    public async Task A_way_that_fails_leaves_the_version_to_the_next_and_to_its_words()
    {
        var store = new MemoryStore();
        await Given.EmptyIndex(new Meanings(), store).Publish(Pages, null, CancellationToken.None);

        foreach (var ways in new IVectorSearch[][] { [new Broken(new NotSupportedException()), new ExactVectorSearch(store)], [new Broken(new NotSupportedException())] })
        {
            var index = Given.IndexOf(store, ways, new Meanings());
            await index.Refresh(CancellationToken.None);
            Assert.Equal(1, index.Version);
            Assert.NotEmpty((await index.Search(["canteen"], 3, null, CancellationToken.None)).Hits);
            Assert.Equal(ways.Length > 1, (await index.Search(["automobile"], 3, null, CancellationToken.None)).Hits.Length > 0);
        }
    }

    [Fact]
    public async Task A_record_that_is_away_is_asked_again()
    {
        var store = new MemoryStore();
        await Given.EmptyIndex(new Meanings(), store).Publish(Pages, null, CancellationToken.None);
        var index = Given.IndexOf(store, [new Broken(new RecordUnavailableException("Away."))], new Meanings());

        await Assert.ThrowsAsync<RecordUnavailableException>(() => index.Refresh(CancellationToken.None));
        Assert.Equal(0, index.Version);
    }

    [Fact]
    public async Task An_embedder_that_is_down_leaves_the_words()
    {
        var embedder = new Meanings();
        var index = await Given.Index(embedder, Pages);
        embedder.Down = true;
        var found = await index.Search(["when does the canteen close"], 3, null, CancellationToken.None);
        Assert.Equal("food.md", found.Hits[0].DocumentId);
    }

    [Fact]
    public async Task An_embedder_that_is_down_leaves_an_import_its_words()
    {
        var index = await Given.Index(new Meanings { Down = true }, Pages);
        Assert.Equal("food.md", (await index.Search(["canteen"], 3, null, CancellationToken.None)).Hits[0].DocumentId);
    }

    /// <summary>Knows three meanings.</summary>
    private sealed class Meanings(string name = "meanings") : IEmbedder
    {
        private static readonly string[][] Known = [["car", "garage", "automobile"], ["lunch", "canteen", "food"], ["dog", "pet"]];

        public bool Down { get; set; }

        public string Name => name;

        public Task<IReadOnlyList<float[]>> Embed(IReadOnlyList<string> texts, CancellationToken cancellationToken) => Down
            ? throw new HttpRequestException("The endpoint does not answer.")
            : Task.FromResult<IReadOnlyList<float[]>>([.. texts.Select(Vector)]);

        private static float[] Vector(string text)
        {
            var vector = Array.ConvertAll(Known, words => words.Count(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)) + 0.01f);
            var length = MathF.Sqrt(vector.Sum(x => x * x));
            return Array.ConvertAll(vector, x => x / length);
        }
    }

    private sealed class Broken(Exception failure) : IVectorSearch
    {
        public Task<IVersionVectors?> Open(KnowledgeVersion version, string embedder, CancellationToken cancellationToken) =>
            Task.FromException<IVersionVectors?>(failure);
    }
}
