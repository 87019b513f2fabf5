namespace FteAgent.Channels;

/// <summary>Knows whether it is the mailbox's provider who says that something arrived.</summary>
public interface IPushProof
{
    /// <summary>Whether this identity token (OpenID Connect) is the provider's, meant for us, and still holds.</summary>
    /// <param name="token">What followed <c>Bearer</c>.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<bool> Proves(string token, CancellationToken cancellationToken);
}
