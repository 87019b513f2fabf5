using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json;
using FteAgent.Silo.Hosting;
using Spectre.Console;

namespace FteAgent.Silo.Commands;

/// <summary>A conversation in the terminal, over the same API that the pages use. Starts a silo of its own when none answers.</summary>
internal static class ChatCommand
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMilliseconds(250);

    public static Command Create()
    {
        var url = new Option<string?>("--url") { Description = "A running silo's address; by default the one that would run here." };
        var command = new Command("chat", "Talk to the assistant in the terminal. An empty line or Ctrl+D ends it.") { url };
        command.SetAction((parsed, token) => Run(parsed.GetValue(url), token));
        return command;
    }

    private static async Task<int> Run(string? url, CancellationToken cancellationToken)
    {
        var address = url ?? Environment.GetEnvironmentVariable("FTE_URL") ?? "http://localhost:8080";
        using var http = new HttpClient { BaseAddress = new(address) };
        if (await Answers(http, cancellationToken))
        {
            await Talk(http, cancellationToken);
            return 0;
        }

        if (url is not null)
            throw new UsageException($"No silo answers at {address}.");
        await using var app = SiloHost.Build([], builder =>
        {
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            // This silo is here for one talk.
            builder.Configuration["METRICS_PORT"] = "0";
        });
        await app.StartAsync(cancellationToken);
        await Talk(http, cancellationToken);
        await app.StopAsync(cancellationToken);
        return 0;
    }

    private static async Task<bool> Answers(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync("/health/live", cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task Talk(HttpClient http, CancellationToken cancellationToken)
    {
        var seen = 0L;
        while (await Ask(cancellationToken) is { Length: > 0 } text)
        {
            var started = http.DefaultRequestHeaders.Authorization is not null;
            using var request = new HttpRequestMessage(HttpMethod.Post, started ? "/support/conversation/messages" : "/support/conversation");
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
            request.Content = JsonContent.Create(new { text });
            using var response = await http.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                AnsiConsole.MarkupLineInterpolated($"[red]{Text(body, "detail") ?? Text(body, "title") ?? response.StatusCode.ToString()}[/]");
                continue;
            }

            if (!started)
                http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Text(body, "conversation_token"));
            try
            {
                seen = await Show(http, seen, cancellationToken);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new UsageException($"No answer came within {AnswerWithin.TotalSeconds:0} seconds.");
            }
        }
    }

    private static async Task<string?> Ask(CancellationToken cancellationToken)
    {
        if (!Console.IsInputRedirected)
            AnsiConsole.Markup("[bold]you>[/] ");
        return (await Console.In.ReadLineAsync(cancellationToken))?.Trim();
    }

    /// <summary>Shows what is new until the exchange is settled.</summary>
    private static async Task<long> Show(HttpClient http, long seen, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(AnswerWithin);
        while (true)
        {
            var conversation = await http.GetFromJsonAsync<JsonElement>("/support/conversation", limit.Token);
            foreach (var message in conversation.GetProperty("messages").EnumerateArray())
            {
                if (message.GetProperty("sequence").GetInt64() is var sequence && sequence <= seen)
                    continue;
                seen = sequence;
                if (Text(message, "author") != "customer")
                    Show(message);
            }

            if (!conversation.GetProperty("state").GetProperty("working").GetBoolean())
                return seen;
            await Task.Delay(AskAgainAfter, limit.Token);
        }
    }

    private static void Show(JsonElement message)
    {
        AnsiConsole.MarkupLineInterpolated($"[green]{Text(message, "name") ?? Text(message, "author")}>[/] {Text(message, "text")}");
        foreach (var citation in message.GetProperty("citations").EnumerateArray())
            AnsiConsole.MarkupLineInterpolated($"[grey]  source: {Text(citation, "title")}{(Text(citation, "heading") is { Length: > 0 } heading ? $" › {heading}" : "")}[/]");
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
