namespace FteAgent.Bench.Engine.CrossSilo;

/// <summary>A small method, called from the other silo.</summary>
[Alias("fte.bench.IEchoGrain")]
public interface IEchoGrain : IGrainWithStringKey
{
    /// <summary>Gives back what it is given.</summary>
    [Alias("Echo")]
    Task<int> Echo(int number);

    /// <summary>The process it lives in.</summary>
    [Alias("Process")]
    Task<int> Process();
}

/// <inheritdoc cref="IEchoGrain"/>
#if ORLEANS
// The built-in engine spreads grains by itself; Orleans would keep them where they are called from.
[Orleans.Placement.RandomPlacement]
#endif
[GrainType("bench-echo")]
public sealed class EchoGrain : Grain, IEchoGrain
{
    /// <inheritdoc/>
    public Task<int> Echo(int number) => Task.FromResult(number);

    /// <inheritdoc/>
    public Task<int> Process() => Task.FromResult(Environment.ProcessId);
}
