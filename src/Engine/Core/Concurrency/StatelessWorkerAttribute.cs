using Orleans.Placement;

namespace Orleans.Concurrency;

/// <summary>
/// Grains of this class keep nothing between calls: each silo runs its own activations of them, as many at a time as it needs up to
/// a limit, and calls never leave the silo.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StatelessWorkerAttribute : PlacementAttribute
{
    /// <summary>As many activations on each silo as it has processors.</summary>
    public StatelessWorkerAttribute() : this(maxLocalWorkers: -1)
    {
    }

    /// <summary>At most so many activations on each silo; -1 for as many as it has processors.</summary>
    public StatelessWorkerAttribute(int maxLocalWorkers) => MaxLocalWorkers = maxLocalWorkers > 0 ? maxLocalWorkers : Environment.ProcessorCount;

    internal int MaxLocalWorkers { get; }
}
