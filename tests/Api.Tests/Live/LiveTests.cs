using FteAgent.Api.Hosting;
using FteAgent.Conversations;
using FteAgent.InProcess;
using FteAgent.Operators;

namespace FteAgent.Api.Live;

/// <summary>A conversation as it happens.</summary>
[Collection(SiloCollection.Name)]
public sealed class LiveTests(SiloFixture fixture)
{
    private const string Events = "/support/conversation/events";
    private readonly RunningSilo silo = fixture.Silo;

    [Fact]
    public async Task Stream_begins_with_what_was_said_and_how_it_stands_and_goes_on_with_what_is_said()
    {
        var customer = await silo.NewCustomer();
        await customer.Settled();
        using var events = await EventReader.Open(customer.Caller, Events);

        var first = await events.Next("message");
        var state = await events.Next("state");
        (await customer.Caller.Post("/support/conversation/messages", new { text = "And how do I restore it?" })).Expect(202);
        var said = await events.Next(e => e.IsText("And how do I restore it?"));
        var answer = await events.Next(e => e.Name == "message" && e.Data.GetProperty("author").GetString() == "assistant");

        Assert.Equal((1L, 1L), (first.Id!.Value, first.Data.GetProperty("sequence").GetInt64()));
        Assert.Null(state.Id);
        Assert.Equal("assistant", state.Data.GetProperty("held_by").GetString());
        Assert.True(said.Id < answer.Id);
        Assert.Equal(Enumerable.Range(1, events.Ids.Count()).Select(i => (long)i), events.Ids);
        await events.Latest("state", e => Version(e) > Version(state) && !e.Data.GetProperty("working").GetBoolean());

        static long Version(ServerEvent e) => e.Data.GetProperty("version").GetInt64();
    }

    [Fact]
    public async Task What_the_assistant_does_is_told_while_it_works()
    {
        var customer = await silo.NewCustomer();
        await customer.Settled();
        using var events = await EventReader.Open(customer.Caller, Events);
        await events.Next("state");

        (await customer.Caller.Post("/support/conversation/messages", new { text = "How does an operator sign in to the console?" })).Expect(202);

        var status = await events.Next("status");
        Assert.Null(status.Id);
        Assert.NotEqual("", status.Data.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Reader_who_comes_back_gets_exactly_what_they_missed()
    {
        var (customer, ana) = (await silo.NewCustomer(), await silo.NewOperator());
        (await ana.Caller.Put($"{customer.Inbox}/handoff")).Expect(200);
        for (var i = 0; i < 10; i++)
            (await ana.Caller.Post($"{customer.Inbox}/messages", new { text = $"Step {i}" })).Expect(202);
        long[] all;
        using (var events = await EventReader.Open(customer.Caller, Events))
        {
            await events.Next(e => e.IsText("Step 9"));
            all = [.. events.Ids];
        }

        foreach (var last in all[..^1])
        {
            using var byHeader = await EventReader.Open(customer.Caller, Events, ("Last-Event-ID", $"{last}"));
            using var byQuery = await EventReader.Open(customer.Caller, $"{Events}?after={last}");
            await byHeader.Next(e => e.IsText("Step 9"));
            await byQuery.Next(e => e.IsText("Step 9"));
            Assert.Equal(all.Where(id => id > last), byHeader.Ids);
            Assert.Equal(all.Where(id => id > last), byQuery.Ids);
        }
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999999999")]
    [InlineData("1; drop table messages")]
    [InlineData("")]
    public async Task Strange_last_event_id_starts_from_the_beginning(string last)
    {
        var customer = await silo.NewCustomer();
        using var events = await EventReader.Open(customer.Caller, Events, ("Last-Event-ID", last));

        Assert.Equal(1, (await events.Next("message")).Id);
    }

    [Fact]
    public async Task Last_event_id_beyond_the_end_brings_the_state_alone()
    {
        var customer = await silo.NewCustomer();
        await customer.Settled();
        using var events = await EventReader.Open(customer.Caller, Events, ("Last-Event-ID", $"{long.MaxValue}"));

        Assert.Equal("state", (await events.Next(_ => true)).Name);
    }

    [Fact]
    public async Task Operators_stream_has_notes_and_the_customers_has_not()
    {
        var (customer, ana) = (await silo.NewCustomer(), await silo.NewOperator());
        (await ana.Caller.Put($"{customer.Inbox}/handoff")).Expect(200);
        using var own = await EventReader.Open(customer.Caller, Events);
        using var operators = await EventReader.Open(ana.Caller, $"{customer.Inbox}/events");

        (await ana.Caller.Post($"{customer.Inbox}/notes", new { text = "Calls every week." })).Expect(202);
        (await ana.Caller.Post($"{customer.Inbox}/messages", new { text = "I am looking into it." })).Expect(202);

        var note = await operators.Next(e => e.IsText("Calls every week."));
        Assert.Equal("note", note.Data.GetProperty("kind").GetString());
        await operators.Next(e => e.IsText("I am looking into it."));
        await own.Next(e => e.IsText("I am looking into it."));
        Assert.DoesNotContain(own.Read, e => e.Data.GetRawText().Contains("every week", StringComparison.Ordinal) || e.Data.TryGetProperty("sentiment", out _) || e.Data.TryGetProperty("rule", out _));
    }

    [Fact]
    public async Task Takeover_and_hand_back_are_seen_at_once()
    {
        var (customer, ana) = (await silo.NewCustomer(), await silo.NewOperator());
        await customer.Settled();
        using var events = await EventReader.Open(customer.Caller, Events);

        (await ana.Caller.Put($"{customer.Inbox}/handoff")).Expect(200);
        var taken = await events.Next(e => e.Name == "state" && e.Data.GetProperty("held_by").GetString() == "operator");
        (await ana.Caller.Delete($"{customer.Inbox}/handoff")).Expect(200);
        await events.Next(e => e.Name == "state" && e.Data.GetProperty("held_by").GetString() == "assistant");

        Assert.Equal(ana.Name, taken.Data.GetProperty("operator").GetString());
    }

    [Fact]
    public async Task Queue_tells_when_someone_waits_and_when_they_are_taken()
    {
        var (customer, ana) = (await silo.NewCustomer(), await silo.NewOperator());
        await customer.Settled();
        using var queue = await EventReader.Open(ana.Caller, "/api/events");
        var before = (await queue.Next("queue")).Data.GetProperty("waiting").GetInt32();

        (await customer.Caller.Put("/support/conversation/escalation")).Expect(200);
        var waits = await queue.Next(e => Conversation(e) == customer.Id.ToString());
        (await ana.Caller.Put($"{customer.Inbox}/handoff")).Expect(200);
        await queue.Next(e => Conversation(e) != customer.Id.ToString());

        Assert.True(waits.Data.GetProperty("waiting").GetInt32() > 0, $"{before} waited before");
        var conversation = waits.Data.GetProperty("conversation");
        Assert.Equal(("Backup of the data", "person_requested", "normal"), (
            conversation.GetProperty("subject").GetString(), conversation.GetProperty("reason").GetString(), conversation.GetProperty("urgency").GetString()));

        static string? Conversation(ServerEvent e) => e.Data.TryGetProperty("conversation", out var found) ? found.GetProperty("id").GetString() : null;
    }

    [Fact]
    public async Task Revoked_operators_streams_end()
    {
        var (customer, ana) = (await silo.NewCustomer(), await silo.NewOperator());
        using var conversation = await EventReader.Open(ana.Caller, $"{customer.Inbox}/events");
        using var queue = await EventReader.Open(ana.Caller, "/api/events");
        using var customers = await EventReader.Open(customer.Caller, Events);

        Assert.True(await silo.Service<IOperatorDirectory>().Revoke(ana.Name, default));

        await Assert.ThrowsAsync<EndOfStreamException>(() => conversation.Next("nothing of this name"));
        await Assert.ThrowsAsync<EndOfStreamException>(() => queue.Next("nothing of this name"));
        (await customer.Caller.Post("/support/conversation/messages", new { text = "Still here?" })).Expect(202);
        await customers.Next(e => e.IsText("Still here?"));
    }

    [Fact]
    public async Task Nobody_is_watched_for_once_the_reader_has_left()
    {
        var live = (LiveSignals)silo.Service<ILiveSignals>();
        await Eventually.Is(() => live.Watched == 0);
        var (customer, ana) = (await silo.NewCustomer(), await silo.NewOperator());
        var readers = new List<EventReader>();
        foreach (var (caller, path) in ((Caller, string)[])[(customer.Caller, Events), (ana.Caller, $"{customer.Inbox}/events"), (ana.Caller, "/api/events")])
            readers.Add(await EventReader.Open(caller, path));
        Assert.Equal(2, live.Watched);   // One conversation, however many watch it, and the queue.

        readers.ForEach(reader => reader.Dispose());

        await Eventually.Is(() => live.Watched == 0);
    }

    [Fact]
    public async Task Streams_end_when_the_silo_stops()
    {
        await using var own = await RunningSilo.Start();
        var customer = await own.NewCustomer();
        using var events = await EventReader.Open(customer.Caller, Events);
        await events.Next("state");

        var ended = Assert.ThrowsAnyAsync<IOException>(() => events.Next("nothing of this name"));
        await own.Stop();

        await ended;
    }
}
