using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace FteAgent.Bench.Engine.CrossSilo;

/// <summary>
/// The second process: this same program, told so by its first argument. It answers what the first asks by its standard input, a line
/// for a line, and ends when that ends.
/// </summary>
internal sealed class Partner : IAsyncDisposable
{
    /// <summary>The argument that nobody types.</summary>
    public const string Argument = "cross-silo-partner";

    private const string EndOfAnswer = ".";
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMinutes(1);

    private readonly Process _process;

    private Partner(Process process) => _process = process;

    public static Partner Start()
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true };

        // Where the program is run by dotnet, the first argument is its assembly.
        if (Path.GetFileNameWithoutExtension(program) == "dotnet") start.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
        start.ArgumentList.Add(Argument);
        return new(Process.Start(start)!);
    }

    public async Task<string> Ask(string question)
    {
        await _process.StandardInput.WriteLineAsync(question);
        await _process.StandardInput.FlushAsync();
        using var limit = new CancellationTokenSource(AnswerLimit);

        // Logs come the same way: an answer begins with a mark of its own.
        while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith(EndOfAnswer, StringComparison.Ordinal)) return line[EndOfAnswer.Length..];
            Console.WriteLine($"  partner: {line}");
        }

        throw new IOException($"The partner ended at '{question}'.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var limit = new CancellationTokenSource(AnswerLimit);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    /// <summary>What the second process does.</summary>
    public static async Task<int> Run()
    {
        await using var silo = new GrainEcho();
        while (await Console.In.ReadLineAsync() is { } question)
        {
            var words = question.Split(' ');
            var answer = words[0] switch
            {
                "tcp" => TcpEcho.Serve().ToString(CultureInfo.InvariantCulture),
                "frames" => await Transport.Serve(),
                "silo" => await silo.Start(TwoSilos.Parse(words[1]), second: true),
                _ => throw new InvalidOperationException($"'{question}' is no question."),
            };
            Console.WriteLine(EndOfAnswer + answer);
        }

        return 0;
    }
}
