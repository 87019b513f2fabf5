using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace FteAgent.Testing.OpenAI;

/// <summary>How a step is played.</summary>
internal sealed partial class ScriptedEndpoint
{
    private async Task Play(HttpContext context, ScriptedRequest request, Step step)
    {
        if (step.Hangs)
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        if (step.Status is { } status)
        {
            await step.Until.WaitAsync(context.RequestAborted);
            if (step.RetryAfter is { } wait)
                context.Response.Headers.RetryAfter = wait;
            await Problem(context, status, "It cannot be served now; the customer's words may stand here.", step.Code);
        }
        else if (request.Streams)
        {
            await Stream(context, request, step);
        }
        else
        {
            await Whole(context, request, step);
        }
    }

    private async Task Stream(HttpContext context, ScriptedRequest request, Step step)
    {
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        var id = string.Create(CultureInfo.InvariantCulture, $"chatcmpl-{Interlocked.Increment(ref made)}");
        await Send(context, Chunk(id, request, new JsonObject { ["role"] = "assistant", ["content"] = null, ["refusal"] = null }, null));
        await step.Until.WaitAsync(context.RequestAborted);
        await Pause(step.First, context);
        for (var piece = 0; piece < step.Deltas.Length; piece++)
        {
            if (piece == step.StopsAfter)
                break;
            if (piece > 0)
                await Pause(step.Between, context);
            await Send(context, Chunk(id, request, JsonNode.Parse(step.Deltas[piece])!.AsObject(), null));
        }

        if (step.StopsAfter is not null)
        {
            if (!step.StopsQuietly)
                Break();
            return;
        }

        if (step.Raw is { } raw)
        {
            await Send(context, raw);
            return;
        }

        await Send(context, Chunk(id, request, new JsonObject(), step.Finish));
        if (step.StaysOpen)
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        if (step.Use is not UseStyle.Nowhere)
            await Send(context, Last(id, request, step));
        await Send(context, "[DONE]");
    }

    private async Task Whole(HttpContext context, ScriptedRequest request, Step step)
    {
        await step.Until.WaitAsync(context.RequestAborted);
        await Pause(step.First, context);
        if (step.StopsAfter is not null)
        {
            await context.Response.StartAsync(context.RequestAborted);
            Break();
        }

        if (step.Raw is { } raw)
        {
            await context.Response.WriteAsync(raw, context.RequestAborted);
            return;
        }

        var answer = Envelope(string.Create(CultureInfo.InvariantCulture, $"chatcmpl-{Interlocked.Increment(ref made)}"), request, "chat.completion");
        answer["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["message"] = Message(step), ["logprobs"] = null, ["finish_reason"] = step.Finish });
        answer["usage"] = Usage(step);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }

    /// <summary>
    /// Once an answer has begun, an exception ends the connection after what was written has gone, and before the answer's end. Aborting might
    /// take back what was written.
    /// </summary>
    private static void Break() => throw new IOException("Cut off by the script.");

    private static JsonObject Message(Step step)
    {
        var deltas = step.Deltas.Select(delta => JsonNode.Parse(delta)!.AsObject()).ToList();
        var calls = deltas.Where(delta => delta.ContainsKey("tool_calls")).Select(delta => delta["tool_calls"]![0]!.AsObject()).GroupBy(call => (int)call["index"]!)
            .Select(pieces => new JsonObject
            {
                ["id"] = (string)pieces.First()["id"]!,
                ["type"] = "function",
                ["function"] = new JsonObject
                {
                    ["name"] = (string)pieces.First()["function"]!["name"]!,
                    ["arguments"] = string.Concat(pieces.Select(piece => (string)piece["function"]!["arguments"]!)),
                },
            }).ToArray<JsonNode?>();
        var message = new JsonObject { ["role"] = "assistant", ["content"] = Join("content"), ["refusal"] = Join("refusal") };
        if (calls.Length > 0)
            message["tool_calls"] = new JsonArray(calls);
        return message;

        string? Join(string name) => deltas.Exists(delta => delta.ContainsKey(name)) ? string.Concat(deltas.Select(delta => (string?)delta[name])) : null;
    }

    private JsonObject Envelope(string id, ScriptedRequest request, string kind) => new()
    {
        ["id"] = id,
        ["object"] = kind,
        ["created"] = time.GetUtcNow().ToUnixTimeSeconds(),
        // The exact model is told, which is not the name that was asked for.
        ["model"] = $"{request.Model}-2026-01-01",
        ["system_fingerprint"] = null,
    };

    private string Chunk(string id, ScriptedRequest request, JsonObject delta, string? finish)
    {
        var chunk = Envelope(id, request, "chat.completion.chunk");
        chunk["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["logprobs"] = null, ["finish_reason"] = finish });
        chunk["usage"] = null;
        return chunk.ToJsonString();
    }

    private string Last(string id, ScriptedRequest request, Step step)
    {
        var chunk = Envelope(id, request, "chat.completion.chunk");
        chunk["choices"] = step.Use is UseStyle.NullChoices ? null : new JsonArray();
        chunk["usage"] = Usage(step);
        return chunk.ToJsonString();
    }

    private static JsonObject Usage(Step step) => new()
    {
        ["prompt_tokens"] = step.Tokens.Input,
        ["completion_tokens"] = step.Tokens.Output,
        ["total_tokens"] = step.Tokens.Input + step.Tokens.Output,
        ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = step.Tokens.Cached, ["audio_tokens"] = 0 },
        ["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = 0, ["audio_tokens"] = 0, ["accepted_prediction_tokens"] = 0, ["rejected_prediction_tokens"] = 0 },
    };

    private Task Pause(TimeSpan time, HttpContext context) => time > TimeSpan.Zero ? Task.Delay(time, this.time, context.RequestAborted) : Task.CompletedTask;

    private static async Task Send(HttpContext context, string data)
    {
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"data: {data}\n\n"), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
