using System.Collections.Concurrent;

namespace FteAgent.Sqlite;

/// <summary>A bounded pool of connections that only read. Each read sees one state of the record from its begin to its end.</summary>
internal sealed class SqliteReaders(SqliteOptions options) : IDisposable
{
    private readonly SemaphoreSlim room = new(options.Readers);
    private readonly ConcurrentBag<SqliteSession> idle = [];
    private volatile bool stopped;

    /// <summary>Runs <paramref name="read"/> on the calling thread: a read of the file's cache takes microseconds, a hop between threads longer.</summary>
    public async Task<T> Run<T>(Func<SqliteSession, T> read, CancellationToken cancellationToken)
    {
        await room.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(stopped, this);
            var session = idle.TryTake(out var kept) ? kept : SqliteSession.OpenReader(options);
            try
            {
                session.Run("begin");
                var result = read(session);
                session.Run("commit");
                Keep(session);
                return result;
            }
            catch
            {
                session.Dispose();   // In an unknown state; the next read opens a fresh one.
                throw;
            }
        }
        finally
        {
            room.Release();
        }
    }

    public void Dispose()
    {
        stopped = true;
        while (idle.TryTake(out var session))
            session.Dispose();
    }

    private void Keep(SqliteSession session)
    {
        idle.Add(session);
        if (stopped && idle.TryTake(out var late))
            late.Dispose();
    }
}
