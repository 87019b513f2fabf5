using System.Diagnostics;
using System.Text.Json;
using FteAgent.Conversations;
using FteAgent.Silo.Logs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FteAgent.Api.Logs;

/// <summary>A log line is for machines to read and for people to act on, and holds nobody's words.</summary>
public sealed partial class JsonLinesTests
{
    [Fact]
    public void A_line_tells_when_what_who_and_in_which_trace()
    {
        using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();

        var line = Written(logger => LogExample(logger, "escalations \"quoted\"\nand broken", 3, true));

        Assert.Equal(("warning", 1101, "Category", "silo-1"), (line.GetProperty("level").GetString(), line.GetProperty("event").GetInt32(), line.GetProperty("category").GetString(), line.GetProperty("silo").GetString()));
        Assert.Equal("Sending to escalations \"quoted\"\nand broken failed (attempt 3): True.", line.GetProperty("message").GetString());
        Assert.Equal((3, true), (line.GetProperty("values").GetProperty("Attempt").GetInt32(), line.GetProperty("values").GetProperty("Given").GetBoolean()));
        Assert.Equal((activity.TraceId.ToHexString(), activity.SpanId.ToHexString()), (line.GetProperty("trace_id").GetString(), line.GetProperty("span_id").GetString()));
        Assert.True(DateTimeOffset.TryParse(line.GetProperty("time").GetString(), out _));
        Assert.False(line.TryGetProperty("exception", out _));
    }

    [Fact]
    public void Messages_of_exceptions_are_told_only_where_they_repeat_no_value()
    {
        var parsing = Record.Exception(() => int.Parse("my secret words", System.Globalization.CultureInfo.InvariantCulture))!;
        var failure = new InvalidOperationException("The draft could not be read.", parsing);

        var text = Written(logger => logger.LogError(failure, "It failed.")).GetProperty("exception").GetString()!;

        Assert.Contains("InvalidOperationException: The draft could not be read.", text, StringComparison.Ordinal);
        Assert.Contains("System.FormatException", text, StringComparison.Ordinal);
        Assert.Contains("   at ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("my secret words", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void What_an_operator_can_act_on_is_told_and_what_a_stranger_wrote_is_not(Exception failure, bool told) =>
        Assert.Equal(told, FailureText.Of(failure).Contains("canary", StringComparison.Ordinal));

    public static TheoryData<Exception, bool> Failures => new()
    {
        { new RecordUnavailableException("canary"), true },
        { new TimeoutException("canary"), true },
        { new Npgsql.NpgsqlException("canary"), true },
        { new IOException("canary"), true },
        { new JsonException("canary"), false },
        { new FormatException("canary"), false },
        { new ArgumentException("canary"), false },
        { new KeyNotFoundException("canary"), false },
        { new HttpRequestException("canary"), false },
        { new UriFormatException("canary"), false },
    };

    private static JsonElement Written(Action<ILogger> log)
    {
        var logger = new Writing();
        log(logger);
        var text = logger.Text.ToString();
        Assert.Equal(1, text.Count('\n'));
        return JsonDocument.Parse(text).RootElement;
    }

    [LoggerMessage(1101, LogLevel.Warning, "Sending to {Destination} failed (attempt {Attempt}): {Given}.")]
    private static partial void LogExample(ILogger logger, string destination, int attempt, bool given);

    private sealed class Writing : ILogger
    {
        private readonly JsonLines lines = new(new("silo-1"));

        public StringWriter Text { get; } = new() { NewLine = "\n" };

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Write(new LogEntry<TState>(logLevel, "Category", eventId, state, exception, formatter), null, Text);
    }
}
