using System.Security.Cryptography;
using FteAgent.Operators;

namespace FteAgent.Sqlite;

/// <summary>The deployment's secrets, in the file that only its owner may read.</summary>
internal sealed class SqliteSecretStore(SqliteRecord record) : ISecretStore
{
    public async Task<byte[]> GetOrCreate(string name, int length, CancellationToken cancellationToken)
    {
        var secret = await record.Read(session => Find(session, name), cancellationToken).ConfigureAwait(false)
            ?? await record.Write(
                session =>
                {
                    session["insert into secrets (name, value, created_at) values ($name, $value, $now) on conflict (name) do nothing"]
                        .Set("$name", name).Set("$value", RandomNumberGenerator.GetBytes(length)).Set("$now", record.Now)
                        .Execute();
                    return Find(session, name)!;
                },
                cancellationToken).ConfigureAwait(false);

        return secret.Length == length
            ? secret
            : throw new InvalidOperationException($"The secret '{name}' was made with {secret.Length} bytes; {length} were asked for.");
    }

    private static byte[]? Find(SqliteSession session, string name) =>
        session["select value from secrets where name = $name"].Set("$name", name).First(static row => row.Bytes(), null as byte[]);
}
