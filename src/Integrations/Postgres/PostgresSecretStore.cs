using System.Security.Cryptography;
using FteAgent.Operators;

namespace FteAgent.Postgres;

/// <summary>The deployment's secrets, one for all silos.</summary>
internal sealed class PostgresSecretStore(PostgresRecord record) : ISecretStore
{
    public async Task<byte[]> GetOrCreate(string name, int length, CancellationToken cancellationToken)
    {
        var secret = await Find(name, cancellationToken).ConfigureAwait(false);
        if (secret is null)
        {
            // Whoever comes second writes nothing and reads what the first wrote.
            await record["insert into fte.secrets (name, value, created_at) values ($1, $2, fte.now()) on conflict (name) do nothing"]
                .Set(name).Set(RandomNumberGenerator.GetBytes(length))
                .Execute(cancellationToken).ConfigureAwait(false);
            secret = await Find(name, cancellationToken).ConfigureAwait(false);
        }

        return secret!.Length == length
            ? secret
            : throw new InvalidOperationException($"The secret '{name}' was made with {secret.Length} bytes; {length} were asked for.");
    }

    private Task<byte[]?> Find(string name, CancellationToken cancellationToken) =>
        record["select value from fte.secrets where name = $1"].Set(name).First(static row => row.Bytes(), null as byte[], cancellationToken);
}
