using System.Collections.Immutable;

namespace FteAgent.OpenAI;

/// <summary>How a model is made to give its answer in a set form.</summary>
public enum ModelStyle
{
    /// <summary>By tools that it calls, with strict schemas.</summary>
    Tools,

    /// <summary>As JSON by a schema (<c>response_format</c>), for endpoints that know no tools.</summary>
    Json,
}

/// <summary>The OpenAI-compatible endpoint that answers are asked of. A class, since a record would print its key.</summary>
public sealed class OpenAiOptions
{
    /// <summary>OpenAI's own endpoint.</summary>
    public static readonly Uri OpenAi = new("https://api.openai.com/v1");

    /// <summary>Where the endpoint is, as <see cref="EndpointUrl"/> reads it. Nothing that comes from outside leads anywhere else.</summary>
    public Uri BaseUrl { get; init; } = OpenAi;

    /// <summary>The key, sent as a bearer token. It goes into no log.</summary>
    public required string Key { get; init; }

    /// <summary>The model that is asked first.</summary>
    public required string Model { get; init; }

    /// <summary>The model that is asked when the first does not answer; null for none.</summary>
    public string? FallbackModel { get; init; }

    /// <summary>The model that makes vectors; null for none.</summary>
    public string? EmbeddingModel { get; init; }

    /// <summary>How the answer's form is asked for.</summary>
    public ModelStyle Style { get; init; }

    /// <summary>Which of the <see cref="OptionalFields"/> are not sent.</summary>
    public ImmutableHashSet<string> Omitted { get; init; } = [];

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long the first token of an attempt may take.</summary>
    public TimeSpan FirstToken { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How often one question is asked at most, the first time included.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>How many requests of this silo are under way at most. What the endpoint can take is found out below it.</summary>
    public int Concurrency { get; init; } = 1_000;

    /// <summary>How many tokens an answer may have, those of its thoughts included.</summary>
    public int MaxOutputTokens { get; init; } = 4_000;
}
