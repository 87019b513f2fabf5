using FteAgent.Testing.OpenAI;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace FteAgent.OpenAI;

/// <summary>What <c>silo doctor</c> and <c>/health/ready</c> find out about an endpoint.</summary>
public sealed class ModelExaminationTests
{
    [Fact]
    public async Task An_endpoint_is_asked_for_its_models_and_no_model_for_anything()
    {
        await using var endpoint = await ScriptedEndpoint.Start();

        Assert.Equal(ModelStanding.Ready, (await Look(endpoint.BaseUrl, "model-a", "model-b")).Standing);
        Assert.Equal("model-x", Assert.Single((await Look(endpoint.BaseUrl, "model-a", "model-x")).Missing));
        Assert.Equal(ModelStanding.Refused, (await Look(endpoint.BaseUrl, "model-a", key: "sk-wrong")).Standing);
        Assert.Empty(endpoint.Requests);
    }

    [Theory]
    [InlineData(404, "not found", ModelStanding.Untold)]
    [InlineData(200, "<html>", ModelStanding.Untold)]
    [InlineData(200, "[]", ModelStanding.Untold)]
    [InlineData(200, """{"data":[{"name":"model-a"}]}""", ModelStanding.Untold)]
    [InlineData(302, "", ModelStanding.Untold)]
    [InlineData(503, "", ModelStanding.Unreachable)]
    public async Task Whatever_an_endpoint_answers_is_a_finding(int status, string body, ModelStanding expected)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapFallback(async context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            await context.Response.WriteAsync(body);
        });
        await app.StartAsync();

        Assert.Equal(expected, (await Look(new($"{app.Urls.Single()}/v1"), "model-a")).Standing);
        await app.StopAsync();
        Assert.Equal(ModelStanding.Unreachable, (await Look(new($"{app.Urls.FirstOrDefault() ?? "http://127.0.0.1:1"}/v1"), "model-a")).Standing);
    }

    [Fact]
    public async Task A_model_that_fails_again_and_again_shows_in_health_with_what_is_done_instead()
    {
        await using var world = await ModelWorld.Open(url => new() { BaseUrl = url, Key = ScriptedEndpoint.Key, Model = "model-a", Attempts = 1 });
        var second = new ModelRoad("model-b", world.Options, world.Gate, world.Time, world.Log);
        world.Endpoint.Script.Then([.. Enumerable.Repeat(Step.Fail(503), 10)]);
        Assert.Equal(HealthStatus.Healthy, (await Health(quotes: true, world.Road)).Status);

        for (var i = 0; i < 10; i++)
            await Assert.ThrowsAsync<ModelFailure>(() => world.Send());

        Assert.Equal(HealthStatus.Degraded, (await Health(quotes: true, world.Road)).Status);
        Assert.EndsWith("documents are quoted.", (await Health(quotes: true, world.Road)).Description, StringComparison.Ordinal);
        Assert.EndsWith("people get the questions.", (await Health(quotes: false, world.Road)).Description, StringComparison.Ordinal);
        Assert.EndsWith("model-b is asked.", (await Health(quotes: true, world.Road, second)).Description, StringComparison.Ordinal);
        Assert.Equal([1, 0], new ModelRoads([world.Road, second]).Circuits().Select(each => each.Value));
    }

    [Fact]
    public async Task A_key_that_opens_nothing_shows_at_the_first_question()
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(Step.Fail(401), Step.Say("Here I am."));

        await Assert.ThrowsAsync<ModelFailure>(() => world.Send());
        Assert.Contains("is not opened by our key", (await Health(quotes: true, world.Road)).Description, StringComparison.Ordinal);
        await world.Send();
        Assert.Equal(HealthStatus.Healthy, (await Health(quotes: true, world.Road)).Status);
    }

    private static Task<ModelFacts> Look(Uri url, string model, string? fallback = null, string key = ScriptedEndpoint.Key) =>
        new ModelExamination(new() { BaseUrl = url, Key = key, Model = model, FallbackModel = fallback }).Look(default);

    private static Task<HealthCheckResult> Health(bool quotes, params ModelRoad[] roads) =>
        new ModelHealth(new([.. roads]), new(quotes)).CheckHealthAsync(new());
}
