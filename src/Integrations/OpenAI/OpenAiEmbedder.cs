using FteAgent.Knowledge;

namespace FteAgent.OpenAI;

/// <summary>The endpoint's vectors for the knowledge: by the same road as its models, with its attempts, its circuit and its gate.</summary>
internal sealed class OpenAiEmbedder(OpenAiEmbeddings embeddings, ModelRoad road) : IEmbedder
{
    /// <inheritdoc/>
    public string Name => embeddings.Model;

    /// <inheritdoc/>
    public Task<IReadOnlyList<float[]>> Embed(IReadOnlyList<string> texts, CancellationToken cancellationToken) =>
        road.Send(
            attempt =>
            {
                // Vectors come in one piece.
                attempt.Heard();
                return embeddings.Embed(texts, attempt.Token);
            },
            cancellationToken);
}
