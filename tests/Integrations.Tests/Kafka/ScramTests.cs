using System.Net;
using FteAgent.Testing;

namespace FteAgent.Kafka;

/// <summary>
/// SCRAM-SHA-512 over TLS, against a stub: a proxy of ours before the mock broker, which knows neither. No real broker's SASL was at hand.
/// </summary>
public sealed class ScramTests : IAsyncLifetime
{
    private const string User = "fte";
    private const string Password = "kafka-password-of-the-tests";

    private readonly ScramTlsProxy proxy = ScramTlsProxy.Listen(User, Password);
    private KafkaBroker broker = null!;

    public async Task InitializeAsync()
    {
        TestLogs.Secret(Password);
        broker = await KafkaBroker.Start(KafkaTopics.All);
        proxy.PassOnTo(IPEndPoint.Parse(broker.Bootstrap));
        // What it tells clients to come back to.
        await broker.Behind(proxy.Port);
    }

    public async Task DisposeAsync()
    {
        await broker.DisposeAsync();
        await proxy.DisposeAsync();
    }

    [Fact]
    public async Task Right_password_is_let_in_and_the_topics_are_seen()
    {
        var facts = await new KafkaExamination(Options(Password, proxy.Authority)).Look();

        Assert.True(facts.Answers, facts.Code);
        Assert.Empty(facts.Missing);
        Assert.True(proxy.Entered > 0);
    }

    [Fact]
    public async Task Wrong_password_is_not_let_in()
    {
        var facts = await new KafkaExamination(Options("another", proxy.Authority)).Look();

        Assert.False(facts.Answers);
        Assert.Equal(0, proxy.Entered);
        Assert.True(proxy.Refused > 0);
    }

    [Fact]
    public async Task Server_whose_certificate_nobody_vouches_for_is_told_no_password()
    {
        var facts = await new KafkaExamination(Options(Password, authorities: null)).Look();

        Assert.False(facts.Answers);
        Assert.Equal((0, 0), (proxy.Entered, proxy.Refused));
    }

    private KafkaOptions Options(string password, string? authorities) => new()
    {
        BootstrapServers = $"localhost:{proxy.Port}",
        Security = KafkaSecurity.SaslSsl,
        Mechanism = KafkaMechanism.ScramSha512,
        Username = User,
        Password = password,
        CertificateAuthorities = authorities,
    };
}
