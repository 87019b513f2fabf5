using FteAgent.Engine.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>Stands for a grain, wherever and whether it is active. The classes that implement grain interfaces are generated.</summary>
public class GrainReference : IAddressable, IEquatable<GrainReference>
{
    private protected GrainReference(ReferenceShared shared, GrainId id) => (Shared, GrainId) = (shared, id);

    /// <summary>The grain's identity.</summary>
    public GrainId GrainId { get; }

    /// <summary>The interface's type.</summary>
    public GrainInterfaceType InterfaceType => Shared.Interface.Name;

    /// <summary>The interface's name.</summary>
    public virtual string InterfaceName => Shared.Interface.Type.Name;

    internal ReferenceShared Shared { get; }

    /// <summary>The same grain by another interface of it.</summary>
    public virtual TGrainInterface Cast<TGrainInterface>() where TGrainInterface : IAddressable => this.AsReference<TGrainInterface>();

    /// <summary>A hash that is the same in every process.</summary>
    public uint GetUniformHashCode() => GrainId.GetUniformHashCode();

    /// <inheritdoc/>
    public bool Equals(GrainReference? other) => other is not null && GrainId == other.GrainId;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    /// <inheritdoc/>
    public override int GetHashCode() => GrainId.GetHashCode();

    /// <inheritdoc/>
    public sealed override string ToString() => $"GrainReference:{GrainId}:{InterfaceType}";

    /// <summary>Whether both stand for the same grain.</summary>
    public static bool operator ==(GrainReference? reference1, GrainReference? reference2) =>
        reference1 is null ? reference2 is null : reference1.Equals(reference2);

    /// <summary>Whether they stand for different grains.</summary>
    public static bool operator !=(GrainReference? reference1, GrainReference? reference2) => !(reference1 == reference2);
}
