using System.Diagnostics;
using FteAgent.Conversations;
using Npgsql;

namespace FteAgent.Postgres;

/// <summary>
/// Asks again for a few seconds while the database is away, so that a restart of it is a delay and not an error. Only for what may be asked
/// twice.
/// </summary>
internal static class PostgresPatience
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Does it until it succeeds or has taken too long.</summary>
    /// <exception cref="RecordUnavailableException">The database stayed away.</exception>
    public static async Task<T> WaitOut<T>(NpgsqlDataSource source, Func<Task<T>> work, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await work().ConfigureAwait(false);
            }
            catch (RecordUnavailableException) when (Stopwatch.GetElapsedTime(started) + pause < Longest)
            {
            }

            // What lies in the pool is most likely as dead as this one was.
            source.Clear();
            await Task.Delay(pause * (1 + Random.Shared.NextDouble() / 2), TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }
}
