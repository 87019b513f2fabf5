using FteAgent.Api.Hosting;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FteAgent.Api.Health;

/// <summary>What merely helps cannot stop a silo from taking messages, and whoever asks for readiness cannot load it.</summary>
public sealed class ReadinessTests
{
    private static readonly HealthCheckContext Asking = new();

    [Fact]
    public async Task Intake_goes_on_while_all_that_merely_helps_is_down_and_readiness_says_degraded()
    {
        await using var silo = await RunningSilo.Start(services => services.AddHealthChecks()
            .AddCheck("model", () => HealthCheckResult.Unhealthy("no model answers"))
            .AddCheck("kafka", () => throw new InvalidOperationException("Host=kafka.internal is away"))
            .AddAsyncCheck("channels", () => new TaskCompletionSource<HealthCheckResult>().Task)
            .AddCheck("pgvector", () => HealthCheckResult.Degraded("pgvector is missing")));

        var ready = (await silo.Anyone.Get("/health/ready")).Expect(200);
        var customer = await silo.NewCustomer();
        (await customer.Caller.Post("/support/conversation/messages", new { text = "Are you there?" })).Expect(202);

        Assert.Equal("degraded", ready["status"].GetString());
        Assert.All((string[])["model", "kafka", "channels", "pgvector"], part => Assert.Equal("degraded", ready["checks"].GetProperty(part).GetProperty("status").GetString()));
        Assert.All((string[])["serving", "grains", "record"], part => Assert.Equal("ready", ready["checks"].GetProperty(part).GetProperty("status").GetString()));
        Assert.DoesNotContain("kafka.internal", ready.Text, StringComparison.Ordinal);
        await customer.Settled();
    }

    [Fact]
    public async Task A_check_that_cannot_be_made_is_degraded_and_is_made_once_it_can_be()
    {
        var canBeMade = false;
        await using var silo = await RunningSilo.Start(services => services.AddHealthChecks().Add(new(
            "kafka",
            _ => canBeMade ? new Answering(() => Task.FromResult(HealthCheckResult.Healthy())) : throw new InvalidOperationException("Host=kafka.internal cannot be read"),
            null, null)));

        var degraded = (await silo.Anyone.Get("/health/ready")).Expect(200);
        canBeMade = true;
        var ready = await Eventually.Get(() => silo.Anyone.Get("/health/ready"), answer => answer["status"].GetString() == "ready");

        Assert.Equal("degraded", degraded["checks"].GetProperty("kafka").GetProperty("status").GetString());
        Assert.DoesNotContain("kafka.internal", degraded.Text, StringComparison.Ordinal);
        Assert.Equal("ready", ready["checks"].GetProperty("kafka").GetProperty("status").GetString());
    }

    [Theory]
    [InlineData(Readiness.Serving)]
    [InlineData(Readiness.Grains)]
    [InlineData(Readiness.Record)]
    public async Task Those_that_decide_make_a_silo_unready(string name)
    {
        await using var silo = await RunningSilo.Start(services => services.PostConfigure<HealthCheckServiceOptions>(checks =>
            checks.Registrations.Single(check => check.Name == name).Factory = _ => new Answering(() => Task.FromResult(HealthCheckResult.Unhealthy("down")))));

        var unready = (await silo.Anyone.Get("/health/ready")).Expect(503);

        Assert.Equal("unavailable", unready["checks"].GetProperty(name).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("kafka", 503, "unavailable")]
    [InlineData(Readiness.Record, 200, "degraded")]
    public async Task Where_messages_come_in_through_Kafka_the_broker_decides_and_the_record_merely_degrades(string down, int status, string word)
    {
        await using var silo = await RunningSilo.Start(services =>
        {
            services.AddSingleton<IInboundRoad>(new ThroughKafka());
            services.AddHealthChecks().AddCheck("kafka", static () => HealthCheckResult.Healthy());
            services.PostConfigure<HealthCheckServiceOptions>(checks =>
                checks.Registrations.Single(check => check.Name == down).Factory = _ => new Answering(() => Task.FromResult(HealthCheckResult.Unhealthy("down"))));
        });

        var answer = (await silo.Anyone.Get("/health/ready")).Expect(status);

        Assert.Equal(word, answer["status"].GetString());
        Assert.Equal(word, answer["checks"].GetProperty(down).GetProperty("status").GetString());
    }

    [Fact]
    public async Task However_often_it_is_asked_a_check_is_asked_once_a_second()
    {
        var (time, times) = (new FakeTime(), 0);
        var check = new BoundedCheck(() => new Answering(() => Task.FromResult(HealthCheckResult.Healthy($"{Interlocked.Increment(ref times)}"))), decides: true, Readiness.KeptFor, time);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => check.CheckHealthAsync(Asking)));
        Assert.Equal(1, times);

        time.Advance(Readiness.KeptFor);
        Assert.Equal("2", (await check.CheckHealthAsync(Asking)).Description);
    }

    [Fact]
    public async Task A_check_that_hangs_is_not_waited_for_and_is_asked_again_later()
    {
        var (time, hangs) = (new FakeTime(), true);
        var check = new BoundedCheck(
            () => new Answering(() => hangs ? new TaskCompletionSource<HealthCheckResult>().Task : Task.FromResult(HealthCheckResult.Healthy())), decides: true, Readiness.KeptFor, time);

        var asked = check.CheckHealthAsync(Asking);
        await time.WhenWaiting();
        time.Advance(Readiness.Patience);
        Assert.Equal(HealthStatus.Unhealthy, (await asked).Status);

        hangs = false;
        time.Advance(Readiness.KeptFor);
        Assert.Equal(HealthStatus.Healthy, (await check.CheckHealthAsync(Asking)).Status);
    }

    /// <summary>The road of a deployment with <c>INTAKE=kafka</c>, on which nobody goes here.</summary>
    private sealed class ThroughKafka : IInboundRoad
    {
        public string HealthCheck => "kafka";

        public Task<CustomerId> CustomerOf(CustomerIdentifier session, CustomerProfile profile, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Accepted> Take(InboundMessage inbound, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    private sealed class Answering(Func<Task<HealthCheckResult>> answer) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => answer();
    }
}
