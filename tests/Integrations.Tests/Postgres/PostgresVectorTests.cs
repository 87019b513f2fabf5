using FteAgent.Knowledge;
using FteAgent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FteAgent.Postgres;

/// <summary>The extension is there, is missing, comes later and goes.</summary>
public sealed class PostgresVectorTests : IAsyncLifetime
{
    private const string Embedder = "test-embedder";
    private TestDatabase database = null!;
    private ServiceProvider services = null!;

    private IKnowledgeStore Store => services.GetRequiredService<IKnowledgeStore>();

    private IVectorSearch Search => services.GetRequiredService<IVectorSearch>();

    public async Task InitializeAsync()
    {
        database = await (await PostgresServer.Shared).NewDatabase();
        services = PostgresTestRecord.Services(database.Options, TimeProvider.System);
        if (await services.GetRequiredService<PostgresVectorSearch>().Extension(default) is null)
            throw new InvalidOperationException("These tests need a PostgreSQL with pgvector 0.8 or later; scripts/postgres makes one on Debian.");
    }

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task With_the_extension_the_database_searches_and_says_so()
    {
        await Publish();

        Assert.Equal("by pgvector", (await Search.Open(await Store.LoadWords(default), Embedder, default))!.Way);
        Assert.Equal(HealthStatus.Healthy, (await Health()).Status);
    }

    [Fact]
    public async Task Without_the_extension_memory_searches_and_readiness_says_so()
    {
        await database.Execute("drop extension vector cascade");
        await Publish();

        var words = await Store.LoadWords(default);
        Assert.All(words.Chunks, chunk => Assert.Null(chunk.Vector));
        Assert.Null(await Search.Open(words, Embedder, default));
        Assert.Equal("exactly, in memory", (await new ExactVectorSearch(Store).Open(words, Embedder, default))!.Way);
        var health = await Health();
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Contains("memory", health.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extension_that_comes_later_is_taken_up()
    {
        await database.Execute("drop extension vector cascade");
        await Publish();
        await using var source = new PostgresSource(database.Options);
        await new PostgresMigrations(source).Apply(default);

        var version = await Store.LoadWords(default);
        var opened = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Search.Open(version, Embedder, default)));

        Assert.All(opened, vectors => Assert.Equal("by pgvector", vectors!.Way));
    }

    [Fact]
    public async Task Extension_that_goes_leaves_the_version_readable()
    {
        await Publish();
        await database.Execute("drop extension vector cascade");

        var words = await Store.LoadWords(default);
        Assert.Null(await Search.Open(words, Embedder, default));
        Assert.NotNull(await new ExactVectorSearch(Store).Open(words, Embedder, default));
        Assert.Equal(2, await Publish());
    }

    [Fact]
    public async Task Extension_that_goes_and_comes_back_searches_again()
    {
        await Publish();
        await database.Execute("drop extension vector cascade");
        await database.Execute("create extension vector");

        var words = await Store.LoadWords(default);
        var opened = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Search.Open(words, Embedder, default)));

        Assert.All(opened, vectors => Assert.Equal("by pgvector", vectors!.Way));
        Assert.Equal(7, (await opened[0]!.Nearest([[MathF.Cos(7), MathF.Sin(7)]], 1, null, default))[0].Hits.Single().Chunk);
        Assert.Equal(2, await Publish());
        Assert.Equal("by pgvector", (await Search.Open(await Store.LoadWords(default), Embedder, default))!.Way);
    }

    [Fact]
    public async Task Tables_of_old_versions_go_with_them()
    {
        for (var i = 0; i < 4; i++)
            await Publish();

        Assert.Equal(2L, await database.Scalar<long>("select count(*) from pg_class where relname like 'knowledge_vectors_%' and relkind = 'r'"));
        Assert.Equal(2L, await database.Scalar<long>("select count(*) from fte.knowledge_versions"));
    }

    [Fact]
    public async Task Vectors_of_unlike_length_are_left_to_memory()
    {
        await Store.Publish(
            [new("a", "A", "Text", DateTimeOffset.UnixEpoch)],
            [new("a#1", "a", "", "Text", [1f, 0f], Embedder), new("a#2", "a", "", "Text", [1f, 0f, 0f], Embedder)], default);

        Assert.Null(await Search.Open(await Store.LoadWords(default), Embedder, default));
    }

    [Fact]
    public async Task Long_vectors_are_indexed_too()
    {
        var vector = new float[3072];
        vector[0] = 1;
        await Store.Publish([new("a", "A", "Text", DateTimeOffset.UnixEpoch)], [new("a#1", "a", "", "Text", vector, Embedder)], default);

        var vectors = await Search.Open(await Store.LoadWords(default), Embedder, default);

        Assert.Equal(new NearChunk(0, 1), (await vectors!.Nearest([vector], 3, null, default))[0].Hits.Single());
    }

    private Task<long> Publish() => Store.Publish(
        [new("a", "A", "Text", DateTimeOffset.UnixEpoch)],
        [.. Enumerable.Range(0, 10).Select(i => new StoredChunk($"a#{i}", "a", "", "Text", [MathF.Cos(i), MathF.Sin(i)], Embedder))], default);

    private async Task<HealthReportEntry> Health()
    {
        var report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.NotEqual(HealthStatus.Unhealthy, report.Status);
        return report.Entries["pgvector"];
    }
}
