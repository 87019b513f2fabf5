using FteAgent.Engine.Tests.Grains;
using FteAgent.Engine.Tests.Postgres;
using FteAgent.Engine.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace FteAgent.Engine.Tests.Persistence;

public sealed class MemoryStateTests : PersistentStateContract
{
    private protected override void AddStorage(ISiloBuilder silo, string name) => silo.AddMemoryGrainStorage(name);
}

public sealed class PostgresStateTests(EngineDatabase database) : PersistentStateContract, IClassFixture<EngineDatabase>
{
    private protected override void AddStorage(ISiloBuilder silo, string name) => silo.AddAdoNetGrainStorage(name, options =>
    {
        options.Invariant = "Npgsql";
        options.ConnectionString = database.Url;
    });
}

/// <summary>What happens where a storage is missing or fails.</summary>
public sealed class MissingStorageTests
{
    [Fact]
    public async Task Grain_whose_storage_is_missing_says_which()
    {
        await using var silo = await TestSilo.Start();

        var failure = await Assert.ThrowsAsync<BadProviderConfigException>(() => silo.Grain<INoteGrain>().Read());

        Assert.Contains("no grain storage named 'notes'", failure.Message);
    }

    [Fact]
    public async Task Default_storage_serves_where_none_is_named()
    {
        await using var silo = await TestSilo.Start(static builder => builder.AddMemoryGrainStorageAsDefault());
        var services = silo.Cluster.GetSiloServiceProvider();

        Assert.Same(services.GetRequiredKeyedService<IGrainStorage>("Default"), services.GetRequiredService<IGrainStorage>());
    }

    [Fact]
    public async Task Storage_that_fails_fails_the_call_in_words_and_the_next_call_tries_again()
    {
        var storage = new BrokenStorage();
        await using var silo = await TestSilo.Start(builder => builder.Services.AddKeyedSingleton<IGrainStorage>("notes", storage));
        var note = silo.Grain<INoteGrain>();

        var failure = await Assert.ThrowsAsync<OrleansException>(note.Read);
        Assert.Contains("The state 'note'", failure.Message);
        Assert.Contains("could not be read: broken", failure.Message);

        storage.IsBroken = false;
        Assert.False((await note.Read()).IsWritten);
    }

    [Theory]
    [InlineData("Microsoft.Data.SqlClient", "Host=localhost", "must be Npgsql")]
    [InlineData("Npgsql", "", "ConnectionString is required")]
    public void Settings_that_cannot_work_are_refused_in_words(string invariant, string connection, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<OrleansConfigurationException>(
            () => FteAgent.Engine.Postgres.PostgresInvariant.Check("AdoNetGrainStorageOptions", invariant, connection)).Message);

    private sealed class BrokenStorage : IGrainStorage
    {
        public bool IsBroken { get; set; } = true;

        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            IsBroken ? Task.FromException(new InvalidDataException("broken")) : Task.CompletedTask;

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Task.CompletedTask;

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Task.CompletedTask;
    }
}
