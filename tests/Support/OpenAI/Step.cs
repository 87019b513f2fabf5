using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace FteAgent.Testing.OpenAI;

/// <summary>Where a streamed answer tells what it used.</summary>
internal enum UseStyle
{
    /// <summary>In a last chunk whose choices are empty, as OpenAI does.</summary>
    EmptyChoices,

    /// <summary>In a last chunk whose choices are null, as some servers do.</summary>
    NullChoices,

    /// <summary>Nowhere.</summary>
    Nowhere,
}

/// <summary>What a scripted endpoint does with one request. Made by the factories, and bent by the methods after them.</summary>
internal sealed record Step
{
    /// <summary>The answer's pieces, as the deltas of its chunks.</summary>
    public ImmutableArray<string> Deltas { get; private init; } = [];

    /// <summary>What stands in <c>finish_reason</c> at the end.</summary>
    public string Finish { get; private init; } = "stop";

    /// <summary>The status of a failure; null for an answer.</summary>
    public int? Status { get; private init; }

    /// <summary>The code of a failure.</summary>
    public string? Code { get; private init; }

    /// <summary>The header Retry-After of a failure.</summary>
    public string? RetryAfter { get; private init; }

    /// <summary>Whether nothing is answered until the client leaves.</summary>
    public bool Hangs { get; private init; }

    /// <summary>The event that comes after the pieces instead of an end.</summary>
    public string? Raw { get; private init; }

    /// <summary>For what the first piece waits.</summary>
    public Task Until { get; private init; } = Task.CompletedTask;

    /// <summary>How long the first piece takes, on the endpoint's clock.</summary>
    public TimeSpan First { get; private init; }

    /// <summary>How long each further piece takes.</summary>
    public TimeSpan Between { get; private init; }

    /// <summary>After how many pieces it stops; null for never.</summary>
    public int? StopsAfter { get; private init; }

    /// <summary>Whether it stops by an orderly end of the stream, and not by a broken connection.</summary>
    public bool StopsQuietly { get; private init; }

    /// <summary>Whether the stream stays open after the whole answer, without a word more.</summary>
    public bool StaysOpen { get; private init; }

    /// <summary>Where it tells what it used.</summary>
    public UseStyle Use { get; private init; }

    /// <summary>What it used.</summary>
    public (int Input, int Cached, int Output) Tokens { get; private init; } = (120, 64, 12);

    /// <summary>Says something, word by word.</summary>
    public static Step Say(string text) => new() { Deltas = [.. Pieces(text, 8).Select(piece => Delta("content", piece))] };

    /// <summary>Calls a tool, its arguments in fragments.</summary>
    public static Step Call(string name, string arguments) => Calls((name, arguments));

    /// <summary>Calls several tools at once, the fragments of their arguments mixed.</summary>
    public static Step Calls(params (string Name, string Arguments)[] calls) => new() { Deltas = Mix(calls), Finish = "tool_calls" };

    /// <summary>The same from an endpoint that gives each call the index 0.</summary>
    public static Step CallsWithoutIndex(params (string Name, string Arguments)[] calls) => new()
    {
        Deltas = [.. calls.SelectMany((call, place) => Fragments(call, 0, $"call_{place + 1}"))],
        Finish = "tool_calls",
    };

    /// <summary>Refuses, in its own words.</summary>
    public static Step Refuse(string why) => new() { Deltas = [.. Pieces(why, 8).Select(piece => Delta("refusal", piece))] };

    /// <summary>Answers with an event that is no chunk.</summary>
    public static Step Malformed(string data) => new() { Raw = data };

    /// <summary>Begins to answer and then tells of an error within the stream.</summary>
    public static Step Trouble(string text) => Say(text) with
    {
        Raw = """{"error":{"message":"The server had an error while processing your request.","type":"server_error","param":null,"code":null}}""",
    };

    /// <summary>Fails.</summary>
    public static Step Fail(int status, string? code = null, string? retryAfter = null) => new() { Status = status, Code = code, RetryAfter = retryAfter };

    /// <summary>Asks to slow down.</summary>
    public static Step TooMany(string? retryAfter = null) => Fail(429, "rate_limit_exceeded", retryAfter);

    /// <summary>Has no money left.</summary>
    public static Step QuotaSpent() => Fail(429, "insufficient_quota");

    /// <summary>Asks to slow down, again and again.</summary>
    public static Step[] Storm(int times, string? retryAfter = null) => [.. Enumerable.Repeat(TooMany(retryAfter), times)];

    /// <summary>Takes the request and never answers.</summary>
    public static Step Hang() => new() { Hangs = true };

    /// <summary>The same, and its first piece waits.</summary>
    public Step Slow(Task until) => this with { Until = until };

    /// <summary>The same, and its pieces take their time.</summary>
    public Step Slow(TimeSpan first, TimeSpan between = default) => this with { First = first, Between = between };

    /// <summary>The same, and the connection breaks after so many pieces.</summary>
    public Step Cut(int after) => this with { StopsAfter = after };

    /// <summary>The same, and the stream ends after so many pieces as if that were all.</summary>
    public Step EndQuietly(int after) => this with { StopsAfter = after, StopsQuietly = true };

    /// <summary>The same, and after the whole answer the stream stays open.</summary>
    public Step StayingOpen() => this with { StaysOpen = true };

    /// <summary>The same, and it ends for another reason.</summary>
    public Step Finishing(string reason) => this with { Finish = reason };

    /// <summary>The same, and it used so much.</summary>
    public Step Using(int input, int cached, int output, UseStyle style = UseStyle.EmptyChoices) => this with { Tokens = (input, cached, output), Use = style };

    private static ImmutableArray<string> Mix((string Name, string Arguments)[] calls)
    {
        var queues = calls.Select((call, place) => new Queue<string>(Fragments(call, place, $"call_{place + 1}"))).ToList();
        var deltas = ImmutableArray.CreateBuilder<string>();
        while (queues.Exists(queue => queue.Count > 0))
            foreach (var queue in queues)
                if (queue.TryDequeue(out var delta))
                    deltas.Add(delta);
        return deltas.ToImmutable();
    }

    private static IEnumerable<string> Fragments((string Name, string Arguments) call, int index, string id)
    {
        yield return Call(index, new JsonObject { ["id"] = id, ["type"] = "function" }, call.Name, "");
        foreach (var piece in Pieces(call.Arguments, 7))
            yield return Call(index, new JsonObject(), null, piece);
    }

    private static string Call(int index, JsonObject call, string? name, string arguments)
    {
        call["index"] = index;
        call["function"] = name is null ? new JsonObject { ["arguments"] = arguments } : new JsonObject { ["name"] = name, ["arguments"] = arguments };
        return new JsonObject { ["tool_calls"] = new JsonArray(call) }.ToJsonString();
    }

    private static string Delta(string name, string piece) => new JsonObject { [name] = piece }.ToJsonString();

    private static IEnumerable<string> Pieces(string text, int length)
    {
        for (var from = 0; from < text.Length;)
        {
            var to = Math.Min(text.Length, from + length);
            // No real server writes half of a character that is two.
            if (to < text.Length && char.IsHighSurrogate(text[to - 1]))
                to++;
            yield return text[from..to];
            from = to;
        }
    }
}
