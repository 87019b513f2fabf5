using System.Globalization;
using FteAgent.Testing;
using FteAgent.Testing.OpenAI;

namespace FteAgent.Cluster.Hosting;

/// <summary>A model's endpoint as a process of its own, so that what it costs is not the silo's: it takes a fixed time, and quotes.</summary>
internal static class ModelProgram
{
    /// <summary>The argument that makes a test program this process; how long an answer takes, in milliseconds, follows.</summary>
    public const string Mode = "model";

    public static async Task<int> Run(string milliseconds)
    {
        var takes = TimeSpan.FromMilliseconds(int.Parse(milliseconds, CultureInfo.InvariantCulture));
        await using var endpoint = await ScriptedEndpoint.Start();
        endpoint.Script.Otherwise(request => QuotingModel.Answer(request).Slow(takes));
        Console.WriteLine($"{SiloProcess.Ready}{endpoint.BaseUrl}");
        // Whoever started it holds this open.
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
