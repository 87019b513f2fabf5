using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>A state that a grain keeps over its activations. It is read before the grain's activation, and written when the grain says so.</summary>
public interface IPersistentState<TState> : IStorage<TState>;

/// <summary>What a grain's constructor says of a state.</summary>
public interface IPersistentStateConfiguration
{
    /// <summary>The name of the state: a grain may have several.</summary>
    string StateName { get; }

    /// <summary>The name of the storage that keeps it; the default one where none is named.</summary>
    string? StorageName { get; }
}

/// <summary>Makes the states of an activation.</summary>
public interface IPersistentStateFactory
{
    /// <summary>Makes a state, to be read when the activation begins.</summary>
    IPersistentState<TState> Create<TState>(IGrainContext context, IPersistentStateConfiguration config);
}

/// <summary>Marks a parameter of a grain's constructor as a state that is kept.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class PersistentStateAttribute(string stateName, string? storageName = null) : Attribute, IPersistentStateConfiguration
{
    /// <inheritdoc/>
    public string StateName { get; } = stateName ?? throw new ArgumentNullException(nameof(stateName));

    /// <inheritdoc/>
    public string? StorageName { get; } = storageName;
}
