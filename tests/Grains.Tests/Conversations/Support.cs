using FteAgent.Answering;
using FteAgent.Customers;
using FteAgent.Health;
using FteAgent.Knowledge;
using FteAgent.Operators;
using FteAgent.Sqlite;
using FteAgent.Testing;
using FteAgent.Tickets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;

namespace FteAgent.Conversations;

/// <summary>
/// One silo on the record that ships (a SQLite file of its own), with a clock that tests move, a model that tests script, and a
/// receiver of escalations that tests read. Words here are the product's: customers ask, operators claim.
/// </summary>
internal sealed class Support : IAsyncDisposable
{
    /// <summary>How long a condition may take on a busy machine before it counts as never.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>More than a sweep's second, far less than any promise.</summary>
    private static readonly TimeSpan Nudge = TimeSpan.FromSeconds(1.1);

    private static readonly TimeSpan LastStep = TimeSpan.FromSeconds(1);

    private readonly string folder;
    private readonly bool ownsFolder;
    private readonly Action<IServiceCollection>? configure;
    private InProcessTestCluster? cluster;

    private Support(string? folder, FakeTime time, Action<IServiceCollection>? configure)
    {
        ownsFolder = folder is null;
        this.folder = folder ?? Directory.CreateTempSubdirectory("fte-grains-").FullName;
        this.configure = configure;
        Time = time;
    }

    public static Operator Ana { get; } = new(Guid.Parse("00000000-0000-0000-0000-00000000000a"), "Ana");

    public static Operator Ben { get; } = new(Guid.Parse("00000000-0000-0000-0000-00000000000b"), "Ben");

    public FakeTime Time { get; }

    public ScriptedModel Model { get; } = new();

    public EscalationReceiver Escalations { get; } = new();

    public IServiceProvider Silo => cluster!.GetSiloServiceProvider();

    public IConversationStore Store => Silo.GetRequiredService<IConversationStore>();

    public IOutbox Outbox => Silo.GetRequiredService<IOutbox>();

    public ConversationContext Context => Silo.GetRequiredService<ConversationContext>();

    /// <summary>Opens for business.</summary>
    public static async Task<Support> Open(Action<IServiceCollection>? configure = null, FakeTime? time = null, string? folder = null)
    {
        var support = new Support(folder, time ?? new FakeTime(), configure);
        await support.Start();
        return support;
    }

    /// <summary>The silo is gone without a word, and another run starts on the same record.</summary>
    public async Task CrashAndRestart()
    {
        await cluster!.KillSiloAsync(cluster.Silos[0]);
        await cluster.DisposeAsync();
        await Start();
    }

    public async Task<CustomerId> NewCustomer(string name = "Mira") =>
        await Silo.GetRequiredService<ICustomerDirectory>().Resolve(
            new(IdentifierKind.WebSession, $"test:{Guid.NewGuid():N}", true), new(name), CancellationToken.None);

    public IConversationGrain Grain(CustomerId customer) => cluster!.Client.GetGrain<IConversationGrain>(customer.ToString());

    /// <summary>The conversation's life in memory.</summary>
    public IGrainContext Activation(CustomerId customer)
    {
        Assert.True(cluster!.TryGetGrainContext(Grain(customer).GetGrainId(), out var context));
        return context!;
    }

    public Task<Accepted> Write(CustomerId customer, string text, string? key = null, SupportForm? form = null)
    {
        TestLogs.Secret(text);
        return Grain(customer).Accept(
            new(MessageId.Mint(Time), TicketId.Mint(Time), Channel.Web, $"{customer}/{key ?? Guid.NewGuid().ToString()}", text, Time.GetUtcNow(), form, []));
    }

    /// <summary>Writes by another channel than our own pages.</summary>
    public Task<Accepted> WriteBy(Channel channel, CustomerId customer, string text, string? subject = null, string? automatic = null)
    {
        TestLogs.Secret(text);
        return Grain(customer).Accept(
            new(MessageId.Mint(Time), TicketId.Mint(Time), channel, Guid.NewGuid().ToString(), text, Time.GetUtcNow(), null, [], subject, automatic));
    }

    /// <summary>Writes, lets the burst settle, and waits until the exchange is decided.</summary>
    public async Task<Conversation> Ask(CustomerId customer, string text)
    {
        await Write(customer, text);
        return await Settled(customer);
    }

    /// <summary>Lets bursts settle until nothing is being answered.</summary>
    public async Task<Conversation> Settled(CustomerId customer)
    {
        Time.Advance(Context.Options.Settle);
        return await Until(customer, conversation => conversation.Exchange is null);
    }

    public Task<Conversation> Load(CustomerId customer) => Store.Load(customer, CancellationToken.None);

    public async Task<Conversation> Until(CustomerId customer, Func<Conversation, bool> condition)
    {
        Conversation? last = null;
        await Until(async () => condition(last = await Load(customer)), () => last?.ToString());
        return last!;
    }

    /// <summary>Lets a burst settle and waits until the model has begun to draft it.</summary>
    public async Task Drafting(Task begun)
    {
        Time.Advance(Context.Options.Settle);
        await Until(() => Task.FromResult(begun.IsCompleted));
    }

    /// <summary>
    /// Lets much time pass at once. After such a leap the silo has not been seen for longer than <see cref="IDutyRoster.UnseenAfter"/>, and what
    /// it is sending would be sent again. So everything gets its mark before, and the silo is seen once more just before the end, when the next
    /// falls due.
    /// </summary>
    public async Task Leap(TimeSpan by)
    {
        await NothingWaits();
        Time.Advance(by - LastStep);
        await Silo.GetRequiredService<IDutyRoster>().Renew(Silo.GetRequiredService<SiloIncarnation>().Value, CancellationToken.None);
        Time.Advance(LastStep);
    }

    /// <summary>Waits until everything that was decided is sent, or given up for good.</summary>
    public Task NothingWaits() => Until(async () => (await Silo.GetRequiredService<IBacklogQueries>().Read(CancellationToken.None)).Unsent == 0);

    /// <summary>
    /// Waits for a condition, for as long as it takes within reason. Time goes on a little meanwhile: what reads the clock before a
    /// test moves it and sets its timer after would otherwise wait for a moment that has passed.
    /// </summary>
    public async Task Until(Func<Task<bool>> condition, Func<string?>? describe = null)
    {
        using var limit = new CancellationTokenSource(Patience);
        for (var polls = 1; !await condition(); polls++)
        {
            if (limit.IsCancellationRequested)
                Assert.Fail($"It never happened. {describe?.Invoke()}");
            await Task.Delay(5);
            if (polls % 20 == 0)
                Time.Advance(Nudge);
        }
    }

    public static IEnumerable<Message> Replies(Conversation conversation) =>
        conversation.Recent.Where(message => message.Author.Kind is ActorKind.Assistant && message.Kind is MessageKind.Text);

    public async ValueTask DisposeAsync()
    {
        Model.LetGo();
        await cluster!.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (ownsFolder)
            Directory.Delete(folder, recursive: true);
    }

    private async Task Start()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddLogging(logging => logging.AddProvider(new TestLogProvider()).SetMinimumLevel(LogLevel.Debug));
            silo.Services.AddSingleton<TimeProvider>(Time);
            // The engine's own clocks (membership, response timeouts) stay real, whichever engine it is.
            silo.Services.AddKeyedSingleton<TimeProvider>(KeyedService.AnyKey, (_, _) => TimeProvider.System);
            silo.Services.AddSqliteRecord(new SqliteOptions { Path = Path.Combine(folder, "fte.db") });
            silo.Services.AddSingleton<IChatModel>(Model);
            silo.Services.AddSingleton<IChannelSender>(Escalations);
            configure?.Invoke(silo.Services);
            silo.Services.AddGrainServices();
            silo.Services.AddSingleton<IKnowledgeIndex>(provider => new GuideIndex(provider.GetRequiredService<KnowledgeIndex>()));
        });
        cluster = builder.Build();
        await cluster.DeployAsync();
    }
}
