using Microsoft.Extensions.Hosting;

namespace FteAgent.Postgres;

/// <summary>Stops a silo's start where the schema is older than what this version knows: better no silo than one that fails in its first write.</summary>
internal sealed class PostgresSchemaCheck(PostgresMigrations migrations, PostgresVectorSearch vectors) : IHostedLifecycleService
{
    /// <summary>Before any other service starts: the grain engine and the sweeper read the record too.</summary>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await migrations.Check(cancellationToken).ConfigureAwait(false);
        await vectors.SayWhich(cancellationToken).ConfigureAwait(false);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
