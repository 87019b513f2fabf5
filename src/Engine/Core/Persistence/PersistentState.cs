using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace FteAgent.Engine;

/// <summary>A state that its activation reads before it runs.</summary>
internal interface IReadOnActivation
{
    Task Read(CancellationToken cancellationToken);
}

/// <summary>Makes states, and has each read when its activation begins.</summary>
internal sealed class PersistentStateFactory : IPersistentStateFactory
{
    public IPersistentState<TState> Create<TState>(IGrainContext context, IPersistentStateConfiguration config)
    {
        var storage = string.IsNullOrWhiteSpace(config.StorageName)
            ? context.ActivationServices.GetService<IGrainStorage>()
            : context.ActivationServices.GetKeyedService<IGrainStorage>(config.StorageName);
        if (storage is null)
        {
            var which = string.IsNullOrWhiteSpace(config.StorageName) ? "default grain storage" : $"grain storage named '{config.StorageName}'";
            throw new BadProviderConfigException($"Grain {context.GrainId} keeps a state, but the silo has no {which}.");
        }

        var state = new PersistentState<TState>(config.StateName, context.GrainId, storage);
        (context as Activation)?.Attach(state);
        return state;
    }
}

/// <summary>A state as its grain has it, between the grain and the storage.</summary>
internal sealed class PersistentState<TState>(string name, GrainId grain, IGrainStorage storage) : IPersistentState<TState>, IGrainState<TState>, IReadOnActivation
{
    private TState? _state;

    public TState State
    {
        get => _state ??= Activator.CreateInstance<TState>();
        set => _state = value;
    }

    public string? Etag { get; private set; }

    public bool RecordExists { get; private set; }

    string? IGrainState<TState>.ETag
    {
        get => Etag;
        set => Etag = value;
    }

    bool IGrainState<TState>.RecordExists
    {
        get => RecordExists;
        set => RecordExists = value;
    }

    public Task ReadStateAsync() => Do("read", storage.ReadStateAsync);

    public Task WriteStateAsync() => Do("written", storage.WriteStateAsync);

    public Task ClearStateAsync() => Do("cleared", storage.ClearStateAsync);

    public Task Read(CancellationToken cancellationToken) => ReadStateAsync().WaitAsync(cancellationToken);

    private async Task Do(string what, Func<string, GrainId, IGrainState<TState>, Task> work)
    {
        try
        {
            await work(name, grain, this);
        }
        catch (Exception exception) when (exception is not OrleansException)
        {
            // What a storage throws is its own; a caller of the grain, perhaps on another silo, must be able to read it.
            throw new OrleansException($"The state '{name}' of {grain} could not be {what}: {exception.Message}", exception);
        }
    }
}
