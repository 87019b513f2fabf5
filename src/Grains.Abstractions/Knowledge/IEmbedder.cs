namespace FteAgent.Knowledge;

/// <summary>Turns texts into vectors. Optional: without one, search is lexical.</summary>
public interface IEmbedder
{
    /// <summary>The model's name; vectors of two models are never compared.</summary>
    string Name { get; }

    /// <summary>Embeds each text; the vectors have unit length and one shape, in the order of the texts.</summary>
    Task<IReadOnlyList<float[]>> Embed(IReadOnlyList<string> texts, CancellationToken cancellationToken);
}
