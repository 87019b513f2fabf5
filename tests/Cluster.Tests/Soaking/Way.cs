namespace FteAgent.Cluster.Soaking;

/// <summary>A way by which a customer writes.</summary>
internal enum Way
{
    /// <summary>Our own pages.</summary>
    Web,

    /// <summary>Email, by the webhook.</summary>
    Email,

    /// <summary>WhatsApp, by Twilio's webhook.</summary>
    WhatsApp,
}
