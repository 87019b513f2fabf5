using System.Collections.Immutable;
using FteAgent.Conversations;

namespace FteAgent.Postgres;

/// <summary>The duties of all conversations, in the database.</summary>
internal sealed class PostgresDutyRoster(PostgresRecord record) : IDutyRoster
{
    private const int ClaimLimit = 100;

    /// <summary>How long a silo's row is kept after its last sign of life.</summary>
    private static readonly TimeSpan SiloKept = TimeSpan.FromHours(1);

    /// <summary>How long a command is remembered; the promise is 24 hours.</summary>
    private static readonly TimeSpan CommandKept = TimeSpan.FromHours(25);

    /// <summary>Moving the duties of a hundred conversations may take a while on a busy disk; it is nobody's sign of life.</summary>
    private static readonly TimeSpan ClaimFor = TimeSpan.FromSeconds(5);

    public Task Renew(string incarnation, CancellationToken cancellationToken) =>
        record.Sign("select fte.renew_silo($1, $2, $3)").Set(incarnation).Set(IDutyRoster.UnseenAfter).Set(SiloKept).Execute(cancellationToken);

    public Task Retire(string incarnation, CancellationToken cancellationToken) =>
        record.Sign("select fte.retire_silo($1)").Set(incarnation).Execute(cancellationToken);

    public async Task<ImmutableArray<DueConversation>> ClaimDue(int limit, CancellationToken cancellationToken) =>
        [.. await record.Sign("select * from fte.sweep($1, $2, $3)").Within(ClaimFor)
            .Set(Math.Clamp(limit, 1, ClaimLimit)).Set(IDutyRoster.UnseenAfter).Set(CommandKept)
            .List(static row => new DueConversation(new(row.Id()), row.TextOrNull()), cancellationToken).ConfigureAwait(false)];
}
