using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace FteAgent.Testing;

/// <summary>
/// Keeps what silos log during a whole run of the tests, and what must be in none of it: the words, keys and tokens that tests made up. Both
/// go to the folder that FTE_TEST_LOGS names, and <c>scripts/log-canary</c> compares them at the end. Without the folder nothing is kept.
/// </summary>
internal static class TestLogs
{
    /// <summary>Shorter ones may be a word of somebody else's.</summary>
    private const int ShortestSecret = 12;

    /// <summary>Of a longer one its beginning is looked for.</summary>
    private const int LongestSecret = 300;

    private static readonly string? Folder = Environment.GetEnvironmentVariable("FTE_TEST_LOGS") is { Length: > 0 } folder ? folder : null;
    private static readonly TextWriter? Lines = Open("log");
    private static readonly TextWriter? Secrets = Open("secrets");
    private static readonly ConcurrentDictionary<string, bool> Known = new();

    /// <summary>Whether anything is kept.</summary>
    public static bool AreKept => Folder is not null;

    /// <summary>Keeps something whole for a checker that runs after the tests.</summary>
    public static void Keep(string name, string text)
    {
        if (Folder is not null)
            File.WriteAllText(Path.Combine(Folder, name), text);
    }

    /// <summary>Keeps a line that a silo wrote.</summary>
    public static void Write(string line) => Lines?.WriteLine(line);

    /// <summary>Something that no log may hold. Of several lines each counts, and each also as JSON writes it.</summary>
    public static void Secret(string? value)
    {
        if (Secrets is null || value is null)
            return;
        foreach (var line in value.Split('\n', StringSplitOptions.TrimEntries))
            if (line.Length >= ShortestSecret && line.Distinct().Count() > 4)
                Name(line.Length <= LongestSecret ? line : line[..LongestSecret]);
    }

    private static void Name(string secret)
    {
        foreach (var form in (string[])[secret, JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString()])
            if (Known.TryAdd(form, true))
                Secrets!.WriteLine(form);
    }

    private static TextWriter? Open(string kind)
    {
        if (Folder is null)
            return null;
        Directory.CreateDirectory(Folder);
        var name = string.Create(CultureInfo.InvariantCulture, $"{typeof(TestLogs).Assembly.GetName().Name}.{Environment.ProcessId}.{kind}");
        // Flushed at each line: a run that is killed has told what it could.
        return TextWriter.Synchronized(new StreamWriter(Path.Combine(Folder, name), append: true) { AutoFlush = true });
    }
}

/// <summary>Keeps what a silo within the tests' own process logs, at every level, with its values and its exception.</summary>
internal sealed class TestLogProvider : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Logger(categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => TestLogs.AreKept;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(pair => $"{pair.Key}={pair.Value}")) : "";
            TestLogs.Write($"{logLevel} {category} {formatter(state, exception)} {values} {exception}");
        }
    }
}
