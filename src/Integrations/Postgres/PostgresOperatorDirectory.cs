using System.Collections.Immutable;
using FteAgent.Operators;

namespace FteAgent.Postgres;

/// <summary>Operators, the hashes of their keys, and their sessions.</summary>
internal sealed class PostgresOperatorDirectory(PostgresRecord record, TimeProvider time) : IOperatorDirectory
{
    public async Task<Operator?> Add(string name, byte[] keyHash, CancellationToken cancellationToken)
    {
        var added = new Operator(Guid.CreateVersion7(time.GetUtcNow()), name);
        var inserted = await record["insert into fte.operators (id, name, key_hash, added_at) values ($1, $2, $3, fte.now()) on conflict do nothing"]
            .Set(added.Id).Set(name).Set(keyHash)
            .Execute(cancellationToken).ConfigureAwait(false);
        return inserted == 1 ? added : null;
    }

    public async Task<ImmutableArray<OperatorEntry>> List(CancellationToken cancellationToken) =>
        [.. await record["select id, name, added_at, revoked_at from fte.operators order by name, added_at"]
            .List(static row => new OperatorEntry(new(row.Id(), row.Text()), row.Time(), row.TimeOrNull()), cancellationToken).ConfigureAwait(false)];

    public async Task<bool> Revoke(string name, CancellationToken cancellationToken) =>
        await record["""
            with revoked as (
                update fte.operators set revoked_at = fte.now() where name = $1 and revoked_at is null returning id),
            ended as (
                delete from fte.operator_sessions where operator_id in (select id from revoked))
            select 1 from revoked
            """]
            .Set(name)
            .Any(cancellationToken).ConfigureAwait(false);

    public Task<Operator?> FindByKey(byte[] keyHash, CancellationToken cancellationToken) =>
        record["select id, name from fte.operators where key_hash = $1 and revoked_at is null"]
            .Set(keyHash)
            .First(static row => new Operator(row.Id(), row.Text()), null as Operator, cancellationToken);

    public Task StartSession(byte[] sessionHash, Guid operatorId, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>

        // Whoever signs in clears away the sessions that have ended.
        record["""
            with ended as (delete from fte.operator_sessions where expires_at <= fte.now())
            insert into fte.operator_sessions (session_hash, operator_id, expires_at) values ($1, $2, $3)
            """]
            .Set(sessionHash).Set(operatorId).Set(expiresAt)
            .Execute(cancellationToken);

    public Task<Operator?> FindSession(byte[] sessionHash, CancellationToken cancellationToken) =>
        record["""
            select o.id, o.name from fte.operator_sessions s join fte.operators o on o.id = s.operator_id
            where s.session_hash = $1 and s.expires_at > fte.now() and o.revoked_at is null
            """]
            .Set(sessionHash)
            .First(static row => new Operator(row.Id(), row.Text()), null as Operator, cancellationToken);

    public Task EndSession(byte[] sessionHash, CancellationToken cancellationToken) =>
        record["delete from fte.operator_sessions where session_hash = $1"].Set(sessionHash).Execute(cancellationToken);
}
