namespace FteAgent.Bench.Engine.CrossSilo;

/// <summary>A small method, called from the other silo.</summary>
[Alias("bench.echo")]
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
[GrainType("bench-echo")]
public sealed class EchoGrain : Grain, IEchoGrain
{
    /// <inheritdoc/>
    public Task<int> Echo(int number) => Task.FromResult(number);

    /// <inheritdoc/>
    public Task<int> Process() => Task.FromResult(Environment.ProcessId);
}
