using Orleans.Concurrency;

namespace FteAgent.Health;

/// <summary>A stateless worker is called on the silo that calls it, so its answer speaks for that silo.</summary>
[StatelessWorker(1)]
internal sealed class PulseGrain : Grain, IPulseGrain
{
    /// <inheritdoc/>
    public Task Beat() => Task.CompletedTask;
}
