namespace FteAgent.Kafka;

/// <summary>How the connection to the broker is made.</summary>
public enum KafkaSecurity
{
    /// <summary>Neither password nor encryption: a broker that only this machine or a private network reaches.</summary>
    Plaintext,

    /// <summary>Encrypted, without a password.</summary>
    Ssl,

    /// <summary>A password that travels unencrypted: only where the network itself encrypts, such as Fly's.</summary>
    SaslPlaintext,

    /// <summary>Encrypted, with a password.</summary>
    SaslSsl,
}

/// <summary>How a password is shown to the broker. Names are Kafka's.</summary>
public enum KafkaMechanism
{
    /// <summary>SCRAM-SHA-512.</summary>
    ScramSha512,

    /// <summary>SCRAM-SHA-256.</summary>
    ScramSha256,

    /// <summary>PLAIN: the password itself.</summary>
    Plain,
}

/// <summary>Where the broker is and how silos speak to it.</summary>
public sealed record KafkaOptions
{
    /// <summary>Brokers to begin with, as <c>host:port</c> with commas between them: <c>KAFKA_BOOTSTRAP_SERVERS</c>.</summary>
    public required string BootstrapServers { get; init; }

    /// <summary>How the connection is made: <c>KAFKA_SECURITY_PROTOCOL</c>.</summary>
    public KafkaSecurity Security { get; init; }

    /// <summary>How the password is shown: <c>KAFKA_SASL_MECHANISM</c>.</summary>
    public KafkaMechanism Mechanism { get; init; }

    /// <summary>The user: <c>KAFKA_SASL_USERNAME</c>.</summary>
    public string? Username { get; init; }

    /// <summary>The password: <c>KAFKA_SASL_PASSWORD</c>. Never logged.</summary>
    public string? Password { get; init; }

    /// <summary>Certificates (PEM) by which the broker's own is checked: <c>KAFKA_SSL_CA</c>; null for those that the system trusts.</summary>
    public string? CertificateAuthorities { get; init; }

    /// <summary>The group in which the silos share the partitions: <c>KAFKA_GROUP_ID</c>.</summary>
    public string GroupId { get; init; } = "fte";

    /// <summary>How many partitions a topic gets that we make: <c>KAFKA_PARTITIONS</c>.</summary>
    public int Partitions { get; init; } = 6;

    /// <summary>Whether a producer's word is taken that an email address or a phone number is the sender's own: <c>KAFKA_TRUSTS_PROOF</c>.</summary>
    public bool TrustsProof { get; init; }

    /// <summary>What this silo is called.</summary>
    public string Silo { get; init; } = "fte";
}
