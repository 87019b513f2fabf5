namespace FteAgent.Bench.Engine;

/// <summary>The smallest grain there can be: what is measured is the call.</summary>
[Alias("fte.bench.IAdderGrain")]
public interface IAdderGrain : IGrainWithStringKey
{
    [Alias("Add")]
    Task<int> Add(int amount);
}

/// <inheritdoc cref="IAdderGrain"/>
public sealed class AdderGrain : Grain, IAdderGrain
{
    private int _sum;

    /// <inheritdoc/>
    public Task<int> Add(int amount) => Task.FromResult(_sum += amount);
}
