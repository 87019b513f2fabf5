using System.Numerics.Tensors;
using FteAgent.Knowledge;

namespace FteAgent.Record;

/// <summary>What every way of searching vectors keeps to. The near ones may be missed now and then, but never mistaken.</summary>
public abstract class VectorSearchContract : RecordContract
{
    private const string Embedder = "test-embedder";
    private const int Dimensions = 48;
    private const double LeastRecall = 0.95;
    private readonly Random random = new(4711);

    private protected abstract IVectorSearch Search { get; }

    [Fact]
    public async Task Nearest_chunks_are_found_best_first_with_their_cosine()
    {
        var version = await Publish(600);
        var vectors = (await Search.Open(version, Embedder, default))!;
        var questions = Enumerable.Range(0, 30).Select(_ => Unit()).ToList();

        var found = await vectors.Nearest(questions, 10, null, default);

        var recalls = questions.Select((question, i) => Recall(version, question, found[i], 10, _ => true));
        Assert.InRange(recalls.Average(), LeastRecall, 1);
    }

    [Fact]
    public async Task Average_is_that_of_all_chunks()
    {
        var version = await Publish(300);
        var vectors = (await Search.Open(version, Embedder, default))!;
        var question = Unit();

        var found = (await vectors.Nearest([question], 5, null, default))[0];

        var cosines = version.Chunks.Where(c => c.Vector is not null).Select(c => TensorPrimitives.Dot(question, c.Vector!));
        Assert.Equal(cosines.Average(), found.Average, 1e-3f);
    }

    [Fact]
    public async Task Search_keeps_to_the_categories_asked_for()
    {
        var version = await Publish(400);
        var vectors = (await Search.Open(version, Embedder, default))!;
        var categories = version.Documents.ToDictionary(d => d.Id, d => d.Category);
        var question = Unit();

        var found = (await vectors.Nearest([question], 12, ["Guides", "rare"], default))[0];

        bool Asked(StoredChunk chunk) => categories[chunk.DocumentId] is "Guides" or "rare";
        Assert.Equal(12, found.Hits.Length);
        Assert.All(found.Hits, hit => Assert.True(Asked(version.Chunks[hit.Chunk])));
        Assert.InRange(Recall(version, question, found, 12, Asked), LeastRecall, 1);
        Assert.Equal(version.Chunks.Where(c => c.Vector is not null && Asked(c)).Average(c => TensorPrimitives.Dot(question, c.Vector!)), found.Average, 1e-3f);
        Assert.Empty((await vectors.Nearest([question], 12, ["guides"], default))[0].Hits);
    }

    [Fact]
    public async Task More_is_not_found_than_there_is()
    {
        var version = await Publish(7);
        var vectors = (await Search.Open(version, Embedder, default))!;

        var found = (await vectors.Nearest([Unit()], 200, null, default))[0];

        Assert.Equal(version.Chunks.Count(c => c.Vector is not null), found.Hits.Length);
    }

    [Fact]
    public async Task Question_of_another_length_finds_nothing()
    {
        var vectors = (await Search.Open(await Publish(20), Embedder, default))!;

        Assert.Empty((await vectors.Nearest([[1f, 0f, 0f]], 5, null, default))[0].Hits);
    }

    [Fact]
    public async Task Vectors_of_another_embedder_are_not_opened() =>
        Assert.Null(await Search.Open(await Publish(20), "another", default));

    [Fact]
    public async Task Version_without_vectors_is_not_opened()
    {
        await Record.Knowledge.Publish([new("a", "A", "Text", Record.Now)], [new("a#1", "a", "", "Text", null)], default);

        Assert.Null(await Search.Open(await Record.Knowledge.Load(default), Embedder, default));
    }

    [Fact]
    public async Task Version_that_is_open_stays_whole_while_the_next_is_published()
    {
        var before = await Publish(60);
        var old = (await Search.Open(before, Embedder, default))!;
        var after = await Publish(90);
        var current = (await Search.Open(after, Embedder, default))!;

        // A vector of its own version has the cosine 1 and one of the other has not: a mixture would show.
        foreach (var (version, vectors) in new[] { (before, old), (after, current) })
            for (var i = 0; i < 20; i++)
                if (version.Chunks[i].Vector is { } vector)
                    Assert.Equal((i, 1f), ((await vectors.Nearest([vector], 1, null, default))[0].Hits[0] is var hit ? hit.Chunk : -1, MathF.Round(hit.Cosine, 3)));
    }

    private async Task<KnowledgeVersion> Publish(int chunks)
    {
        // Ids in no order, so that a chunk's place in the version is not the one it was published in; each tenth has no vector.
        var documents = Enumerable.Range(0, (chunks + 3) / 4)
            .Select(d => new Document($"{(d * 7919) % 1000:D3}-{d}", $"Title {d}", "Text", Record.Now, d % 3 == 0 ? "Guides" : d % 10 == 1 ? "rare" : d % 2 == 0 ? null : "other"))
            .ToList();
        var stored = Enumerable.Range(0, chunks)
            .Select(c => new StoredChunk($"chunk-{c}", documents[c / 4].Id, "", $"Text {c}", c % 10 == 9 ? null : Unit(), c % 10 == 9 ? null : Embedder))
            .ToList();
        await Record.Knowledge.Publish(documents, stored, default);
        return await Record.Knowledge.Load(default);
    }

    private static double Recall(KnowledgeVersion version, float[] question, NearestChunks found, int wanted, Func<StoredChunk, bool> asked)
    {
        var truth = version.Chunks
            .Select((chunk, place) => (Chunk: chunk, Place: place))
            .Where(c => c.Chunk.Vector is not null && asked(c.Chunk))
            .Select(c => (c.Place, Cosine: TensorPrimitives.Dot(question, c.Chunk.Vector!)))
            .ToDictionary(c => c.Place, c => c.Cosine);

        Assert.Equal(found.Hits.OrderByDescending(hit => hit.Cosine), found.Hits);
        Assert.All(found.Hits, hit => Assert.Equal(truth[hit.Chunk], hit.Cosine, 1e-3f));
        var best = truth.OrderByDescending(c => c.Value).Take(wanted).Select(c => c.Key).ToHashSet();
        return (double)found.Hits.Count(hit => best.Contains(hit.Chunk)) / best.Count;
    }

    private float[] Unit()
    {
        var vector = Enumerable.Range(0, Dimensions).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray();
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);
        return vector;
    }
}
