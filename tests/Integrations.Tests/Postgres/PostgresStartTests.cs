using FteAgent.Conversations;
using FteAgent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FteAgent.Postgres;

/// <summary>A start while the database is away, on a server of their own.</summary>
public sealed class PostgresStartTests : IAsyncLifetime
{
    private readonly FakeTime time = new();
    private PostgresServer server = null!;
    private TestDatabase database = null!;
    private ServiceProvider services = null!;

    private IHostedLifecycleService Check => services.GetServices<IHostedService>().OfType<PostgresSchemaCheck>().Single();

    public async Task InitializeAsync()
    {
        server = await PostgresServer.Start(durable: false);
        database = await server.NewDatabase();
        services = PostgresTestRecord.Services(new() { Url = database.Url, ConnectTimeout = TimeSpan.FromSeconds(1) }, time);
    }

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Waits_for_a_database_that_is_away_and_goes_on_when_it_is_back()
    {
        await server.Stop();
        var starting = Check.StartingAsync(default);
        for (var second = 0; second < 10; second++)
        {
            await time.WhenWaiting();
            time.Advance(TimeSpan.FromSeconds(1));
        }

        await time.WhenWaiting();
        Assert.False(starting.IsCompleted);

        await server.StartAgain();
        time.Advance(TimeSpan.FromSeconds(1));
        await starting.WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Ends_after_half_a_minute_with_what_is_wrong()
    {
        await server.Stop();
        var starting = Check.StartingAsync(default);
        while (!starting.IsCompleted)
        {
            await Task.WhenAny(starting, time.WhenWaiting());
            time.Advance(TimeSpan.FromSeconds(1));
        }

        await Assert.ThrowsAsync<RecordUnavailableException>(() => starting);
        await server.StartAgain();
    }

    [Fact]
    public async Task Schema_that_is_too_old_is_not_waited_for()
    {
        await database.Execute("delete from fte.migrations where number > 1");

        var refusal = await Assert.ThrowsAsync<InvalidDataException>(() => Check.StartingAsync(default));

        Assert.Contains("silo migrate", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, time.Waiting);
    }
}
