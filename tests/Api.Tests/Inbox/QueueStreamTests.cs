using FteAgent.Api.Hosting;
using FteAgent.Api.Live;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.InProcess;
using FteAgent.Operators;
using FteAgent.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace FteAgent.Api.Inbox;

[Collection(SiloCollection.Name)]
public sealed class QueueStreamTests(SiloFixture fixture)
{
    [Fact]
    public async Task However_much_is_committed_a_console_looks_at_the_list_four_times_a_second_at_most()
    {
        var (silo, time, inbox) = (fixture.Silo, new FakeTime(), new CountingInbox());
        var live = new LiveSignals(time);
        var ana = await silo.NewOperator();
        using var leaving = new CancellationTokenSource();
        var context = new DefaultHttpContext { RequestAborted = leaving.Token };
        context.Request.Headers.Authorization = $"Bearer {ana.Key}";
        var stream = new QueueStream(inbox, silo.Service<IOperatorDirectory>(), live, silo.Service<StreamMetrics>(), time, silo.Service<IHostApplicationLifetime>()).Run(context);
        await Eventually.Is(() => inbox.Looks == 1);

        for (var i = 0; i < 100; i++)
        {
            live.Wake(new CustomerId(Guid.NewGuid()));
            await Task.Delay(1);
        }

        Assert.Equal(1, inbox.Looks);
        await Eventually.Is(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(250));
            return inbox.Looks > 1;
        });
        await leaving.CancelAsync();
        await stream;
    }

    /// <summary>A list on which nobody waits.</summary>
    private sealed class CountingInbox : IInboxQueries
    {
        private int looks;

        public int Looks => Volatile.Read(ref looks);

        public Task<InboxPage> List(bool needsPerson, int limit, string? cursor, CancellationToken cancellationToken) => Task.FromResult(new InboxPage([], null));

        public Task<WaitingForPerson> Waiting(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref looks);
            return Task.FromResult(new WaitingForPerson(0, null));
        }
    }
}
