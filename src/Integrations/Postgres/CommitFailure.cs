using Npgsql;

namespace FteAgent.Postgres;

/// <summary>Why a group was not committed, and so what to do about it.</summary>
internal static class CommitFailure
{
    /// <summary>A conversation would have begun for a customer whom the record does not have.</summary>
    public static bool IsOfNobody(Exception failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation, ConstraintName: "conversations_customer_id_fkey" };

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
