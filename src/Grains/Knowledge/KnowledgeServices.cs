using FteAgent.Answering;
using FteAgent.Knowledge.Flags;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace FteAgent.Knowledge;

/// <summary>Wires knowledge and the assistant that quotes it. Needs an <see cref="IKnowledgeStore"/>; takes an <see cref="IEmbedder"/> where there is one.</summary>
public static class KnowledgeServices
{
    /// <summary>Adds the index, and the extractive assistant unless another model is registered before.</summary>
    public static IServiceCollection AddKnowledgeServices(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<KnowledgeOptions>().BindConfiguration("Knowledge").ValidateDataAnnotations();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<KnowledgeOptions>>().Value);
        services.AddSingleton<KnowledgeIndex>();
        // The last way, and the one that always works; a record that has a better one was registered before.
        services.AddSingleton<IVectorSearch, ExactVectorSearch>();
        services.AddSingleton<IKnowledgeIndex>(provider => provider.GetRequiredService<KnowledgeIndex>());
        services.AddSingleton<IKnowledgeReader>(provider => provider.GetRequiredService<KnowledgeIndex>());
        services.AddSingleton<IQuotedDrafts, QuotedDrafts>();
        services.AddSingleton<ITermWeights>(provider => provider.GetRequiredService<KnowledgeIndex>());
        services.AddSingleton<FlagKeeper>();
        services.AddSingleton<IKnowledgeReview>(provider => provider.GetRequiredService<FlagKeeper>());
        services.AddSingleton<ExtractiveAssistant>();
        services.TryAddSingleton<IChatModel>(provider => provider.GetRequiredService<ExtractiveAssistant>());
        return services;
    }
}
