using System.Diagnostics;
using FteAgent.Conversations;
using FteAgent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace FteAgent.Postgres;

/// <summary>Whether a silo counts as alive must not hang on how busy it is, nor on one connection.</summary>
public sealed class PostgresSignsTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private ServiceProvider services = null!;

    private IDutyRoster Roster => services.GetRequiredService<IDutyRoster>();

    public async Task InitializeAsync()
    {
        database = await (await PostgresServer.Shared).NewDatabase();
        services = PostgresTestRecord.Services(new() { Url = database.Url + ";Maximum Pool Size=2;Timeout=30" }, TimeProvider.System);
        await Roster.Renew("silo-1", default);
        await Roster.ClaimDue(1, default);
    }

    public async Task DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Silo_whose_connections_are_all_busy_says_that_it_lives_and_is_ready()
    {
        var source = services.GetRequiredService<PostgresSource>();
        await using var one = await source.Work.OpenConnectionAsync();
        await using var other = await source.Work.OpenConnectionAsync();
        var watch = Stopwatch.StartNew();

        await Roster.Renew("silo-1", default);
        await Roster.ClaimDue(100, default);
        var health = await services.GetRequiredService<PostgresHealth>().CheckHealthAsync(new(), default);

        Assert.Equal(HealthStatus.Healthy, health.Status);
        await Roster.Retire("silo-1", default);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"They waited for the others' connections: {watch.Elapsed}.");
    }

    [Fact]
    public async Task Sign_of_life_that_gets_no_answer_gives_up_before_the_silo_counts_as_gone_and_the_next_one_works()
    {
        await using (var held = new NpgsqlConnection(database.Url))
        {
            await held.OpenAsync();
            await using var hold = new NpgsqlCommand("begin; select from fte.silos for update", held);
            await hold.ExecuteNonQueryAsync();
            var watch = Stopwatch.StartNew();

            await Assert.ThrowsAsync<RecordUnavailableException>(() => Roster.Renew("silo-1", default));

            Assert.True(watch.Elapsed >= TimeSpan.FromSeconds(0.9), $"It failed for another reason, after {watch.Elapsed}.");
            // A second, and the machine's own delays. Without a limit of its own it would be ten.
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(6), $"It took {watch.Elapsed}.");
        }

        await Roster.Renew("silo-1", default);
    }

    [Fact]
    public async Task Connections_that_died_unnoticed_cost_one_sign_of_life_and_not_one_each()
    {
        await database.Execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and query like '%fte.%'");

        await Xunit.Record.ExceptionAsync(() => Roster.Renew("silo-1", default));

        await Roster.ClaimDue(100, default);
        await Roster.Renew("silo-1", default);
    }
}
