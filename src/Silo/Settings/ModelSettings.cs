using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using FteAgent.Answering;
using FteAgent.OpenAI;
using FteAgent.Silo.Commands;

namespace FteAgent.Silo.Settings;

/// <summary>How the language model is asked, and what it may cost. Bound from the section <c>Model</c>.</summary>
internal sealed class ModelOptions
{
    /// <summary>How long one attempt may take. Default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long the first token of an attempt may take. Default 8 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan FirstToken { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How often one question is asked at most. Default 3.</summary>
    [Range(1, 10)]
    public int Attempts { get; set; } = 3;

    /// <summary>How many requests of one silo are under way at most. Default 1,000.</summary>
    [Range(1, 10_000)]
    public int Concurrency { get; set; } = 1_000;

    /// <summary>How the answer's form is asked for: tools or json. Default tools.</summary>
    public ModelStyle Style { get; set; }

    /// <summary>How many tokens an answer may have, those of the model's thoughts included. Default 4,000.</summary>
    [Range(100, 100_000)]
    public int MaxOutputTokens { get; set; } = 4_000;

    /// <summary>Fields that are not sent, since the endpoint does not take them; their names, with commas between. Default none.</summary>
    public string Omit { get; set; } = "";

    /// <summary>Whether plain http may go to an endpoint in a private network. Default false.</summary>
    public bool PrivateHttp { get; set; }

    /// <summary>Whether the documents are quoted where no model can be had; else a person comes. Default true.</summary>
    public bool FallsBackToQuotes { get; set; } = true;

    /// <summary>The price of a million tokens that are sent. Default 0: not known.</summary>
    [Range(0, 100_000)]
    public double InputPrice { get; set; }

    /// <summary>The price of a million tokens that the endpoint had in its cache. Default <see cref="InputPrice"/>.</summary>
    [Range(0, 100_000)]
    public double? CachedInputPrice { get; set; }

    /// <summary>The price of a million tokens that are written. Default 0.</summary>
    [Range(0, 100_000)]
    public double OutputPrice { get; set; }

    /// <summary>The price of a million tokens that are sent to the fallback model. Default <see cref="InputPrice"/>.</summary>
    [Range(0, 100_000)]
    public double? FallbackInputPrice { get; set; }

    /// <summary>The price of a million of them that the endpoint had in its cache. Default <see cref="FallbackInputPrice"/>, else the first model's.</summary>
    [Range(0, 100_000)]
    public double? FallbackCachedInputPrice { get; set; }

    /// <summary>The price of a million tokens that the fallback model writes. Default <see cref="OutputPrice"/>.</summary>
    [Range(0, 100_000)]
    public double? FallbackOutputPrice { get; set; }

    /// <summary>What a day may cost. Default 0: no limit.</summary>
    [Range(0, 1_000_000)]
    public double BudgetPerDay { get; set; }

    /// <summary>What one customer may cost in a day. Default 0: no limit.</summary>
    [Range(0, 1_000_000)]
    public double BudgetPerCustomer { get; set; }
}

/// <summary>The language model: <c>OPENAI_API_KEY</c> turns it on, at <c>OPENAI_BASE_URL</c>. Without it the documents are quoted.</summary>
/// <param name="Endpoint">How it is asked.</param>
/// <param name="Budget">What a day may cost.</param>
/// <param name="Prices">What tokens cost.</param>
/// <param name="FallbackPrices">What those of the fallback model cost.</param>
/// <param name="FallsBackToQuotes">Whether the documents are quoted where it cannot be had.</param>
internal sealed record ModelSettings(OpenAiOptions Endpoint, ModelBudget Budget, ModelPrices Prices, ModelPrices FallbackPrices, bool FallsBackToQuotes)
{
    private const string DefaultModel = "gpt-4.1-mini";
    private const double MicrosOfOne = 1e6;
    private const int LongestName = 200;

    /// <summary>Null where there is no model.</summary>
    public static ModelSettings? Read(IConfiguration configuration)
    {
        var (key, model, fallback) = (Given(configuration, "OPENAI_API_KEY"), Name(configuration, "OPENAI_MODEL"), Name(configuration, "OPENAI_FALLBACK_MODEL"));
        var embedding = Name(configuration, "OPENAI_EMBEDDING_MODEL");
        if (embedding is null && double.TryParse(configuration["Knowledge:VectorWeight"], CultureInfo.InvariantCulture, out var weight) && weight > 0)
            throw new UsageException("Knowledge__VectorWeight above 0 needs OPENAI_EMBEDDING_MODEL: without a model that makes vectors there is nothing to weigh.");
        if (key is null)
            return (Given(configuration, "OPENAI_BASE_URL") ?? model ?? fallback ?? embedding) is null
                ? null
                : throw new UsageException("OPENAI_BASE_URL, OPENAI_MODEL, OPENAI_FALLBACK_MODEL and OPENAI_EMBEDDING_MODEL are about a model; set OPENAI_API_KEY as well. An endpoint without keys takes any word.");
        if (key.Any(c => c is <= ' ' or > '~'))
            throw new UsageException("OPENAI_API_KEY has a space or a character in it that no key has.");
        var options = configuration.GetSection("Model").Get<ModelOptions>() ?? new();
        var url = OpenAiOptions.OpenAi;
        if (Given(configuration, "OPENAI_BASE_URL") is { } text && (!EndpointUrl.TryParse(text, options.PrivateHttp, out url, out var fault)))
            throw new UsageException($"OPENAI_BASE_URL {fault}");
        // Tokens of which no price is told are not free.
        var prices = new ModelPrices((decimal)options.InputPrice, (decimal)(options.CachedInputPrice ?? options.InputPrice), (decimal)options.OutputPrice);
        var fallbackPrices = new ModelPrices(
            (decimal?)options.FallbackInputPrice ?? prices.Input,
            (decimal?)(options.FallbackCachedInputPrice ?? options.FallbackInputPrice) ?? prices.CachedInput,
            (decimal?)options.FallbackOutputPrice ?? prices.Output);
        if (options is { BudgetPerDay: > 0 } or { BudgetPerCustomer: > 0 } && (prices.Input == 0 || prices.Output == 0))
            throw new UsageException("Model__BudgetPerDay and Model__BudgetPerCustomer need Model__InputPrice and Model__OutputPrice: what nobody knows the price of cannot be kept within a budget.");
        var omitted = Omitted(options.Omit);
        if (options is { BudgetPerDay: > 0 } or { BudgetPerCustomer: > 0 } && omitted.IsSupersetOf([OptionalFields.MaxCompletionTokens, OptionalFields.MaxTokens]))
            throw new UsageException("Model__Omit may not leave out both max_completion_tokens and max_tokens where there is a budget: what an answer costs at most would not be known.");
        return new(
            new()
            {
                BaseUrl = url,
                Key = key,
                Model = model ?? DefaultModel,
                FallbackModel = fallback,
                EmbeddingModel = embedding,
                Style = options.Style,
                Omitted = omitted,
                MaxOutputTokens = options.MaxOutputTokens,
                Timeout = options.Timeout,
                FirstToken = options.FirstToken,
                Attempts = options.Attempts,
                Concurrency = options.Concurrency,
            },
            new(Micros(options.BudgetPerDay), Micros(options.BudgetPerCustomer)),
            prices,
            fallbackPrices,
            options.FallsBackToQuotes);
    }

    private static ImmutableHashSet<string> Omitted(string list)
    {
        var omitted = list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToImmutableHashSet(StringComparer.Ordinal);
        return omitted.IsSubsetOf(OptionalFields.All)
            ? omitted
            : throw new UsageException($"Model__Omit must be names of fields with commas between; those that can be left out are {string.Join(", ", OptionalFields.All)}.");
    }

    /// <summary>Rounded up, since nothing means no limit.</summary>
    private static long Micros(double amount) => (long)Math.Ceiling(amount * MicrosOfOne);

    /// <summary>Adds the models.</summary>
    public void AddTo(IServiceCollection services) => services.AddOpenAi(Endpoint, Budget, Prices, FallbackPrices, FallsBackToQuotes).AddOpenAiEmbedder(Endpoint);

    /// <summary>Adds what commands need of it, which search and import and ask no model.</summary>
    public void AddEmbedderTo(IServiceCollection services) => services.AddOpenAiEmbedder(Endpoint);

    private static string? Given(IConfiguration configuration, string name) => configuration[name] is { Length: > 0 } given ? given : null;

    private static string? Name(IConfiguration configuration, string name) => Given(configuration, name) is not { } given
        ? null
        : given.Length <= LongestName && given.All(c => c is > ' ' and <= '~') ? given : throw new UsageException($"{name} must be a model's name without spaces.");
}
