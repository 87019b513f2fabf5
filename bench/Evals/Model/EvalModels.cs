using System.Collections.Immutable;
using FteAgent.Answering;
using FteAgent.Knowledge;
using FteAgent.Silo.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Evals.Model;

/// <summary>The models of an endpoint, wired as a silo wires them.</summary>
internal sealed class EvalModels : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private EvalModels(ServiceProvider services) => this.services = services;

    /// <summary>Opens them by a silo's own settings.</summary>
    public static EvalModels Open(ModelSettings settings)
    {
        var services = new ServiceCollection().AddLogging().AddMetrics().AddSingleton(TimeProvider.System).AddSingleton<IModelSpend>(new RunSpend(TimeProvider.System));
        settings.AddTo(services);
        return new(services.BuildServiceProvider());
    }

    /// <summary>What makes vectors, where a model for it is set.</summary>
    public IEmbedder? Embedder => services.GetService<IEmbedder>();

    /// <summary>The models in their order, and last the assistant that quotes this index, where the settings say that it fills in.</summary>
    public ImmutableArray<IChatModel> For(KnowledgeIndex index)
    {
        var configured = services.GetRequiredService<ConfiguredModels>();
        return configured.FallsBackToQuotes ? [.. configured.Models, new ExtractiveAssistant(index)] : configured.Models;
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
