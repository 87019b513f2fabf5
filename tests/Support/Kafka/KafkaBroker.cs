using System.Diagnostics;
using System.Globalization;

namespace FteAgent.Testing;

/// <summary>The mock broker as a process of its own, which a test can take down and bring up again. It has all our topics unless told otherwise.</summary>
internal sealed class KafkaBroker : IAsyncDisposable
{
    /// <summary>As many as a test needs to see several at work; each topic that we make has more.</summary>
    public const int Partitions = 4;

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly SemaphoreSlim one = new(1);

    private KafkaBroker(Process process, string bootstrap) => (this.process, Bootstrap) = (process, bootstrap);

    /// <summary>Where it is.</summary>
    public string Bootstrap { get; }

    /// <summary>Starts one with these topics.</summary>
    public static async Task<KafkaBroker> Start(params IEnumerable<string> topics)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["exec", typeof(MockBroker).Assembly.Location, MockBroker.Mode])
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        // What librdkafka says there helps nobody.
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        var bootstrap = await process.StandardOutput.ReadLineAsync().WaitAsync(AnswerWithin) ?? throw new InvalidOperationException("The mock broker ended before it was ready.");
        var broker = new KafkaBroker(process, bootstrap);
        foreach (var topic in topics)
            await broker.Topic(topic);
        return broker;
    }

    /// <summary>Makes a topic.</summary>
    public Task Topic(string name, int partitions = Partitions) => Tell(string.Create(CultureInfo.InvariantCulture, $"topic {name} {partitions}"));

    /// <summary>Hangs up on everybody and answers nobody.</summary>
    public Task Down() => Tell("down");

    /// <summary>Is there again, with all that it had.</summary>
    public Task Up() => Tell("up");

    /// <summary>Tells clients that it is at this port, where something lies before it.</summary>
    public Task Behind(int port) => Tell(string.Create(CultureInfo.InvariantCulture, $"behind {port}"));

    /// <summary>Answers each request this late.</summary>
    public Task Late(TimeSpan by) => Tell(string.Create(CultureInfo.InvariantCulture, $"rtt {by.TotalMilliseconds:0}"));

    /// <summary>Answers the next requests of a kind by an error. The numbers are those of Kafka's protocol.</summary>
    public Task Errors(int api, int code, int times) => Tell(string.Create(CultureInfo.InvariantCulture, $"errors {api} {code} {times}"));

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
        one.Dispose();
    }

    private async Task Tell(string command)
    {
        await one.WaitAsync();
        try
        {
            await process.StandardInput.WriteLineAsync(command);
            await process.StandardInput.FlushAsync();
            if (await process.StandardOutput.ReadLineAsync().WaitAsync(AnswerWithin) != "ok")
                throw new InvalidOperationException($"The mock broker did not do '{command}'.");
        }
        finally
        {
            one.Release();
        }
    }
}
