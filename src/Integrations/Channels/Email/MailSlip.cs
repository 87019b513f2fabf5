namespace FteAgent.Channels.Email;

/// <summary>What goes with a mail while it is handed over: what its carrier noted of it before, and where it notes more.</summary>
/// <param name="noted">What is noted of it.</param>
/// <param name="attempts">How often handing it over was tried before.</param>
/// <param name="deliveries">Where that is.</param>
internal sealed class MailSlip(Delivery noted, int attempts, IDeliveries deliveries)
{
    /// <summary>The outbox item.</summary>
    public Guid Item => noted.Item;

    /// <summary>How often handing it over was tried before.</summary>
    public int Attempts => attempts;

    /// <summary>Under what the carrier finds it again; null where it has noted nothing.</summary>
    public string? ProviderId { get; private set; } = noted.ProviderId;

    /// <summary>Notes it, whatever else happens: what was done at the carrier is done.</summary>
    /// <param name="providerId">Under what the carrier finds it again.</param>
    /// <param name="internetId">The Message-ID that the carrier gave it; null while that is not known.</param>
    public async Task Note(string providerId, string? internetId = null)
    {
        await deliveries.Note(noted with { ProviderId = providerId, InternetId = internetId }, CancellationToken.None).ConfigureAwait(false);
        ProviderId = providerId;
    }
}
