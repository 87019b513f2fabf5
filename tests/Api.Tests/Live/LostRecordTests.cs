using FteAgent.Api.Hosting;
using FteAgent.Sqlite;

namespace FteAgent.Api.Live;

/// <summary>Whoever follows a stream while the record goes away.</summary>
public sealed class LostRecordTests
{
    [Theory]
    [InlineData("/support/conversation/events")]
    [InlineData("/api/events")]
    public async Task Stream_ends_when_the_record_goes_away_and_nothing_is_said_of_a_failure(string path)
    {
        await using var silo = await RunningSilo.Start();
        var (customer, ana) = (await silo.NewCustomer(), await silo.NewOperator());
        await customer.Settled();
        var caller = path.StartsWith("/api", StringComparison.Ordinal) ? ana.Caller : customer.Caller;
        using var events = await EventReader.Open(caller, path);
        await events.Next(e => e.Name is "state" or "queue");

        silo.Service<SqliteRecord>().Dispose();

        await Assert.ThrowsAsync<EndOfStreamException>(() => events.Next("nothing of this name"));
        Assert.DoesNotContain(silo.Log.All, line => line.StartsWith("Error FteAgent.Api", StringComparison.Ordinal) || line.StartsWith("Error Microsoft.AspNetCore", StringComparison.Ordinal));
    }
}
