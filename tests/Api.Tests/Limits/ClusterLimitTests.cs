using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using FteAgent.Api.Hosting;
using FteAgent.Limits;
using FteAgent.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.TestingHost;

namespace FteAgent.Api.Limits;

/// <summary>Limits that hold over two silos as over one.</summary>
public sealed class ClusterLimitTests : IAsyncLifetime
{
    private readonly FakeTime time = new();
    private readonly LogLines log = new();
    private readonly RateLimitOptions limits = new() { SubmitPerMinute = 4, SignInPerMinute = 2, BlockFactor = 3 };
    private InProcessTestCluster cluster = null!;

    public async Task InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(time);
            // The engine's own clocks stay real.
            silo.Services.AddKeyedSingleton<TimeProvider>(KeyedService.AnyKey, (_, _) => TimeProvider.System);
        });
        cluster = builder.Build();
        await cluster.DeployAsync();
    }

    public async Task DisposeAsync() => await cluster.DisposeAsync();

    [Fact]
    public async Task One_address_has_the_same_limit_on_two_silos_as_on_one()
    {
        var statuses = new List<int>();
        for (var i = 0; i < 6; i++)
            statuses.Add((await Ask(OnSilo(i % 2), "203.0.113.7")).StatusCode);

        Assert.Equal([200, 200, 200, 200, 429, 429], statuses);
        Assert.Equal(200, (await Ask(OnSilo(0), "198.51.100.7")).StatusCode);
    }

    [Fact]
    public async Task Who_is_refused_is_told_when_to_come_again_and_is_let_in_then()
    {
        for (var i = 0; i < 4; i++)
        {
            await Ask(OnSilo(0), "203.0.113.7");
            time.Advance(TimeSpan.FromSeconds(5));
        }

        var refused = await Ask(OnSilo(1), "203.0.113.7");

        Assert.Equal((429, "40"), (refused.StatusCode, refused.Headers.RetryAfter.ToString()));
        time.Advance(TimeSpan.FromSeconds(int.Parse(refused.Headers.RetryAfter.ToString(), CultureInfo.InvariantCulture)));
        Assert.Equal(200, (await Ask(OnSilo(1), "203.0.113.7")).StatusCode);
    }

    [Theory]
    [InlineData("203.0.113.{0}")]                          // A rented /24.
    [InlineData("2001:db8:7:{0}::1")]                      // The networks of one /48.
    public async Task Whoever_changes_address_within_a_block_meets_the_blocks_limit(string form)
    {
        var taken = 0;
        for (var i = 1; i <= 60; i++)
            if ((await Ask(OnSilo(i % 2), string.Format(CultureInfo.InvariantCulture, form, i))).StatusCode == 200)
                taken++;

        Assert.Equal(limits.SubmitPerMinute * limits.BlockFactor, taken);
    }

    [Fact]
    public async Task Addresses_of_one_ipv6_network_are_one_and_ipv4_is_itself_in_ipv6s_clothes()
    {
        string[] network = ["2001:db8:9:1::1", "2001:db8:9:1::2", "2001:db8:9:1:ffff:ffff:ffff:ffff", "2001:db8:9:1:1::"];
        string[] address = ["203.0.113.7", "::ffff:203.0.113.7", "203.0.113.7", "::ffff:203.0.113.7"];
        foreach (var each in network.Concat(address))
            Assert.Equal(200, (await Ask(OnSilo(0), each)).StatusCode);

        Assert.Equal(429, (await Ask(OnSilo(1), "2001:db8:9:1::3")).StatusCode);
        Assert.Equal(429, (await Ask(OnSilo(1), "203.0.113.7")).StatusCode);
    }

    [Fact]
    public async Task Each_thing_is_counted_for_itself()
    {
        for (var i = 0; i < 2; i++)
            Assert.Equal(200, (await Ask(OnSilo(i), "203.0.113.7", RateLimits.SignIn)).StatusCode);

        Assert.Equal(429, (await Ask(OnSilo(0), "203.0.113.7", RateLimits.SignIn)).StatusCode);
        Assert.Equal(200, (await Ask(OnSilo(0), "203.0.113.7")).StatusCode);
        Assert.Equal(200, (await Ask(OnSilo(0), "203.0.113.7", counted: null)).StatusCode);
    }

    [Theory]
    [InlineData(RateLimits.Submit)]
    [InlineData(RateLimits.SignIn)]
    public async Task Where_the_count_cannot_be_had_requests_go_on_and_the_log_says_so_once(string counted)
    {
        var alone = Limits(GrainsThat.Answer(() => Task.FromException<LimitAnswer>(new OrleansException("away"))));

        for (var i = 0; i < 20; i++)
            Assert.Equal(200, (await Ask(alone, "203.0.113.7", counted)).StatusCode);

        Assert.Single(log.All, line => line.Contains("count of requests cannot be had", StringComparison.Ordinal));
        Assert.DoesNotContain(log.All, line => line.Contains("203.0.113.7", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_count_that_does_not_answer_is_not_waited_for()
    {
        var asked = Ask(Limits(GrainsThat.Answer(() => new TaskCompletionSource<LimitAnswer>().Task)), "203.0.113.7");
        await time.WhenWaiting();
        Assert.False(asked.IsCompleted);

        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(200, (await asked).StatusCode);
    }

    private ClusterLimits OnSilo(int number) => Limits(cluster.Silos[number].ServiceProvider.GetRequiredService<IGrainFactory>());

    private ClusterLimits Limits(IGrainFactory grains)
    {
        var logging = LoggerFactory.Create(logging => logging.AddProvider(log));
        return new(grains, Options.Create(limits), cluster.Silos[0].ServiceProvider.GetRequiredService<IMeterFactory>(), time, logging.CreateLogger<ClusterLimits>());
    }

    private static async Task<HttpResponse> Ask(ClusterLimits limits, string address, string? counted = RateLimits.Submit)
    {
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().AddProblemDetails().BuildServiceProvider() };
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        context.SetEndpoint(new(null, counted is null ? EndpointMetadataCollection.Empty : new(new ClusterLimit(counted)), null));
        await limits.Hold(context, _ => Task.CompletedTask);
        return context.Response;
    }
}
