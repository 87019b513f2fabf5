using FteAgent.Answering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FteAgent.OpenAI;

/// <summary>Wires the language models of an endpoint.</summary>
public static class OpenAiServices
{
    /// <summary>Adds the model, and the one that is asked when it cannot be had. Before the grains' services, which take what is configured here.</summary>
    /// <param name="services">Where.</param>
    /// <param name="options">The endpoint.</param>
    /// <param name="budget">What a day may cost.</param>
    /// <param name="prices">What tokens cost.</param>
    /// <param name="fallsBackToQuotes">Whether the documents are quoted where no model can be had.</param>
    public static IServiceCollection AddOpenAi(
        this IServiceCollection services, OpenAiOptions options, ModelBudget budget, ModelPrices prices, bool fallsBackToQuotes) => services
        .AddSingleton(options)
        .AddSingleton<OpenAiConnection>()
        .AddSingleton<IModelChat, OpenAiChat>()
        .AddSingleton(new ModelGate(options.Concurrency))
        .AddSingleton<ModelMetrics>()
        .AddSingleton(provider => new ModelAccounts(
            provider.GetRequiredService<IModelSpend>(), budget, prices, options.MaxOutputTokens, provider.GetRequiredService<ModelMetrics>(),
            provider.GetRequiredService<ILogger<ModelAccounts>>()))
        .AddSingleton(provider => new ConfiguredModels(
            [.. new[] { options.Model, options.FallbackModel }.OfType<string>().Select(model => (IChatModel)Model(provider, options, model))], fallsBackToQuotes));

    private static OpenAiModel Model(IServiceProvider provider, OpenAiOptions options, string model) => new(
        provider.GetRequiredService<IModelChat>(),
        new(model, options, provider.GetRequiredService<ModelGate>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ModelRoad>>()),
        model, options.Style, provider.GetRequiredService<ModelAccounts>(), provider.GetRequiredService<ILogger<OpenAiModel>>());
}
