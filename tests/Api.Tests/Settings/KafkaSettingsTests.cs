using FteAgent.Kafka;
using FteAgent.Silo.Commands;
using FteAgent.Silo.Settings;
using Microsoft.Extensions.Configuration;

namespace FteAgent.Api.Settings;

public sealed class KafkaSettingsTests
{
    private const string Servers = "KAFKA_BOOTSTRAP_SERVERS";

    [Fact]
    public void Without_a_broker_there_is_no_Kafka() => Assert.Null(Read(isShared: true, ("KAFKA_SASL_MECHANISM", "PLAIN")));

    [Fact]
    public void Broker_alone_is_spoken_to_in_the_clear_and_messages_come_in_directly()
    {
        var settings = Read(isShared: false, (Servers, " kafka-1:9092 , kafka-2 "))!;

        Assert.False(settings.TakesThroughKafka);
        Assert.Equal(
            new KafkaOptions { BootstrapServers = "kafka-1:9092,kafka-2", Security = KafkaSecurity.Plaintext, Mechanism = KafkaMechanism.ScramSha512, GroupId = "fte", Partitions = 6, Silo = "s" },
            settings.Options);
    }

    [Fact]
    public void Password_brings_encryption_unless_it_is_said_otherwise()
    {
        (string, string)[] password = [(Servers, "kafka:9092"), ("KAFKA_SASL_USERNAME", "u"), ("KAFKA_SASL_PASSWORD", "p")];

        Assert.Equal((KafkaSecurity.SaslSsl, KafkaMechanism.ScramSha512), Way(Read(true, password)));
        Assert.Equal(
            (KafkaSecurity.SaslPlaintext, KafkaMechanism.Plain), Way(Read(true, [.. password, ("KAFKA_SECURITY_PROTOCOL", "SASL_PLAINTEXT"), ("KAFKA_SASL_MECHANISM", "PLAIN")])));
        Assert.Equal((KafkaSecurity.SaslSsl, KafkaMechanism.ScramSha256), Way(Read(true, [.. password, ("KAFKA_SASL_MECHANISM", "scram-sha-256")])));

        static (KafkaSecurity, KafkaMechanism) Way(KafkaSettings? settings) => (settings!.Options.Security, settings.Options.Mechanism);
    }

    [Fact]
    public void Certificates_may_have_their_line_breaks_written_out()
    {
        var settings = Read(true, (Servers, "kafka:9093"), ("KAFKA_SECURITY_PROTOCOL", "SSL"), ("KAFKA_SSL_CA", @"-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n"));

        Assert.Equal("-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n", settings!.Options.CertificateAuthorities);
    }

    [Fact]
    public void Intake_may_go_through_Kafka_in_a_fleet_with_a_broker() => Assert.True(Read(true, (Servers, "kafka"), ("INTAKE", "Kafka"))!.TakesThroughKafka);

    [Theory]
    [InlineData("INTAKE must be direct or kafka.", "INTAKE", "both")]
    [InlineData("INTAKE=kafka needs a broker: set KAFKA_BOOTSTRAP_SERVERS.", "INTAKE", "kafka", Servers, "")]
    [InlineData("INTAKE=kafka needs the shared record of a fleet: set DATABASE_URL, or leave INTAKE out.", "INTAKE", "kafka")]
    [InlineData("KAFKA_BOOTSTRAP_SERVERS must be brokers as host:port with commas between them, such as kafka-1:9092,kafka-2:9092.", Servers, "user:secret@kafka:9092")]
    [InlineData("KAFKA_BOOTSTRAP_SERVERS must be brokers as host:port with commas between them, such as kafka-1:9092,kafka-2:9092.", Servers, "kafka:99999")]
    [InlineData("KAFKA_BOOTSTRAP_SERVERS must be brokers as host:port with commas between them, such as kafka-1:9092,kafka-2:9092.", Servers, ",")]
    [InlineData("KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD belong together: set both or neither.", "KAFKA_SASL_PASSWORD", "p")]
    [InlineData("KAFKA_SECURITY_PROTOCOL must be PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL.", "KAFKA_SECURITY_PROTOCOL", "3")]
    [InlineData("KAFKA_SECURITY_PROTOCOL asks for a password: set KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD.", "KAFKA_SECURITY_PROTOCOL", "SASL_SSL")]
    [InlineData(
        "KAFKA_SECURITY_PROTOCOL leaves the password unused: set it to SASL_SSL, or leave KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD out.",
        "KAFKA_SECURITY_PROTOCOL", "SSL", "KAFKA_SASL_USERNAME", "u", "KAFKA_SASL_PASSWORD", "p")]
    [InlineData("KAFKA_SSL_CA checks an encrypted connection: set KAFKA_SECURITY_PROTOCOL to SSL or SASL_SSL, or leave it out.", "KAFKA_SSL_CA", "-----BEGIN CERTIFICATE-----")]
    [InlineData("KAFKA_SSL_CA must be certificates in PEM form, beginning with -----BEGIN CERTIFICATE-----.", "KAFKA_SSL_CA", "/etc/ca.pem", "KAFKA_SECURITY_PROTOCOL", "SSL")]
    [InlineData("KAFKA_SASL_MECHANISM must be SCRAM-SHA-512, SCRAM-SHA-256 or PLAIN.", "KAFKA_SASL_MECHANISM", "GSSAPI")]
    [InlineData("KAFKA_GROUP_ID may have 200 letters, digits, dots, '_' and '-' at most.", "KAFKA_GROUP_ID", "my group")]
    [InlineData("KAFKA_PARTITIONS must be a whole number from 1 to 1000.", "KAFKA_PARTITIONS", "0")]
    [InlineData("KAFKA_TRUSTS_PROOF must be true or false.", "KAFKA_TRUSTS_PROOF", "perhaps")]
    public void Bad_setting_is_told_in_a_sentence_without_its_value(string sentence, params string[] settings)
    {
        var given = settings.Chunk(2).Select(pair => (pair[0], pair[1]));

        Assert.Equal(sentence, Assert.Throws<UsageException>(() => Read(isShared: false, [(Servers, "kafka:9092"), .. given])).Message);
    }

    [Fact]
    public void Certificates_that_cannot_be_read_are_told_before_anything_starts()
    {
        var settings = Read(true, (Servers, "kafka:9093"), ("KAFKA_SECURITY_PROTOCOL", "SSL"), ("KAFKA_SSL_CA", @"-----BEGIN CERTIFICATE-----
nonsense
-----END CERTIFICATE-----
"))!;

        Assert.Equal("KAFKA_SSL_CA holds no certificate that can be read.", Assert.Throws<UsageException>(settings.Check).Message);
        Read(true, (Servers, "kafka:9092"))!.Check();
    }

    private static KafkaSettings? Read(bool isShared, params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection().Build();
        foreach (var (name, value) in settings)
            configuration[name] = value;
        return KafkaSettings.Read(configuration, isShared, "s");
    }
}
