using FteAgent.Knowledge;
using FteAgent.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Evals;

/// <summary>The record of a database, to measure that what is found does not depend on where it is stored.</summary>
internal sealed class DatabaseRecord : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private DatabaseRecord(ServiceProvider services) => this.services = services;

    public IKnowledgeStore Knowledge => services.GetRequiredService<IKnowledgeStore>();

    /// <summary>The database's own search of vectors.</summary>
    public IVectorSearch Vectors => services.GetRequiredService<IVectorSearch>();

    public static async Task<DatabaseRecord> Open(string url)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddPostgresRecord(new() { Url = url }).BuildServiceProvider();
        await services.GetRequiredService<PostgresMigrations>().Apply(CancellationToken.None);
        return new(services);
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
