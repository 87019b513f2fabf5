using System.Globalization;
using FteAgent.Answering;
using FteAgent.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FteAgent.Cluster.Hosting;

/// <summary>The product's silo as it is, but for its model, and for the address it listens on, so that a link that can be cut lies before it.</summary>
internal static class TestSilo
{
    /// <summary>Where the silo really listens for others, when its advertised address is that of a link.</summary>
    public const string Listen = "FTE_TEST_LISTEN";

    /// <summary>What a silo says when it takes messages.</summary>
    public const string Ready = "fte: ready at ";

    public static async Task<int> Run()
    {
        EndWithParent();
        await using var app = SiloHost.Build([], builder =>
        {
            builder.Services.AddSingleton<IChatModel>(new StubModel(TimeSpan.FromMilliseconds(Number(StubModel.Milliseconds) ?? 1_000)));
        });
        await app.StartAsync();
        Console.WriteLine($"{Ready}{app.Urls.First()}");
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
