using System.Reflection;
using FteAgent.Testing;

namespace FteAgent.EndToEnd.Silos;

/// <summary>The product's own program, on a data folder of its own.</summary>
internal static class ProductSilo
{
    /// <summary>The program as it was built with these tests.</summary>
    public static string Program { get; } = typeof(ProductSilo).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "SiloPath").Value!;

    /// <summary>Starts it on a free port and waits until it says that it is ready.</summary>
    public static Task<SiloProcess> Start(string dataFolder, IReadOnlyDictionary<string, string>? settings = null) =>
        SiloProcess.Start([Program, "run"], dataFolder, new Dictionary<string, string>(settings ?? new Dictionary<string, string>())
        {
            ["FTE_DATA"] = dataFolder,
            ["FTE_URL"] = "http://127.0.0.1:0",
        });

    /// <summary>Runs a command on the same data and returns what it wrote.</summary>
    public static Task<(int ExitCode, string Output, string Error)> Command(string dataFolder, params string[] arguments) =>
        SiloProcess.Command([Program, .. arguments], dataFolder, new Dictionary<string, string> { ["FTE_DATA"] = dataFolder });
}
