using System.Globalization;
using System.Net;
using FteAgent.Answering;
using FteAgent.Silo.Hosting;
using FteAgent.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace FteAgent.Cluster.Hosting;

/// <summary>
/// The product's silo as it is, but for its model, and for what a test must be able to choose: the cluster it thinks it belongs to, and
/// the address it listens on, so that a link that can be cut lies before it.
/// </summary>
internal static class TestSilo
{
    /// <summary>Where the silo really listens for others, when its advertised address is that of a link.</summary>
    public const string Listen = "TEST_SILO_LISTEN";

    /// <summary>Another cluster than the product's.</summary>
    public const string ClusterId = "TEST_SILO_CLUSTER";

    /// <summary>Tells how many active members this silo sees.</summary>
    public const string MembersPath = "/test/members";

    public static async Task<int> Run()
    {
        EndWithParent();
        await using var app = SiloHost.Build([], builder =>
        {
            // A story of models has an endpoint of its own, and the product's way to it.
            if (Environment.GetEnvironmentVariable("OPENAI_API_KEY") is null or "")
                builder.Services.AddSingleton<IChatModel>(new StubModel(TimeSpan.FromMilliseconds(Number(StubModel.Milliseconds) ?? 1_000)));
            if (Environment.GetEnvironmentVariable(Listen) is { Length: > 0 } listen)
                builder.Services.PostConfigure<EndpointOptions>(endpoint => endpoint.SiloListeningEndpoint = IPEndPoint.Parse(listen));
            if (Environment.GetEnvironmentVariable(ClusterId) is { Length: > 0 } cluster)
                builder.Services.PostConfigure<ClusterOptions>(options => options.ClusterId = cluster);
        });
        app.MapGet(MembersPath, async (IGrainFactory grains) =>
            Results.Text((await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Count.ToString(CultureInfo.InvariantCulture)));
        await app.StartAsync();
        Console.WriteLine($"{SiloProcess.Ready}{app.Urls.First()}");
        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>The tests hold this silo's standard input open: when they are gone, however that came, so is it.</summary>
    private static void EndWithParent() => new Thread(() =>
    {
        while (Console.In.Read() >= 0)
        {
        }

        Environment.Exit(1);
    })
    { IsBackground = true }.Start();

    private static int? Number(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : null;
}
