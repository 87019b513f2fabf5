using System.Collections.Immutable;
using FteAgent.Operators;

namespace FteAgent.Sqlite;

/// <summary>Operators, the hashes of their keys, and their sessions, in the file.</summary>
internal sealed class SqliteOperatorDirectory(SqliteRecord record, TimeProvider time) : IOperatorDirectory
{
    public Task<Operator?> Add(string name, byte[] keyHash, CancellationToken cancellationToken) =>
        record.Write(
            session =>
            {
                var added = new Operator(Guid.CreateVersion7(time.GetUtcNow()), name);
                var inserted = session["""
                    insert into operators (id, name, key_hash, added_at) values ($id, $name, $key, $now)
                    on conflict do nothing
                    """]
                    .Set("$id", added.Id).Set("$name", name).Set("$key", keyHash).Set("$now", record.Now)
                    .Execute();
                return inserted == 1 ? added : null;
            },
            cancellationToken);

    public Task<ImmutableArray<OperatorEntry>> List(CancellationToken cancellationToken) =>
        record.Read(
            session => session["select id, name, added_at, revoked_at from operators order by name, added_at"]
                .List(static row => new OperatorEntry(new(row.Id(), row.Text()), row.Time(), row.TimeOrNull()))
                .ToImmutableArray(),
            cancellationToken);

    public Task<bool> Revoke(string name, CancellationToken cancellationToken) =>
        record.Write(
            session =>
            {
                session["delete from operator_sessions where operator_id in (select id from operators where name = $name and revoked_at is null)"]
                    .Set("$name", name)
                    .Execute();
                return session["update operators set revoked_at = $now where name = $name and revoked_at is null"]
                    .Set("$name", name).Set("$now", record.Now)
                    .Execute() == 1;
            },
            cancellationToken);

    public Task<Operator?> FindByKey(byte[] keyHash, CancellationToken cancellationToken) =>
        record.Read(
            session => session["select id, name from operators where key_hash = $key and revoked_at is null"]
                .Set("$key", keyHash)
                .First(static row => new Operator(row.Id(), row.Text()), null as Operator),
            cancellationToken);

    public Task StartSession(byte[] sessionHash, Guid operatorId, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        record.Write(
            session =>
            {
                // Whoever signs in clears away the sessions that have ended.
                session["delete from operator_sessions where expires_at <= $now"].Set("$now", record.Now).Execute();
                return session["insert into operator_sessions (session_hash, operator_id, expires_at) values ($session, $operator, $expires)"]
                    .Set("$session", sessionHash).Set("$operator", operatorId).Set("$expires", expiresAt)
                    .Execute();
            },
            cancellationToken);

    public Task<Operator?> FindSession(byte[] sessionHash, CancellationToken cancellationToken) =>
        record.Read(
            session => session["""
                select o.id, o.name from operator_sessions s join operators o on o.id = s.operator_id
                where s.session_hash = $session and s.expires_at > $now and o.revoked_at is null
                """]
                .Set("$session", sessionHash).Set("$now", record.Now)
                .First(static row => new Operator(row.Id(), row.Text()), null as Operator),
            cancellationToken);

    public Task EndSession(byte[] sessionHash, CancellationToken cancellationToken) =>
        record.Write(
            session => session["delete from operator_sessions where session_hash = $session"].Set("$session", sessionHash).Execute(),
            cancellationToken);
}
