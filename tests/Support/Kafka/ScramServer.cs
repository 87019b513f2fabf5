using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FteAgent.Testing;

/// <summary>The server's side of SCRAM-SHA-512, for one user (RFC 5802, with the hash of RFC 7677's family). It never sees the password itself.</summary>
internal sealed class ScramServer
{
    private const int Iterations = 4096;
    private const int HashBytes = 64;

    private readonly string user;
    private readonly byte[] salt = RandomNumberGenerator.GetBytes(16);
    private readonly byte[] storedKey;
    private readonly byte[] serverKey;

    public ScramServer(string user, string password)
    {
        this.user = user;
        var salted = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, Iterations, HashAlgorithmName.SHA512, HashBytes);
        storedKey = SHA512.HashData(HMACSHA512.HashData(salted, "Client Key"u8));
        serverKey = HMACSHA512.HashData(salted, "Server Key"u8);
    }

    /// <summary>Somebody comes.</summary>
    public Conversation Begin() => new(this);

    /// <summary>One client's way in.</summary>
    internal sealed class Conversation(ScramServer server)
    {
        private string clientFirst = "";
        private string serverFirst = "";

        /// <summary>Whether they have shown that they know the password.</summary>
        public bool IsDone { get; private set; }

        /// <summary>The answer to what the client said; null when it is wrong.</summary>
        public string? Answer(string said) => serverFirst.Length == 0 ? First(said) : Final(said);

        private string? First(string said)
        {
            // No channel binding: n,,n=USER,r=NONCE
            if (!said.StartsWith("n,,", StringComparison.Ordinal))
                return null;
            clientFirst = said[3..];
            var parts = Parts(clientFirst);
            if (!parts.TryGetValue('n', out var name) || name != server.user || !parts.TryGetValue('r', out var nonce))
                return null;
            serverFirst = string.Create(
                CultureInfo.InvariantCulture, $"r={nonce}{Convert.ToHexString(RandomNumberGenerator.GetBytes(12))},s={Convert.ToBase64String(server.salt)},i={Iterations}");
            return serverFirst;
        }

        private string? Final(string said)
        {
            var parts = Parts(said);
            var proofAt = said.LastIndexOf(",p=", StringComparison.Ordinal);
            if (proofAt < 0 || !parts.TryGetValue('r', out var nonce) || nonce != Parts(serverFirst)['r'] || parts.GetValueOrDefault('c') != "biws")
                return null;
            var signed = Encoding.UTF8.GetBytes($"{clientFirst},{serverFirst},{said[..proofAt]}");
            var (signature, proof) = (HMACSHA512.HashData(server.storedKey, signed), Convert.FromBase64String(parts['p']));
            var clientKey = proof.Zip(signature, (one, other) => (byte)(one ^ other)).ToArray();
            if (!CryptographicOperations.FixedTimeEquals(SHA512.HashData(clientKey), server.storedKey))
                return null;
            IsDone = true;
            return $"v={Convert.ToBase64String(HMACSHA512.HashData(server.serverKey, signed))}";
        }

        private static Dictionary<char, string> Parts(string text) =>
            text.Split(',').Where(part => part.Length > 1 && part[1] == '=').ToDictionary(part => part[0], part => part[2..]);
    }
}
