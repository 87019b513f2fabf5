using Npgsql;

namespace FteAgent.Postgres;

/// <summary>Why a group was not committed, and so what to do about it.</summary>
internal static class CommitFailure
{
    /// <summary>
    /// The server has undone the transaction for what a member brought, or for a deadlock, or because somebody held a member's row for too
    /// long; or we could not even write it down: alone, the others pass.
    /// </summary>
    public static bool IsOfTheGroup(Exception failure) => failure switch
    {
        NpgsqlException { InnerException: TimeoutException } => true,
        PostgresException told => told.SqlState[..2] is "40" || !PostgresFailure.IsUnavailable(told),
        _ => !PostgresFailure.IsUnavailable(failure),
    };

    /// <summary>The database is away or overloaded, or the answer got lost: the same may pass later.</summary>
    public static bool MayPass(Exception failure) => PostgresFailure.IsUnavailable(failure) && failure is not ObjectDisposedException;
}
