using FteAgent.Kafka;
using FteAgent.Silo.Commands;

namespace FteAgent.Silo.Settings;

/// <summary>
/// Whether there is a broker, and whether messages come in through it: <c>KAFKA_…</c> and <c>INTAKE</c>. Without
/// <c>KAFKA_BOOTSTRAP_SERVERS</c> there is none, and none of the others has an effect.
/// </summary>
/// <param name="Options">Where the broker is, and how silos speak to it.</param>
/// <param name="TakesThroughKafka">Whether channels put what they take into Kafka instead of the record: <c>INTAKE=kafka</c>.</param>
internal sealed record KafkaSettings(KafkaOptions Options, bool TakesThroughKafka)
{
    private const int MostPartitions = 1_000;
    private const int LongestGroup = 200;

    /// <summary>Reads them; null where there is no broker.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="isShared">Whether the record is a database that silos share.</param>
    /// <param name="silo">What this silo is called.</param>
    public static KafkaSettings? Read(IConfiguration configuration, bool isShared, string silo)
    {
        var through = configuration["INTAKE"] switch
        {
            null or "" => false,
            var word when string.Equals(word, "direct", StringComparison.OrdinalIgnoreCase) => false,
            var word when string.Equals(word, "kafka", StringComparison.OrdinalIgnoreCase) => true,
            _ => throw new UsageException("INTAKE must be direct or kafka."),
        };
        if (configuration["KAFKA_BOOTSTRAP_SERVERS"] is not { Length: > 0 } servers)
            return through ? throw new UsageException("INTAKE=kafka needs a broker: set KAFKA_BOOTSTRAP_SERVERS.") : null;
        if (through && !isShared)
            throw new UsageException("INTAKE=kafka needs the shared record of a fleet: set DATABASE_URL, or leave INTAKE out.");

        var (username, password) = (configuration["KAFKA_SASL_USERNAME"], configuration["KAFKA_SASL_PASSWORD"]);
        if (string.IsNullOrEmpty(username) != string.IsNullOrEmpty(password))
            throw new UsageException("KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD belong together: set both or neither.");
        var security = SecurityOf(configuration["KAFKA_SECURITY_PROTOCOL"], hasPassword: !string.IsNullOrEmpty(username));
        if (configuration["KAFKA_SSL_CA"] is { Length: > 0 } && security is KafkaSecurity.Plaintext or KafkaSecurity.SaslPlaintext)
            throw new UsageException("KAFKA_SSL_CA checks an encrypted connection: set KAFKA_SECURITY_PROTOCOL to SSL or SASL_SSL, or leave it out.");
        return new(
            new()
            {
                BootstrapServers = ServersOf(servers),
                Security = security,
                Mechanism = MechanismOf(configuration["KAFKA_SASL_MECHANISM"]),
                Username = string.IsNullOrEmpty(username) ? null : username,
                Password = string.IsNullOrEmpty(password) ? null : password,
                CertificateAuthorities = AuthoritiesOf(configuration["KAFKA_SSL_CA"]),
                GroupId = GroupOf(configuration["KAFKA_GROUP_ID"]),
                Partitions = PartitionsOf(configuration["KAFKA_PARTITIONS"]),
                TrustsProof = YesNo("KAFKA_TRUSTS_PROOF", configuration["KAFKA_TRUSTS_PROOF"]),
                Silo = silo,
            },
            through);
    }

    /// <summary>Whether a client can be made by them, so that the start says what is wrong and not the first message.</summary>
    /// <exception cref="UsageException">None can.</exception>
    public void Check()
    {
        if (KafkaExamination.Fault(Options) is { } fault)
            throw new UsageException(Options.CertificateAuthorities is not null && fault.Contains("ssl.ca", StringComparison.Ordinal)
                ? "KAFKA_SSL_CA holds no certificate that can be read."
                : $"Kafka cannot be used with these settings: {fault.TrimEnd('.')}.");
    }

    private static string ServersOf(string list)
    {
        var servers = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return servers.Length > 0 && servers.All(IsServer)
            ? string.Join(',', servers)
            : throw new UsageException("KAFKA_BOOTSTRAP_SERVERS must be brokers as host:port with commas between them, such as kafka-1:9092,kafka-2:9092.");
    }

    private static bool IsServer(string server) =>
        !server.Contains('/', StringComparison.Ordinal) && !server.Contains('@', StringComparison.Ordinal)
        && Uri.TryCreate($"kafka://{server}", UriKind.Absolute, out var address) && address is { Host.Length: > 0, PathAndQuery: "" or "/", UserInfo: "" }
        && (address.IsDefaultPort || address.Port is > 0 and <= ushort.MaxValue);

    private static KafkaSecurity SecurityOf(string? protocol, bool hasPassword)
    {
        var security = protocol?.Replace("_", "", StringComparison.Ordinal) switch
        {
            null or "" => hasPassword ? KafkaSecurity.SaslSsl : KafkaSecurity.Plaintext,
            var name when Enum.GetNames<KafkaSecurity>().Contains(name, StringComparer.OrdinalIgnoreCase) => Enum.Parse<KafkaSecurity>(name, ignoreCase: true),
            _ => throw new UsageException("KAFKA_SECURITY_PROTOCOL must be PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL."),
        };
        var shows = security is KafkaSecurity.SaslPlaintext or KafkaSecurity.SaslSsl;
        return (shows, hasPassword) switch
        {
            (true, false) => throw new UsageException("KAFKA_SECURITY_PROTOCOL asks for a password: set KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD."),
            (false, true) => throw new UsageException("KAFKA_SECURITY_PROTOCOL leaves the password unused: set it to SASL_SSL, or leave KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD out."),
            _ => security,
        };
    }

    private static KafkaMechanism MechanismOf(string? mechanism) => mechanism?.ToUpperInvariant() switch
    {
        null or "" or "SCRAM-SHA-512" => KafkaMechanism.ScramSha512,
        "SCRAM-SHA-256" => KafkaMechanism.ScramSha256,
        "PLAIN" => KafkaMechanism.Plain,
        _ => throw new UsageException("KAFKA_SASL_MECHANISM must be SCRAM-SHA-512, SCRAM-SHA-256 or PLAIN."),
    };

    // Where a variable can hold no line break, \n stands for one.
    private static string? AuthoritiesOf(string? pem) => pem switch
    {
        null or "" => null,
        _ when pem.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal) => pem.Replace("\\n", "\n", StringComparison.Ordinal),
        _ => throw new UsageException("KAFKA_SSL_CA must be certificates in PEM form, beginning with -----BEGIN CERTIFICATE-----."),
    };

    private static string GroupOf(string? group) => group switch
    {
        null or "" => "fte",
        { Length: <= LongestGroup } when group.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-') => group,
        _ => throw new UsageException($"KAFKA_GROUP_ID may have {LongestGroup} letters, digits, dots, '_' and '-' at most."),
    };

    private static int PartitionsOf(string? number) => number switch
    {
        null or "" => 6,
        _ when int.TryParse(number, out var given) && given is > 0 and <= MostPartitions => given,
        _ => throw new UsageException($"KAFKA_PARTITIONS must be a whole number from 1 to {MostPartitions}."),
    };

    private static bool YesNo(string name, string? word) => word switch
    {
        null or "" => false,
        _ when bool.TryParse(word, out var given) => given,
        _ => throw new UsageException($"{name} must be true or false."),
    };
}
