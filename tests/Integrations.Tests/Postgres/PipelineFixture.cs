using System.Diagnostics.Metrics;
using FteAgent.Conversations;
using FteAgent.Record;
using FteAgent.Testing;
using Npgsql;

namespace FteAgent.Postgres;

/// <summary>A database with a record, and further pipelines to it with limits of the test's own.</summary>
internal sealed class PipelineFixture : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> opened = [];

    private PipelineFixture(TestDatabase database)
    {
        Database = database;
        var time = new FakeTime();
        var services = PostgresTestRecord.Services(database.Options, time);
        Record = new(services, time, services.DisposeAsync);
    }

    public TestDatabase Database { get; }

    public TestRecord Record { get; }

    public static async Task<PipelineFixture> Create(PostgresServer? server = null) => new(await (server ?? await PostgresServer.Shared).NewDatabase());

    /// <summary>A pipeline as another silo would have it.</summary>
    public CommitPipeline Pipeline(CommitLimits limits)
    {
        var source = new PostgresSource(Database.Options);
        var pipeline = new CommitPipeline(source.Work, limits, TimeProvider.System);
        opened.Add(pipeline);
        opened.Add(source);
        return pipeline;
    }

    /// <summary>A conversation with one message.</summary>
    public async Task<Conversation> Started() => await Record.Commit(In(await Record.NewConversation()).Opens("Matter").CustomerSays("One."));

    public Act In(Conversation conversation) => new(conversation, Record.Now);

    /// <summary>Holds a conversation's row, so that whoever commits to it waits until it is let go.</summary>
    public async Task<IAsyncDisposable> Hold(Conversation conversation)
    {
        var connection = new NpgsqlConnection(Database.Url);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"begin; select 1 from fte.conversations where customer_id = '{conversation.Customer}' for update", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>Occupies a pipeline's only lane, so that what is committed meanwhile waits together; letting go sends it.</summary>
    public async Task<(IAsyncDisposable Held, Task<CommitOutcome> First)> Occupy(CommitPipeline pipeline)
    {
        var conversation = await Started();
        var held = await Hold(conversation);
        var first = pipeline.Commit(In(conversation).CustomerSays("First.").Changes(), default);
        await Until(() => Task.FromResult(pipeline.Waiting == 0));
        return (held, first);
    }

    /// <summary>In how many transactions the latest messages of these were written.</summary>
    public Task<long> TransactionsOf(params Conversation[] conversations) => Database.Scalar<long>($"""
        select count(distinct xmin::text) from fte.messages m
        where customer_id in ({string.Join(", ", conversations.Select(c => $"'{c.Customer}'"))})
            and sequence = (select last_sequence from fte.conversations c where c.customer_id = m.customer_id)
        """);

    public static async Task Until(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await holds())
            await Task.Delay(5, limit.Token);
    }

    /// <summary>Counts what this process asks of this database, as the driver tells it.</summary>
    public async Task<long> RoundTrips(Func<Task> work)
    {
        var name = new NpgsqlConnectionStringBuilder(Database.Url).Database!;
        var count = 0L;
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument is { Meter.Name: "Npgsql", Name: "db.client.operation.duration" })
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            foreach (var tag in tags)
                if (tag.Value?.ToString()?.Contains(name, StringComparison.Ordinal) == true)
                {
                    Interlocked.Increment(ref count);
                    return;
                }
        });
        listener.Start();
        await work();
        return Interlocked.Read(ref count);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in opened)
            await one.DisposeAsync();
        await Record.DisposeAsync();
        await Database.DisposeAsync();
    }
}
