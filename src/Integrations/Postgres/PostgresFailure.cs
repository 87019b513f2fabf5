using FteAgent.Conversations;
using Npgsql;

namespace FteAgent.Postgres;

/// <summary>Tells a database that cannot be used now, which passes and is everyone's trouble, from a fault of ours.</summary>
internal static class PostgresFailure
{
    /// <summary>Awaits the work, and says <see cref="RecordUnavailableException"/> where the database could not be used.</summary>
    public static async Task<T> SayWhenUnavailable<T>(Task<T> work)
    {
        try
        {
            return await work.ConfigureAwait(false);
        }
        catch (Exception failure) when (IsUnavailable(failure))
        {
            throw Unavailable(failure);
        }
    }

    /// <summary>Whether the failure is the database's state and not our statement.</summary>
    public static bool IsUnavailable(Exception failure) => failure switch
    {
        // Connection, resources, intervention by its operator, system errors, read only; a lock or a deadlock that a retry may pass.
        PostgresException told => told.SqlState[..2] is "08" or "53" or "57" or "58" or "40" || told.SqlState is "25006" or "55P03" or "25P03" or "3D000" or "28P01" or "28000",
        NpgsqlException => true,   // Could not connect, the connection broke, or the statement timed out.
        ObjectDisposedException => true,
        TimeoutException or System.Net.Sockets.SocketException => true,
        _ => false,
    };

    /// <summary>Whether it gave way to others and nothing of its transaction is left: a deadlock, or a state that others have changed.</summary>
    public static bool GaveWay(PostgresException failure) => failure.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;

    /// <summary>The sentence for it, without a host or any value.</summary>
    public static RecordUnavailableException Unavailable(Exception failure) => new(failure switch
    {
        PostgresException told => $"The record's database cannot be used now (SQLSTATE {told.SqlState}).",
        ObjectDisposedException => "The record is closed: this process is ending.",
        { InnerException: TimeoutException } or TimeoutException => "The record's database did not answer in time.",
        _ => "The record's database cannot be reached.",
    });
}
