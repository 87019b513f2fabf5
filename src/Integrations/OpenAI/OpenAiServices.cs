using FteAgent.Answering;
using FteAgent.Knowledge;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace FteAgent.OpenAI;

/// <summary>Wires the language models of an endpoint.</summary>
public static class OpenAiServices
{
    /// <summary>Adds the model, and the one that is asked when it cannot be had. Before the grains' services, which take what is configured here.</summary>
    /// <param name="services">Where.</param>
    /// <param name="options">The endpoint.</param>
    /// <param name="budget">What a day may cost.</param>
    /// <param name="prices">What tokens of the model cost.</param>
    /// <param name="fallbackPrices">What those of the other cost.</param>
    /// <param name="fallsBackToQuotes">Whether the documents are quoted where no model can be had.</param>
    public static IServiceCollection AddOpenAi(
        this IServiceCollection services, OpenAiOptions options, ModelBudget budget, ModelPrices prices, ModelPrices fallbackPrices, bool fallsBackToQuotes)
    {
        services.AddHealthChecks().AddCheck<ModelHealth>(ModelHealth.Name);
        return services
            .AddSingleton(options)
            .AddSingleton(new ModelFollower(fallsBackToQuotes))
            .AddSingleton<OpenAiConnection>()
            .AddSingleton<IModelChat, OpenAiChat>()
            .AddSingleton<ModelMetrics>()
            .AddSingleton(provider => Roads(provider, options))
            .AddSingleton(provider => new ConfiguredModels(
                [.. provider.GetRequiredService<ModelRoads>().All.Select((road, place) => (IChatModel)Model(
                    provider, options, road, Accounts(provider, options, budget, place == 0 ? prices : fallbackPrices)))],
                fallsBackToQuotes));
    }

    /// <summary>
    /// Adds what makes vectors for the knowledge, where a model for it is set. All that it needs: it stands alone in commands that ask no model.
    /// </summary>
    public static IServiceCollection AddOpenAiEmbedder(this IServiceCollection services, OpenAiOptions options)
    {
        if (options.EmbeddingModel is not { } model)
            return services;
        services.TryAddSingleton(options);
        services.TryAddSingleton<OpenAiConnection>();
        services.TryAddSingleton(new ModelGate(options.Concurrency));
        return services.AddSingleton<IEmbedder>(provider => new OpenAiEmbedder(
            new(provider.GetRequiredService<OpenAiConnection>(), model, provider.GetRequiredService<TimeProvider>()),
            new(model, options, provider.GetRequiredService<ModelGate>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ModelRoad>>())));
    }

    private static ModelRoads Roads(IServiceProvider provider, OpenAiOptions options)
    {
        var metrics = provider.GetRequiredService<ModelMetrics>();
        var roads = new ModelRoads([.. new[] { options.Model, options.FallbackModel }.OfType<string>().Select(model =>
            new ModelRoad(model, options, new(options.Concurrency), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ModelRoad>>())
            {
                Failed = fault => metrics.Failed(model, fault),
            })]);
        metrics.Watch(roads);
        return roads;
    }

    private static ModelAccounts Accounts(IServiceProvider provider, OpenAiOptions options, ModelBudget budget, ModelPrices prices) => new(
        provider.GetRequiredService<IModelSpend>(), budget, prices, options.MaxOutputTokens, provider.GetRequiredService<ModelMetrics>(),
        provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ModelAccounts>>());

    private static OpenAiModel Model(IServiceProvider provider, OpenAiOptions options, ModelRoad road, ModelAccounts accounts) => new(
        provider.GetRequiredService<IModelChat>(), road, road.Model, options.Style, accounts, provider.GetRequiredService<ILogger<OpenAiModel>>());
}
