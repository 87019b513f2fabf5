using FteAgent.Api.Hosting;
using FteAgent.Testing;

namespace FteAgent.Api.Tracing;

/// <summary>An operator follows a message through the log by one id, though nobody takes traces.</summary>
public sealed class LogTraceTests
{
    private const int Taken = 1006;
    private const int Decided = 1002;
    private const int Sent = 1103;

    [Fact]
    public async Task What_is_logged_of_a_message_bears_one_id_from_its_request_to_the_delivery_that_comes_of_it()
    {
        await using var sink = await EscalationSink.Start();
        await using var silo = await RunningSilo.Start(("ESCALATION_URL", sink.Address));

        var answer = (await silo.Anyone.Post("/support/submit", Forms.Valid("I want a refund for my last payment."))).Expect(201);
        var other = (await silo.Anyone.Post("/support/submit", Forms.Valid("I want my money back for my last payment."))).Expect(201);
        await Eventually.Get(() => Task.FromResult(silo.Log.Lines.Count(line => line.Event == Sent)), sent => sent == 2);

        Assert.NotEqual(TraceOf(answer), TraceOf(other));
        foreach (var trace in (string[])[TraceOf(answer), TraceOf(other)])
            Assert.Equal([Taken, Decided, Sent], silo.Log.Lines.Where(line => line.Trace == trace).Select(line => line.Event).Where(id => id is Taken or Decided or Sent));
    }

    private static string TraceOf(Answer answer) => answer.Headers["traceresponse"].Split('-')[1];
}
