namespace Orleans.Runtime;

/// <summary>The keys by which the parts of a silo ask for their clock. Each is the default clock unless registered apart.</summary>
public static class TimeProviderNames
{
    /// <summary>Idleness and the end of activations.</summary>
    public const string ActivationManagement = "Orleans.ActivationManagement";

    /// <summary>Leases of membership.</summary>
    public const string Membership = "Orleans.Membership";

    /// <summary>What grains see: their timers.</summary>
    public const string Grains = "Orleans.Grains";

    /// <summary>Timeouts of calls.</summary>
    public const string Messaging = "Orleans.Messaging";
}
