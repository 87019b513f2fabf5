using Microsoft.Extensions.Hosting;

namespace FteAgent.Postgres;

/// <summary>Stops a silo's start where the schema is older than what this version knows: better no silo than one that fails in its first write.</summary>
internal sealed class PostgresSchemaCheck(PostgresMigrations migrations) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => migrations.Check(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
