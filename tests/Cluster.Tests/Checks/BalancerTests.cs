using System.Net;
using FteAgent.Cluster.Load;
using FteAgent.Cluster.Silos;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FteAgent.Cluster.Checks;

/// <summary>The balancer knows what a real one knows: answers and failed connections. No place here ever gets a process, so that all else tells it nothing.</summary>
public sealed class BalancerTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly FleetSilo silo = new(1, _ => throw new InvalidOperationException("It is not to be started."));
    private readonly FleetSilo other = new(2, _ => throw new InvalidOperationException("It is not to be started."));
    private readonly Random random = new(1);
    private readonly SemaphoreSlim questions = new(0);
    private volatile Task held = Task.CompletedTask;
    private WebApplication? door;
    private Balancer balancer = null!;

    public async Task InitializeAsync()
    {
        await Open();
        balancer = new(() => [silo, other]);
        await Until(() => balancer.IsReady(silo));
    }

    public async Task DisposeAsync()
    {
        await balancer.DisposeAsync();
        await Shut();
        questions.Dispose();
    }

    [Fact]
    public void Whoever_answers_gets_the_calls_whatever_the_test_thinks_of_its_process()
    {
        Assert.Equal(SiloState.Down, silo.State);
        for (var i = 0; i < 20; i++)
            Assert.Same(silo, balancer.Pick(random));
        // There is no other that is ready, so even the one that was just tried is better than one that is not.
        Assert.Same(silo, balancer.Pick(random, not: silo));
    }

    [Fact]
    public async Task Whoever_ends_is_out_once_a_question_is_not_answered_and_back_with_the_next_answer()
    {
        await Shut();
        await Until(() => !balancer.IsReady(silo));
        await Open();
        await Until(() => balancer.IsReady(silo));
    }

    [Fact]
    public async Task A_failed_connection_takes_a_silo_out_until_it_answers_again()
    {
        // While a question is under way only the failure can have told it.
        var answer = new TaskCompletionSource();
        held = answer.Task;
        while (questions.CurrentCount > 0)
            await questions.WaitAsync();
        await questions.WaitAsync();
        Assert.True(balancer.IsReady(silo));
        balancer.Failed(silo);
        Assert.False(balancer.IsReady(silo));
        answer.SetResult();
        await Until(() => balancer.IsReady(silo));
    }

    [Fact]
    public async Task A_call_that_finds_nobody_is_a_failed_connection_and_goes_to_another()
    {
        using var client = new FleetClient(balancer);
        Assert.Equal(HttpStatusCode.OK, (await client.Send(random, HttpMethod.Get, "/health/ready", null, first: other)).Status);
        Assert.Equal((other.Number, nameof(HttpRequestError.ConnectionError)), client.Complaints.Select(complaint => (complaint.Silo, complaint.What)).Single());
    }

    private async Task Open()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        door = builder.Build();
        door.Urls.Add(silo.Http.ToString());
        door.MapGet("/health/ready", async () =>
        {
            questions.Release();
            await held;
            return Results.Json(new { status = "ready" });
        });
        await door.StartAsync();
    }

    private async Task Shut()
    {
        if (door is not null)
            await door.DisposeAsync();
        door = null;
    }

    private static async Task Until(Func<bool> condition)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Soon, "it took too long");
            await Task.Delay(20);
        }
    }
}
