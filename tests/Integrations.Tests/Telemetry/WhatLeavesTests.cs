using System.Diagnostics;

namespace FteAgent.Telemetry;

/// <summary>What a trace tells to others holds no path that a stranger or a secret has made.</summary>
public sealed class WhatLeavesTests : IDisposable
{
    private readonly ActivityListener listener = new()
    {
        ShouldListenTo = static source => source.Version == nameof(WhatLeavesTests),
        Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    public WhatLeavesTests() => ActivitySource.AddActivityListener(listener);

    public void Dispose() => listener.Dispose();

    [Fact]
    public void A_request_is_told_by_its_route()
    {
        var request = Ended("Microsoft.AspNetCore", ("url.path", "/support/ticket/my-secret"), ("url.query", "?name=Mira"), ("http.route", "/support/ticket/{id}"), ("user_agent.original", "me"));

        Assert.Equal("/support/ticket/{id}", request.GetTagItem("url.path"));
        Assert.DoesNotContain(request.TagObjects, tag => tag.Key is "url.query" or "user_agent.original");
    }

    [Fact]
    public void Neither_a_made_up_method_nor_the_host_that_a_request_names_is_told()
    {
        var request = Ended("Microsoft.AspNetCore", ("http.request.method", "_OTHER"), ("http.request.method_original", "MY-SECRET"), ("server.address", "my-secret.example"), ("server.port", "8080"));

        Assert.DoesNotContain(request.TagObjects, tag => tag.Key is "http.request.method_original" or "server.address");
        Assert.Equal("_OTHER", request.GetTagItem("http.request.method"));
    }

    [Fact]
    public void A_request_to_an_unknown_path_is_told_without_it() =>
        Assert.Null(Ended("Microsoft.AspNetCore", ("url.path", "/my-secret")).GetTagItem("url.path"));

    [Theory]
    [InlineData("https://hooks.example.com/services/T0/B0/secret?token=1", "https://hooks.example.com")]
    [InlineData("not an address", null)]
    public void An_address_is_told_by_its_host(string address, string? told) =>
        Assert.Equal(told, Ended("System.Net.Http", ("url.full", address)).GetTagItem("url.full"));

    [Fact]
    public void What_a_silo_asks_its_database_for_itself_is_nobodys_trace()
    {
        Assert.False(Ended("Npgsql").Recorded);
        using var parent = new Activity("parent").SetIdFormat(ActivityIdFormat.W3C).Start();
        Assert.True(Ended("Npgsql").Recorded);
    }

    private static Activity Ended(string sourceName, params (string Name, string Value)[] tags)
    {
        using var source = new ActivitySource(sourceName, nameof(WhatLeavesTests));
        var activity = source.StartActivity("step", ActivityKind.Client)!;
        foreach (var (name, value) in tags)
            activity.SetTag(name, value);
        activity.Stop();
        using var processor = new WhatLeaves();
        processor.OnEnd(activity);
        return activity;
    }
}
