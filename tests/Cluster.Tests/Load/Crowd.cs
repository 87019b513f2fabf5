using System.Collections.Immutable;
using FteAgent.Cluster.History;
using FteAgent.Cluster.Silos;

namespace FteAgent.Cluster.Load;

/// <summary>How large a crowd is and how busy.</summary>
internal sealed record CrowdOptions
{
    public int Customers { get; init; } = 200;

    /// <summary>How many customers have the page open and follow live.</summary>
    public int Readers { get; init; } = 40;

    public int Operators { get; init; } = 2;

    /// <summary>How long a customer waits between two acts.</summary>
    public (TimeSpan Shortest, TimeSpan Longest) Pause { get; init; } = (TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(15));
}

/// <summary>Everybody who uses a fleet at once: customers, their open pages, operators. What they were told is in <see cref="Happenings"/>.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    // Well below the 90 s after which an exchange that everybody forgot is found by its due time: that must not pass for settled.
    private static readonly TimeSpan SettleWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan CatchUpWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Fleet fleet;
    private readonly int seed;
    private readonly CancellationTokenSource leaving = new();
    private readonly CancellationTokenSource closing = new();
    private readonly ImmutableArray<CustomerAtWork> customers;
    private readonly ImmutableArray<ReaderAtWork> readers;
    private readonly ImmutableArray<OperatorAtWork> operators;
    private readonly Task working;
    private readonly Task reading;

    private Crowd(Fleet fleet, int seed, CrowdOptions options, ImmutableArray<string> operatorKeys)
    {
        this.fleet = fleet;
        this.seed = seed;
        Balancer = new(() => fleet.Silos);
        Client = new(Balancer);
        customers = [.. Enumerable.Range(0, options.Customers).Select(number => new CustomerAtWork(number, seed, Client, Happenings, options.Pause))];
        readers = [.. Enumerable.Range(0, options.Readers).Select(number => new ReaderAtWork(number, seed, Balancer, Happenings))];
        operators = [.. operatorKeys.Select((key, number) => new OperatorAtWork(number, key, seed, Client, Happenings))];
        working = Task.WhenAll([
            .. customers.Select(customer => Task.Run(() => customer.Run(leaving.Token))),
            .. operators.Select(@operator => Task.Run(() => @operator.Run(leaving.Token)))]);
        reading = Task.WhenAll(readers.Select((reader, number) => Task.Run(() => Open(reader, customers[number * customers.Length / readers.Length]))));
    }

    public Happenings Happenings { get; } = new();

    public Balancer Balancer { get; }

    public FleetClient Client { get; }

    /// <summary>Ends when somebody was answered as nobody should be.</summary>
    public Task Working => working;

    public static async Task<Crowd> Enter(Fleet fleet, int seed, CrowdOptions options)
    {
        var keys = new List<string> { Fleet.OperatorKey };
        while (keys.Count < options.Operators)
            keys.Add(await fleet.Command("operators", "add", $"Operator {keys.Count + 1}"));
        return new(fleet, seed, options, [.. keys.Take(options.Operators)]);
    }

    /// <summary>Everybody ends what they began; then the fleet has its time to settle, and the judge looks at all of it.</summary>
    public async Task<Verdict> Leave()
    {
        await leaving.CancelAsync();
        await working;
        // First without anybody's help: a person who settles a conversation would hide that it was stuck.
        foreach (var left in Stoppages.OfConversations(await Settled()))
            Happenings.Add(new Undone(left.Conversation, left.What));
        foreach (var someone in operators)
            while (await someone.Settle())
            {
            }

        var last = LastShown(await Settled());
        foreach (var customer in customers.Where(customer => customer.Token is not null))
            await customer.Read(last.GetValueOrDefault(customer.Conversation!));
        await CaughtUp(last);
        await closing.CancelAsync();
        await reading;
        foreach (var post in fleet.Sink.Received)
            Happenings.Add(new Arrival(post.Id, post.Body));
        return Judge.Of(Happenings, await RecordReader.Read(fleet.Database.Url));
    }

    public async ValueTask DisposeAsync()
    {
        await leaving.CancelAsync();
        await closing.CancelAsync();
        await Task.WhenAll(working, reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Balancer.DisposeAsync();
        Client.Dispose();
        foreach (var reader in readers)
            reader.Dispose();
    }

    private async Task Open(ReaderAtWork reader, CustomerAtWork customer)
    {
        while (customer.Conversation is null && !closing.IsCancellationRequested)
            await Task.Delay(LookEvery / 10);
        if (customer.Conversation is { } conversation)
            await reader.Run(conversation, customer.Token!, closing.Token);
    }

    /// <summary>Waits until nothing is left undone, or time is up: what is left then is stuck.</summary>
    private async Task<StoredRecord> Settled()
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var record = await RecordReader.Read(fleet.Database.Url);
            if (!Stoppages.OfConversations(record).Any() || TimeProvider.System.GetElapsedTime(since) > SettleWithin)
                return record;
            await Task.Delay(LookEvery);
        }
    }

    private static Dictionary<string, long> LastShown(StoredRecord record) => record.Messages.Where(message => message.Kind != "note")
        .GroupBy(message => message.Conversation).ToDictionary(messages => messages.Key, messages => messages.Max(message => message.Sequence));

    /// <summary>Gives the open pages time to show the last answers.</summary>
    private async Task CaughtUp(Dictionary<string, long> last)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(since) < CatchUpWithin && readers.Any(reader => reader.Conversation is { } conversation && reader.LastSequence < last.GetValueOrDefault(conversation)))
            await Task.Delay(LookEvery);
        foreach (var reader in readers.Where(reader => reader.Conversation is not null))
            Happenings.Add(new Whole(reader.Conversation!, reader.Name, last.GetValueOrDefault(reader.Conversation!)));
    }
}
