using System.Net;
using FteAgent.Postgres;
using FteAgent.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FteAgent.Bench.Failover;

/// <summary>One silo with the product's own hosting and nothing but small grains: in this process, or in one of its own that can be killed.</summary>
internal static class Member
{
    public const string Word = "failover-member";

    /// <summary>Runs as a process of its own until its input closes: <c>failover-member DATABASE_URL PORT</c>.</summary>
    public static async Task<int> Run(string database, int port)
    {
        using var host = Build(database, port);
        await host.StartAsync();
        Console.WriteLine("ready");
        await Console.In.ReadToEndAsync();
        return 0;
    }

    public static IHost Build(string database, int port)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.UseOrleans(silo => silo.UseGrainEngine(new ClusterSettings(IPAddress.Loopback, port, 0, $"silo-{port}"), new PostgresOptions { Url = database }));
        return builder.Build();
    }
}
