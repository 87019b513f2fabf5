using System.Numerics.Tensors;
using FteAgent.Knowledge;
using FteAgent.Testing.OpenAI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace FteAgent.OpenAI;

/// <summary>The knowledge with vectors of an endpoint, over real HTTP.</summary>
public sealed class OpenAiEmbedderTests
{
    [Fact]
    public async Task Vectors_bear_the_name_of_their_model()
    {
        await using var world = await ModelWorld.Open();
        var embedder = Embedder(world);

        var vectors = await embedder.Embed(["export a report", "reset a password"], CancellationToken.None);

        Assert.Equal("vectors-a", embedder.Name);
        Assert.Equal(1f, TensorPrimitives.CosineSimilarity(vectors[1], EmbeddingRules.Vector("reset a password")), 1e-5f);
        Assert.Empty(world.Endpoint.Complaints);
    }

    [Fact]
    public async Task An_endpoint_that_asks_us_to_slow_down_is_asked_again_after_its_time()
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Vectors.Then(Step.TooMany("3"));
        var embedding = Embedder(world).Embed(["export"], CancellationToken.None);

        var retry = await world.Pause();

        Assert.Equal((ModelFault.RateLimited, TimeSpan.FromSeconds(3)), (retry.Fault, retry.Wait));
        Assert.Single(await embedding);
        Assert.Equal(2, world.Endpoint.Requests.Count);
    }

    [Fact]
    public async Task A_page_changed_is_one_request_and_a_question_asked_again_is_none()
    {
        await using var world = await ModelWorld.Open();
        await using var folder = await Sqlite.SqliteTestRecord.Create(world.Time);
        var store = folder.Knowledge;
        var index = Index(store, world);
        var pages = Enumerable.Range(0, 150).Select(n => new Document($"{n}.md", $"Page {n}", $"Words of page {n}.", world.Time.GetUtcNow())).ToList();

        await index.Publish(pages, null, CancellationToken.None);
        Assert.Equal([22, 64, 64], world.Endpoint.Requests.Select(request => request.Body.GetProperty("input").GetArrayLength()).Order());
        await index.Change([pages[7] with { Text = "Other words." }], [], CancellationToken.None);
        Assert.Equal(4, world.Endpoint.Requests.Count);
        await index.Publish(pages, null, CancellationToken.None);
        Assert.Equal(5, world.Endpoint.Requests.Count);

        await index.Search(["words of mira@example.com"], 5, null, CancellationToken.None);
        await index.Search(["words of mira@example.com"], 5, null, CancellationToken.None);

        Assert.Equal(6, world.Endpoint.Requests.Count);
        Assert.Equal("words of [email-1]", world.Endpoint.Requests.Last().Body.GetProperty("input")[0].GetString());
        Assert.Empty(world.Endpoint.Complaints);
    }

    [Fact]
    public async Task An_endpoint_that_fails_leaves_the_words()
    {
        await using var world = await ModelWorld.Open(url => new() { BaseUrl = url, Key = ScriptedEndpoint.Key, Model = "model-a", Attempts = 1 });
        await using var folder = await Sqlite.SqliteTestRecord.Create(world.Time);
        var store = folder.Knowledge;
        var index = Index(store, world);
        await index.Publish([new("a.md", "Export", "Reports are exported as CSV.", world.Time.GetUtcNow())], null, CancellationToken.None);
        world.Endpoint.Vectors.Then(Step.TooMany("1"));

        var found = await index.Search(["how are reports exported"], 5, null, CancellationToken.None);

        Assert.Equal("a.md", found.Hits[0].DocumentId);
    }

    [Fact]
    public async Task Without_a_model_for_vectors_there_is_no_embedder()
    {
        await using var with = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System)
            .AddOpenAiEmbedder(new() { Key = "k", Model = "m", EmbeddingModel = "vectors-a" }).BuildServiceProvider();
        await using var without = new ServiceCollection().AddOpenAiEmbedder(new() { Key = "k", Model = "m" }).BuildServiceProvider();

        Assert.Equal("vectors-a", with.GetRequiredService<IEmbedder>().Name);
        Assert.Null(without.GetService<IEmbedder>());
    }

    private static OpenAiEmbedder Embedder(ModelWorld world) => new(new(world.Connection, "vectors-a", world.Time), world.Road);

    private static KnowledgeIndex Index(IKnowledgeStore store, ModelWorld world) =>
        new(store, [new ExactVectorSearch(store)], NullLogger<KnowledgeIndex>.Instance, Embedder(world), new() { VectorWeight = 0.5 }, world.Time);
}
