using System.Collections.Concurrent;
using System.Diagnostics;
using FteAgent.Testing;
using Microsoft.Extensions.Logging;

namespace FteAgent.Api.Hosting;

/// <summary>Keeps every line that the product logs, with its exception and its values.</summary>
internal sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<LogLine> lines = new();

    public IReadOnlyCollection<string> All => [.. lines.Select(line => line.Text)];

    /// <summary>The lines with what JSON tells beside them.</summary>
    public IReadOnlyCollection<LogLine> Lines => lines;

    public ILogger CreateLogger(string categoryName) => new Logger(lines, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<LogLine> lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(pair => $"{pair.Key}={pair.Value}")) : "";
            var line = $"{logLevel} {category} {formatter(state, exception)} {values} {exception}";
            lines.Enqueue(new(eventId.Id, category, logLevel, line, Activity.Current?.TraceId.ToHexString()));
            TestLogs.Write(line);
        }
    }
}

/// <summary>A line of the log, and the trace in which it was written.</summary>
internal sealed record LogLine(int Event, string Category, LogLevel Level, string Text, string? Trace);
