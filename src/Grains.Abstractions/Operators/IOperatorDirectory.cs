using System.Collections.Immutable;

namespace FteAgent.Operators;

/// <summary>
/// Knows the operators, their keys and their sessions. It keeps hashes only: a key or session token is shown once, by whoever made it.
/// Hashes are SHA-256 of 256-bit random secrets, so no slow hash is needed.
/// </summary>
public interface IOperatorDirectory
{
    /// <summary>
    /// Adds an operator. Returns null when that name is taken by one who is not revoked, or when that key was ever an operator's:
    /// a revoked key stays revoked.
    /// </summary>
    Task<Operator?> Add(string name, byte[] keyHash, CancellationToken cancellationToken);

    /// <summary>All operators, in order of name, revoked ones too.</summary>
    Task<ImmutableArray<OperatorEntry>> List(CancellationToken cancellationToken);

    /// <summary>Revokes an operator's key and ends their sessions. Returns false when there is no such name.</summary>
    Task<bool> Revoke(string name, CancellationToken cancellationToken);

    /// <summary>The operator whose key has this hash, unless revoked.</summary>
    Task<Operator?> FindByKey(byte[] keyHash, CancellationToken cancellationToken);

    /// <summary>Starts a session that ends at <paramref name="expiresAt"/>.</summary>
    Task StartSession(byte[] sessionHash, Guid operatorId, DateTimeOffset expiresAt, CancellationToken cancellationToken);

    /// <summary>The operator of a session that has not ended, unless revoked.</summary>
    Task<Operator?> FindSession(byte[] sessionHash, CancellationToken cancellationToken);

    /// <summary>Ends a session, if there is one.</summary>
    Task EndSession(byte[] sessionHash, CancellationToken cancellationToken);
}

/// <summary>An operator as listed.</summary>
/// <param name="Operator">Who.</param>
/// <param name="AddedAt">Since when.</param>
/// <param name="RevokedAt">Until when, if revoked.</param>
public sealed record OperatorEntry(Operator Operator, DateTimeOffset AddedAt, DateTimeOffset? RevokedAt);
