namespace Orleans.Runtime;

/// <summary>The identity of one life of a grain in memory.</summary>
[Immutable]
public readonly struct ActivationId : IEquatable<ActivationId>
{
    private readonly Guid _key;

    /// <summary>Makes one from a GUID.</summary>
    public ActivationId(Guid key) => _key = key;

    /// <summary>Whether this is the empty default.</summary>
    public bool IsDefault => _key == Guid.Empty;

    internal Guid Key => _key;

    /// <summary>A new, unique one.</summary>
    public static ActivationId NewId() => new(Guid.NewGuid());

    /// <inheritdoc/>
    public bool Equals(ActivationId other) => _key == other._key;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ActivationId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _key.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => IsDefault ? "" : $"@{_key:N}";

    /// <summary>Equality.</summary>
    public static bool operator ==(ActivationId left, ActivationId right) => left.Equals(right);

    /// <summary>Inequality.</summary>
    public static bool operator !=(ActivationId left, ActivationId right) => !left.Equals(right);
}
