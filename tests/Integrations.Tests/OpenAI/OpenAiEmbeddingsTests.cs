using System.Numerics.Tensors;
using FteAgent.Testing.OpenAI;

namespace FteAgent.OpenAI;

public sealed class OpenAiEmbeddingsTests
{
    [Fact]
    public async Task Vectors_have_unit_length_and_come_in_the_order_of_their_texts()
    {
        await using var world = await ModelWorld.Open();
        string[] texts = ["export a report", "reset the password", "export the report"];

        var vectors = await new OpenAiEmbeddings(world.Connection, "vectors-a", world.Time).Embed(texts, CancellationToken.None);

        Assert.Equal(3, vectors.Count);
        Assert.All(vectors, vector => Assert.Equal(1f, TensorPrimitives.Norm(vector), 1e-5f));
        Assert.All(texts.Zip(vectors), pair => Assert.Equal(1f, TensorPrimitives.CosineSimilarity(pair.Second, EmbeddingRules.Vector(pair.First)), 1e-5f));
        Assert.Single(world.Endpoint.Requests);
        Assert.Empty(world.Endpoint.Complaints);
    }

    [Fact]
    public async Task Nothing_is_asked_for_no_texts_and_an_empty_text_harms_no_other()
    {
        await using var world = await ModelWorld.Open();
        var embeddings = new OpenAiEmbeddings(world.Connection, "vectors-a", world.Time);

        Assert.Empty(await embeddings.Embed([], CancellationToken.None));
        Assert.Empty(world.Endpoint.Requests);
        Assert.Equal(2, (await embeddings.Embed(["", "export"], CancellationToken.None)).Count);
        Assert.Empty(world.Endpoint.Complaints);
    }

    [Fact]
    public async Task A_long_text_is_cut_before_it_is_sent()
    {
        await using var world = await ModelWorld.Open();

        await new OpenAiEmbeddings(world.Connection, "vectors-a", world.Time).Embed([new string('a', OpenAiEmbeddings.LongestText - 1) + "\U0001F600 and more"], CancellationToken.None);

        var sent = world.Endpoint.Requests.Single().Body.GetProperty("input")[0].GetString()!;
        Assert.Equal(new string('a', OpenAiEmbeddings.LongestText - 1), sent);
    }

    [Fact]
    public async Task A_failure_says_what_went_wrong()
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Vectors.Then(Step.TooMany("3"), Step.Malformed("""{"object":"list","data":[],"model":"vectors-a","usage":{"prompt_tokens":1,"total_tokens":1}}"""), Step.Malformed("{"));
        var embeddings = new OpenAiEmbeddings(world.Connection, "vectors-a", world.Time);

        var limited = await Assert.ThrowsAsync<ModelFailure>(() => embeddings.Embed(["export"], CancellationToken.None));
        Assert.Equal((ModelFault.RateLimited, TimeSpan.FromSeconds(3)), (limited.Fault, limited.RetryAfter));
        Assert.Equal(ModelFault.Nonsense, (await Assert.ThrowsAsync<ModelFailure>(() => embeddings.Embed(["export"], CancellationToken.None))).Fault);
        Assert.Equal(ModelFault.Nonsense, (await Assert.ThrowsAsync<ModelFailure>(() => embeddings.Embed(["export"], CancellationToken.None))).Fault);
    }
}
