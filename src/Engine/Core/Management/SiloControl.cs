using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>What one silo is asked by another. Its grains are not placed: the key says which silo is meant.</summary>
internal static class SiloControl
{
    public const string TypeName = "fte.silo";

    public static readonly GrainType Type = GrainType.Create(TypeName);

    public static ISiloControl Of(Silo silo, SiloAddress meant) => silo.Client.GetGrain<ISiloControl>(KeyOf(meant));

    /// <summary>The silo that is meant, if it is a member.</summary>
    public static SiloAddress? AddressOf(GrainId id, ClusterView view, SiloAddress self)
    {
        var key = id.Key.ToString();
        return key == KeyOf(self) ? self : view.Members.FirstOrDefault(member => KeyOf(member.Address) == key)?.Address;
    }

    private static string KeyOf(SiloAddress silo) => silo.ToParsableString();
}

/// <summary>What one silo is asked by another.</summary>
[Alias("fte.ISiloControl")]
internal interface ISiloControl : IGrainWithStringKey
{
    /// <summary>How many activations it holds.</summary>
    [Alias("Count")]
    Task<int> CountActivations();

    /// <summary>How many of each class.</summary>
    [Alias("Classes")]
    Task<SimpleGrainStatistic[]> CountByClass();

    /// <summary>Which grains are active, of these classes or of all.</summary>
    [Alias("List")]
    Task<DetailedGrainStatistic[]> List(string[]? classes);

    /// <summary>Which grains of a type are active.</summary>
    [Alias("Grains")]
    Task<List<GrainId>> ListOf(GrainType type);

    /// <summary>How many activations of a grain it holds.</summary>
    [Alias("CountOf")]
    Task<int> CountOf(GrainId grain);

    /// <summary>Ends every activation that nobody has called for this long.</summary>
    [Alias("Collect")]
    Task Collect(TimeSpan ageLimit);
}

/// <inheritdoc cref="ISiloControl"/>
[GrainType(SiloControl.TypeName), Reentrant]
internal sealed class SiloControlGrain(Silo silo) : Grain, ISiloControl
{
    public Task<int> CountActivations() => Task.FromResult(Counted.Count());

    public Task<SimpleGrainStatistic[]> CountByClass() => Task.FromResult(Counted
        .CountBy(ClassOf)
        .Select(count => new SimpleGrainStatistic { GrainType = count.Key, SiloAddress = silo.Address, ActivationCount = count.Value })
        .ToArray());

    public Task<DetailedGrainStatistic[]> List(string[]? classes) => Task.FromResult(Counted
        .Where(activation => classes is null || classes.Contains(ClassOf(activation)))
        .Select(activation => new DetailedGrainStatistic { GrainType = ClassOf(activation), SiloAddress = silo.Address, GrainId = activation.GrainId })
        .ToArray());

    public Task<List<GrainId>> ListOf(GrainType type) =>
        Task.FromResult(Counted.Select(activation => activation.GrainId).Where(id => id.Type == type).Distinct().ToList());

    public Task<int> CountOf(GrainId grain) => Task.FromResult(Counted.Count(activation => activation.GrainId == grain));

    public async Task Collect(TimeSpan ageLimit) => await IdleCollector.Collect(silo.Catalog, ageLimit);

    /// <summary>All but those that serve the counting itself.</summary>
    private IEnumerable<Activation> Counted => silo.Catalog.All.Where(static activation => activation.GrainId.Type != SiloControl.Type);

    private static string ClassOf(Activation activation) => activation.Shared.Class.Type.FullName!;
}
