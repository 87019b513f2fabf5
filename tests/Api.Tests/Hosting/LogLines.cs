using System.Collections.Concurrent;
using FteAgent.Testing;
using Microsoft.Extensions.Logging;

namespace FteAgent.Api.Hosting;

/// <summary>Keeps every line that the product logs, with its exception and its values.</summary>
internal sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<string> lines = new();

    public IReadOnlyCollection<string> All => lines;

    public ILogger CreateLogger(string categoryName) => new Logger(lines, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<string> lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(pair => $"{pair.Key}={pair.Value}")) : "";
            var line = $"{logLevel} {category} {formatter(state, exception)} {values} {exception}";
            lines.Enqueue(line);
            TestLogs.Write(line);
        }
    }
}
