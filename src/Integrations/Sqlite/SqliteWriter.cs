using System.Collections.Concurrent;

namespace FteAgent.Sqlite;

/// <summary>
/// The one writer of the file. Writes wait in a bounded queue; those that wait together share one transaction, and so one wait
/// for the disk (group commit). Each keeps its own result: one that fails is undone to its savepoint and harms none of the
/// others, and when the transaction as a whole fails each is tried again in a transaction of its own.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private readonly SqliteSession session;
    private readonly int groupLimit;
    private readonly SemaphoreSlim room;
    private readonly SemaphoreSlim waiting = new(0);
    private readonly ConcurrentQueue<Write> queue = new();
    private readonly Lock gate = new();
    private readonly Thread thread;
    private bool stopped;
    private bool durable = true;

    public SqliteWriter(SqliteSession session, SqliteOptions options)
    {
        this.session = session;
        groupLimit = options.GroupedWrites;
        room = new(options.QueuedWrites);

        // A thread of its own: it spends its life waiting for the disk, which no pool thread should.
        thread = new(Loop) { IsBackground = true, Name = "fte-sqlite-writer" };
        thread.Start();
    }

    /// <summary>How many transactions were committed, and so how often the disk was waited for.</summary>
    public long Transactions { get; private set; }

    /// <summary>
    /// Runs <paramref name="write"/> in a transaction and returns its result once that is committed. A caller who cancels while the write
    /// still waits has written nothing; once it has begun its result is awaited, so nobody is left in doubt.
    /// </summary>
    /// <param name="write">Reads and writes; must not touch anything else, for it may be run again.</param>
    /// <param name="durable">Whether the commit must survive a loss of power. A claim need not: its claimer dies with the machine.</param>
    /// <param name="cancellationToken">Takes back a write that has not begun.</param>
    public async Task<T> Run<T>(Func<SqliteSession, T> write, bool durable, CancellationToken cancellationToken)
    {
        await room.WaitAsync(cancellationToken).ConfigureAwait(false);
        var work = new Write<T>(write, durable);
        Enqueue(work);
        using (cancellationToken.UnsafeRegister(static (work, token) => ((Write)work!).CancelWaiting(token), work))
            return await work.Result.ConfigureAwait(false);
    }

    /// <summary>Finishes what waits, then ends. Later writes are refused.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (stopped)
                return;
            stopped = true;
        }

        waiting.Release();   // One signal more than there are writes: the sign to end.
        thread.Join();
        session.Dispose();
    }

    private void Enqueue(Write work)
    {
        lock (gate)
        {
            if (stopped)
            {
                room.Release();   // Whoever waits for room learns the same.
                throw new ObjectDisposedException(nameof(SqliteWriter));
            }

            queue.Enqueue(work);
        }

        waiting.Release();
    }

    private void Loop()
    {
        var group = new List<Write>(groupLimit);
        while (true)
        {
            waiting.Wait();
            if (!TakeOne(group))
                return;
            while (group.Count < groupLimit && !queue.IsEmpty && waiting.Wait(0))
                TakeOne(group);

            Settle(group);
            group.Clear();
        }
    }

    private bool TakeOne(List<Write> group)
    {
        if (!queue.TryDequeue(out var work))
            return false;
        room.Release();
        if (work.TryBegin())
            group.Add(work);
        return true;
    }

    private void Settle(List<Write> group)
    {
        if (group.Count == 0)
            return;
        if (TryCommit(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(group), out var begun) is not { } failure)
            return;
        // Where it could not even begin (another process has the file), no member is to blame, and each would wait as long again.
        if (group.Count == 1 || !begun)
        {
            foreach (var work in group)
                work.Fail(failure);
            return;
        }

        Span<Write> one = [null!];
        foreach (var work in group)
        {
            one[0] = work;
            if (TryCommit(one, out _) is { } ownFailure)
                work.Fail(ownFailure);
        }
    }

    private Exception? TryCommit(ReadOnlySpan<Write> members, out bool begun)
    {
        begun = false;
        try
        {
            Begin(members);
            begun = true;
            foreach (var work in members)
                RunMember(work);
            session.Run("commit");
            Transactions++;
        }
        catch (Exception failure)
        {
            RollBack();
            return failure;
        }

        foreach (var work in members)
            work.Complete();
        return null;
    }

    private void Begin(ReadOnlySpan<Write> members)
    {
        var mustLast = false;
        foreach (var work in members)
            mustLast |= work.Durable;
        if (mustLast != durable)
        {
            session.Run(mustLast ? "pragma synchronous = full" : "pragma synchronous = normal");
            durable = mustLast;
        }

        session.Run("begin immediate");
    }

    private void RunMember(Write work)
    {
        session.Run("savepoint member");
        session.ForgetTakeBack();
        try
        {
            work.Run(session);
        }
        catch (Exception failure) when (session.InTransaction)
        {
            work.Remember(failure);
            session.TakeBack();
        }

        if (session.IsTakenBack)
            session.Run("rollback to member");
        session.Run("release member");
    }

    private void RollBack()
    {
        try
        {
            if (session.InTransaction)
                session.Run("rollback");
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // The transaction ended by itself; the failure that ended it is the one to tell.
        }
    }
}
