namespace Orleans.Configuration;

/// <summary>Which cluster a silo belongs to.</summary>
public class ClusterOptions
{
    /// <summary>The cluster where none is named.</summary>
    public const string DefaultClusterId = "default";

    /// <summary>The service where none is named.</summary>
    public const string DefaultServiceId = "default";

    /// <summary>The cluster: silos of different clusters never meet.</summary>
    public string ClusterId { get; set; } = DefaultClusterId;

    /// <summary>The service: stays the same over all deployments, as its stored state does.</summary>
    public string ServiceId { get; set; } = DefaultServiceId;
}

/// <summary>What a silo is called.</summary>
public class SiloOptions
{
    /// <summary>The silo's name.</summary>
    public string SiloName { get; set; } = Environment.MachineName;
}

/// <summary>How calls travel.</summary>
public abstract class MessagingOptions
{
    /// <summary>How long a caller waits for its response. 30 s.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a call whose caller has waited too long is cancelled on its grain. No.</summary>
    public bool CancelRequestOnTimeout { get; set; }
}

/// <summary>How calls travel on a silo.</summary>
public class SiloMessagingOptions : MessagingOptions;

/// <summary>When idle activations end.</summary>
public class GrainCollectionOptions
{
    /// <summary>How often the silo looks where none is set. 1 min.</summary>
    public static readonly TimeSpan DEFAULT_COLLECTION_QUANTUM = TimeSpan.FromMinutes(1);

    /// <summary>How long activating may take where none is set. 30 s.</summary>
    public static readonly TimeSpan DEFAULT_ACTIVATION_TIMEOUT = TimeSpan.FromSeconds(30);

    /// <summary>How long deactivating may take where none is set. 30 s.</summary>
    public static readonly TimeSpan DEFAULT_DEACTIVATION_TIMEOUT = TimeSpan.FromSeconds(30);

    /// <summary>How often the silo looks for idle activations.</summary>
    public TimeSpan CollectionQuantum { get; set; } = DEFAULT_COLLECTION_QUANTUM;

    /// <summary>How long nobody must have called. 15 min.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>The same for single classes, by full name.</summary>
    public Dictionary<string, TimeSpan> ClassSpecificCollectionAge { get; set; } = [];

    /// <summary>How long activating may take.</summary>
    public TimeSpan ActivationTimeout { get; set; } = DEFAULT_ACTIVATION_TIMEOUT;

    /// <summary>How long deactivating may take.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = DEFAULT_DEACTIVATION_TIMEOUT;
}
