using System.Collections.Concurrent;
using System.Text;
using FteAgent.Api.Hosting;
using FteAgent.Api.Inbox;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.InProcess;
using FteAgent.Operators;
using FteAgent.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace FteAgent.Api.Live;

/// <summary>No stream is silent for longer than fifteen seconds, whatever it waits for.</summary>
[Collection(SiloCollection.Name)]
public sealed class HeartbeatTests(SiloFixture fixture)
{
    private const string Beat = ": still here\n\n";
    private readonly FakeTime time = new();
    private readonly RunningSilo silo = fixture.Silo;

    [Fact]
    public async Task Stream_whose_owner_waits_for_ever_shows_that_it_lives()
    {
        var (context, wire) = Connect();
        await using var stream = new EventStream(context, time);
        await stream.Open();

        await Pass(TimeSpan.FromMinutes(2), wire);

        Assert.Equal(8, wire.Written.Count(text => text == Beat));
    }

    [Fact]
    public async Task What_is_sent_counts_as_a_sign_of_life()
    {
        var (context, wire) = Connect();
        await using var stream = new EventStream(context, time);
        await stream.Open();
        for (var i = 0; i < 20; i++)
        {
            await Pass(TimeSpan.FromSeconds(14), wire);
            await stream.Send("status", new { text = "reading" });
        }

        Assert.DoesNotContain(Beat, wire.Written);
    }

    [Fact]
    public async Task Events_and_heartbeats_do_not_stand_in_each_others_midst()
    {
        var (context, wire) = Connect(slow: true);
        await using var stream = new EventStream(context, time);
        await stream.Open();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            time.Advance(TimeSpan.FromSeconds(15));
            await stream.Send("message", new { text = new string('x', 500) }, $"{i}");
        }));

        Assert.All(string.Concat(wire.Written).Split("\n\n", StringSplitOptions.RemoveEmptyEntries), each =>
            Assert.True(each[0] == ':' ? !each.Contains('\n', StringComparison.Ordinal) : each.Split('\n').Length == 3, each));
    }

    [Fact]
    public async Task Nothing_is_written_after_the_end()
    {
        var (context, wire) = Connect();
        var stream = new EventStream(context, time);
        await stream.Open();
        await stream.DisposeAsync();

        time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal([": open\n\n"], wire.Written);
        Assert.Equal(0, time.Waiting);
    }

    [Fact]
    public async Task Conversation_that_is_signalled_each_second_and_never_changes_is_not_silent()
    {
        var customer = await silo.NewCustomer();
        await customer.Settled();
        var (context, wire) = Connect();
        var live = new LiveSignals(time);
        using var leaving = new CancellationTokenSource();
        context.RequestAborted = leaving.Token;
        var stream = new ConversationStream(
                silo.Service<IConversationStore>(), silo.Service<IIdentities>(), silo.Service<MessageCompanions>(), silo.Service<IOperatorDirectory>(), live,
                silo.Service<StreamMetrics>(), time, silo.Service<IHostApplicationLifetime>())
            .RunForCustomer(context, FollowedConversation.Of(customer.Id));
        await Eventually.Is(() => wire.Written.Any(text => text.StartsWith("event: state", StringComparison.Ordinal)));

        await Pass(TimeSpan.FromSeconds(65), wire, () => live.Wake(customer.Id));

        Assert.Equal(4, wire.Written.Count(text => text == Beat));
        await leaving.CancelAsync();
        await stream;
    }

    [Fact]
    public async Task Queue_whose_record_does_not_answer_is_not_silent()
    {
        var ana = await silo.NewOperator();
        var (context, wire) = Connect();
        using var leaving = new CancellationTokenSource();
        context.RequestAborted = leaving.Token;
        context.Request.Headers.Authorization = $"Bearer {ana.Key}";
        var stream = new QueueStream(new HangingInbox(), silo.Service<IOperatorDirectory>(), new LiveSignals(time), silo.Service<StreamMetrics>(), time, silo.Service<IHostApplicationLifetime>()).Run(context);
        await Eventually.Is(() => !wire.Written.IsEmpty);

        await Pass(TimeSpan.FromSeconds(65), wire);

        Assert.Equal(4, wire.Written.Count(text => text == Beat));
        await leaving.CancelAsync();
        await stream;
    }

    /// <summary>Lets time pass by the second, and after each waits for what is due by then.</summary>
    private async Task Pass(TimeSpan span, Wire wire, Action? eachSecond = null)
    {
        for (var left = span; left > TimeSpan.Zero; left -= TimeSpan.FromSeconds(1))
        {
            eachSecond?.Invoke();
            await time.WhenWaiting();
            time.Advance(TimeSpan.FromSeconds(1));
            await Eventually.Is(() => time.GetUtcNow() - wire.LastAt < EventStream.Heartbeat);
        }
    }

    private (DefaultHttpContext Context, Wire Wire) Connect(bool slow = false)
    {
        var wire = new Wire(time, slow);
        return (new DefaultHttpContext { Response = { Body = wire } }, wire);
    }

    /// <summary>What goes over the wire, and when it last did.</summary>
    private sealed class Wire(TimeProvider time, bool slow) : MemoryStream
    {
        private long lastAt = time.GetUtcNow().UtcTicks;

        public ConcurrentQueue<string> Written { get; } = new();

        public DateTimeOffset LastAt => new(Volatile.Read(ref lastAt), TimeSpan.Zero);

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (slow)
                await Task.Yield();
            Written.Enqueue(Encoding.UTF8.GetString(buffer.Span));
            Volatile.Write(ref lastAt, time.GetUtcNow().UtcTicks);
        }
    }

    private sealed class HangingInbox : IInboxQueries
    {
        public Task<InboxPage> List(bool needsPerson, int limit, string? cursor, CancellationToken cancellationToken) => Task.FromResult(new InboxPage([], null));

        public async Task<WaitingForPerson> Waiting(CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return new(0, null);
        }
    }
}
