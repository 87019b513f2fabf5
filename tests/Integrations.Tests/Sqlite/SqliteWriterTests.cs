using FteAgent.Conversations;
using FteAgent.Testing;

namespace FteAgent.Sqlite;

/// <summary>Group commit: many writes, one wait for the disk, and each its own result.</summary>
public sealed class SqliteWriterTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly SqliteRecord record;

    public SqliteWriterTests()
    {
        record = new(new() { Path = folder.File("fte.db"), QueuedWrites = 50 }, new FakeTime());
        Note("create table notes (text text not null unique, parent text references notes (text) deferrable initially deferred) strict").GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        record.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Writes_that_wait_together_share_one_transaction()
    {
        await Together(Enumerable.Range(0, 20).Select(i => Insert($"{i}")).ToArray());

        Assert.Equal(20, await Count());
    }

    [Fact]
    public async Task Failing_member_harms_none_of_the_others()
    {
        var writes = await Together(Insert("a"), Insert("b"), Insert("a"), InsertThenThrow("c"), Insert("d"), TakeBack("e"));

        Assert.Null(writes[0].Exception);
        Assert.NotNull(writes[2].Exception);
        Assert.IsType<InvalidTimeZoneException>(writes[3].Exception!.InnerException);
        Assert.Null(writes[5].Exception);   // Its result stands, its changes do not.
        Assert.Equal(["a", "b", "d"], await Notes());
    }

    [Fact]
    public async Task When_the_transaction_fails_as_a_whole_each_is_tried_alone()
    {
        // A missing parent is found only when the transaction ends.
        var writes = await Together(expectOneTransaction: false, Insert("a"), Insert("b", parent: "nobody"), Insert("c", parent: "a"));

        Assert.Null(writes[0].Exception);
        Assert.NotNull(writes[1].Exception);
        Assert.Null(writes[2].Exception);
        Assert.Equal(["a", "c"], await Notes());
    }

    [Fact]
    public async Task Member_that_ends_the_transaction_harms_none_of_the_others()
    {
        var writes = await Together(expectOneTransaction: false, Insert("a"), Execute("insert or rollback into notes (text) values ('a')"), Insert("c"));

        Assert.Null(writes[0].Exception);
        Assert.NotNull(writes[1].Exception);
        Assert.Equal(["a", "c"], await Notes());
    }

    [Fact]
    public async Task Waiting_write_can_be_cancelled_and_a_begun_one_is_finished()
    {
        using var cancellation = new CancellationTokenSource();
        using var hold = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        var first = Task.Run(() => record.Write(
            session =>
            {
                begun.Set();
                hold.Wait();
                session.Run("insert into notes (text) values ('begun')");
                return 0;
            },
            cancellation.Token));
        begun.Wait();
        var second = record.Write(Insert("waiting"), cancellation.Token);
        var third = record.Write(Insert("not cancelled"), default);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        hold.Set();

        await Task.WhenAll(first, third);
        Assert.Equal(["begun", "not cancelled"], await Notes());
    }

    [Fact]
    public async Task Full_queue_makes_callers_wait_for_room()
    {
        using var hold = new ManualResetEventSlim();
        var first = record.Write(Hold(hold), default);
        var queued = Enumerable.Range(0, 200).Select(i => record.Write(Insert($"{i:D3}"), default)).ToList();
        Assert.All(queued, write => Assert.False(write.IsCompleted));
        using var impatient = new CancellationTokenSource();
        var cancelled = record.Write(Insert("impatient"), impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);

        hold.Set();

        await Task.WhenAll([first, .. queued]);
        Assert.Equal(200, await Count());
    }

    [Fact]
    public async Task What_waits_when_the_record_closes_is_written_and_what_comes_later_refused()
    {
        using var hold = new ManualResetEventSlim();
        var first = record.Write(Hold(hold), default);
        var waiting = record.Write(Insert("waiting"), default);
        var closing = Task.Run(record.Dispose);
        hold.Set();
        await Task.WhenAll(first, waiting, closing);

        await Assert.ThrowsAsync<RecordUnavailableException>(() => record.Write(Insert("late"), default));
        await Assert.ThrowsAsync<RecordUnavailableException>(() => record.Read(_ => 0, default));
        Assert.Equal(1L, SqliteFacts.Scalar<long>(folder.File("fte.db"), "select count(*) from notes"));
    }

    [Fact]
    public async Task While_another_has_the_file_all_who_wait_are_told_together()
    {
        var patience = TimeSpan.FromSeconds(1);
        using var impatient = new SqliteRecord(new() { Path = folder.File("fte.db"), BusyTimeout = patience }, new FakeTime());
        await record.Write(
            _ =>
            {
                // The writer of this record holds the file for as long as this turn lasts.
                var watch = System.Diagnostics.Stopwatch.StartNew();
                var writes = Enumerable.Range(0, 20).Select(i => impatient.Write(Insert($"{i}"), default)).ToArray();
                Assert.All(writes, write => Assert.Throws<RecordUnavailableException>(() => write.GetAwaiter().GetResult()));
                Assert.True(watch.Elapsed < patience * 10, $"{writes.Length} writes waited {watch.Elapsed} in all.");
                return 0;
            },
            default);

        await impatient.Write(Insert("later"), default);
        Assert.Equal(["later"], await Notes());
    }

    [Fact]
    public async Task Full_disk_is_told_as_an_unavailable_record_and_passes_when_there_is_room()
    {
        await Note("pragma max_page_count = 1");   // SQLite takes it for: no page more than there are.
        var big = new string('x', 1_000_000);
        await Assert.ThrowsAsync<RecordUnavailableException>(() => record.Write(Insert(big), default));

        await Note("pragma max_page_count = 1000000");
        await record.Write(Insert(big), default);

        Assert.Equal(1, await Count());
    }

    private Task<Task<int>[]> Together(params Func<SqliteSession, int>[] writes) => Together(expectOneTransaction: true, writes);

    /// <summary>Holds the writer until all are queued, so that they make one group whatever the machine is doing.</summary>
    private async Task<Task<int>[]> Together(bool expectOneTransaction, params Func<SqliteSession, int>[] writes)
    {
        using var hold = new ManualResetEventSlim();
        var first = record.Write(Hold(hold), default);
        var before = record.Writer.Transactions;
        var tasks = writes.Select(write => record.Write(write, default)).ToArray();
        hold.Set();
        await first;
        await Task.WhenAll(tasks).ContinueWith(_ => { }, TaskScheduler.Default);
        if (expectOneTransaction)
            Assert.InRange(record.Writer.Transactions - before, 1, 2);   // The holder's own, and theirs.
        return tasks;
    }

    private static Func<SqliteSession, int> Hold(ManualResetEventSlim hold) => _ =>
    {
        hold.Wait();
        return 0;
    };

    private static Func<SqliteSession, int> Insert(string text, string? parent = null) => session =>
        session["insert into notes (text, parent) values ($text, $parent)"].Set("$text", text).Set("$parent", parent).Execute();

    private static Func<SqliteSession, int> Execute(string sql) => session => session[sql].Execute();

    private static Func<SqliteSession, int> InsertThenThrow(string text) => session =>
    {
        Insert(text)(session);
        throw new InvalidTimeZoneException();
    };

    private static Func<SqliteSession, int> TakeBack(string text) => session =>
    {
        session.TakeBack();
        return Insert(text)(session);
    };

    private Task<int> Note(string sql) => record.Write(Execute(sql), default);

    private Task<int> Count() => record.Read(session => session["select count(*) from notes"].First(row => row.Int(), 0), default);

    private Task<List<string>> Notes() => record.Read(session => session["select text from notes order by text"].List(row => row.Text()), default);
}
