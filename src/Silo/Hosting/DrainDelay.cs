using FteAgent.Silo.Settings;

namespace FteAgent.Silo.Hosting;

/// <summary>
/// Goes on serving for a moment after the sign to stop, while <c>/health/ready</c> already says 503: a balancer must have noticed
/// before the port closes, or the requests that it sends meanwhile fail.
/// </summary>
internal sealed class DrainDelay(SiloSettings settings, TimeProvider time) : IHostedLifecycleService
{
    public Task StoppingAsync(CancellationToken cancellationToken) =>
        settings.DrainDelay > TimeSpan.Zero ? Task.Delay(settings.DrainDelay, time, cancellationToken) : Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
