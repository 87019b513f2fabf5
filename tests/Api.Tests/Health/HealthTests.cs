using FteAgent.Api.Hosting;
using Microsoft.Data.Sqlite;

namespace FteAgent.Api.Health;

/// <summary>Whether this silo lives, and whether it can take messages.</summary>
public sealed class HealthTests
{
    [Fact]
    public async Task Silo_says_that_it_lives_and_is_ready()
    {
        await using var silo = await RunningSilo.Start();

        var live = (await silo.Anyone.Get("/health/live")).Expect(200);
        var ready = (await silo.Anyone.Get("/health/ready")).Expect(200);

        Assert.Equal("live", live["status"].GetString());
        Assert.Equal("ready", ready["status"].GetString());
        Assert.Equal("ready", ready["checks"].GetProperty("record").GetProperty("status").GetString());
        Assert.Equal("ready", ready["checks"].GetProperty("serving").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Record_that_cannot_be_written_is_told_and_what_was_sent_meanwhile_can_be_sent_again()
    {
        await using var silo = await RunningSilo.Start();
        var customer = await silo.NewCustomer();
        await customer.Settled();
        var key = Forms.Key();

        // Another process has the file for itself.
        await using (var other = new SqliteConnection($"Data Source={silo.DatabasePath};Pooling=False"))
        {
            await other.OpenAsync();
            await using var taken = other.BeginTransaction(deferred: false);

            var refused = (await customer.Caller.Post("/support/conversation/messages", new { text = "Is anyone there?" }, key)).ExpectProblem(503);
            Assert.True(refused.Headers.ContainsKey("Retry-After"));
            Assert.Equal("urn:fte:problem:unavailable", refused["type"].GetString());

            var unready = (await silo.Anyone.Get("/health/ready")).Expect(503);
            Assert.Equal("unavailable", unready["status"].GetString());
            Assert.Equal("unavailable", unready["checks"].GetProperty("record").GetProperty("status").GetString());
            Assert.DoesNotContain(silo.DatabasePath, unready.Text, StringComparison.Ordinal);
            (await silo.Anyone.Get("/health/live")).Expect(200);
            (await customer.Conversation()).Expect(200);   // Reading goes on.
        }

        await Eventually.Get(() => silo.Anyone.Get("/health/ready"), ready => ready.Status == 200);
        (await customer.Caller.Post("/support/conversation/messages", new { text = "Is anyone there?" }, key)).Expect(202);
        Assert.Single((await customer.Settled())["messages"].EnumerateArray(), message => message.GetProperty("text").GetString() == "Is anyone there?");
    }
}
