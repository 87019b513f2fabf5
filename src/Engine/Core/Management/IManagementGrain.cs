namespace Orleans.Runtime;

/// <summary>Tells about the cluster. Its key is 0.</summary>
[Alias("orleans.IManagementGrain")]
public interface IManagementGrain : IGrainWithIntegerKey
{
    /// <summary>The silos and their states.</summary>
    [Alias("GetHosts")]
    Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false);

    /// <summary>The silos, with more about each.</summary>
    [Alias("GetDetailedHosts")]
    Task<MembershipEntry[]> GetDetailedHosts(bool onlyActive = false);

    /// <summary>How many activations there are in the cluster.</summary>
    [Alias("GetTotalActivationCount")]
    Task<int> GetTotalActivationCount();

    /// <summary>How many activations there are of each class on each silo.</summary>
    [Alias("GetSimpleGrainStatistics")]
    Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics();

    /// <summary>How many activations there are of each class on each of these silos.</summary>
    [Alias("GetSimpleGrainStatistics/hosts")]
    Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics(SiloAddress[] hostsIds);

    /// <summary>Which grains are active, of these classes or all, on these silos or all.</summary>
    [Alias("GetDetailedGrainStatistics")]
    Task<DetailedGrainStatistic[]> GetDetailedGrainStatistics(string[]? types = null, SiloAddress[]? hostsIds = null);

    /// <summary>The silo on which a grain is active; null where it is not.</summary>
    [Alias("GetActivationAddress")]
    ValueTask<SiloAddress?> GetActivationAddress(IAddressable reference);

    /// <summary>The grains of a type that are active.</summary>
    [Alias("GetActiveGrains")]
    ValueTask<List<GrainId>> GetActiveGrains(GrainType type);

    /// <summary>Ends every activation on these silos that nobody has called for this long.</summary>
    [Alias("ForceActivationCollection/hosts")]
    Task ForceActivationCollection(SiloAddress[] hostsIds, TimeSpan ageLimit);

    /// <summary>Ends every activation that nobody has called for this long.</summary>
    [Alias("ForceActivationCollection")]
    Task ForceActivationCollection(TimeSpan ageLimit);
}

/// <summary>The state of a silo.</summary>
[GenerateSerializer, Alias("orleans.silo-status")]
public enum SiloStatus
{
    /// <summary>Unknown.</summary>
    None = 0,

    /// <summary>Made, not started.</summary>
    Created = 1,

    /// <summary>Starting.</summary>
    Joining = 2,

    /// <summary>Running.</summary>
    Active = 3,

    /// <summary>Draining.</summary>
    ShuttingDown = 4,

    /// <summary>Stopping at once.</summary>
    Stopping = 5,

    /// <summary>Gone.</summary>
    Dead = 6,
}

/// <summary>How many activations of one class a silo holds.</summary>
[GenerateSerializer, Immutable, Alias("orleans.simple-grain-statistic")]
public sealed class SimpleGrainStatistic
{
    /// <summary>The class.</summary>
    [Id(0)]
    public string GrainType { get; init; } = "";

    /// <summary>The silo.</summary>
    [Id(1)]
    public SiloAddress SiloAddress { get; init; } = null!;

    /// <summary>How many.</summary>
    [Id(2)]
    public int ActivationCount { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{GrainType} on {SiloAddress}: {ActivationCount}";
}

/// <summary>One grain that is active.</summary>
[GenerateSerializer, Immutable, Alias("orleans.detailed-grain-statistic")]
public sealed class DetailedGrainStatistic
{
    /// <summary>Its class.</summary>
    [Id(0)]
    public string GrainType { get; init; } = "";

    /// <summary>The silo.</summary>
    [Id(1)]
    public SiloAddress SiloAddress { get; init; } = null!;

    /// <summary>The grain.</summary>
    [Id(2)]
    public GrainId GrainId { get; init; }
}
