using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using FteAgent.Testing;

namespace FteAgent.Api.Hosting;

/// <summary>Someone who sends requests, with or without a bearer token.</summary>
internal sealed class Caller(HttpClient http, string? bearer = null)
{
    private static readonly string[] Said = ["name", "email", "subject", "message", "text", "reason", "notes", "key", "value", "code", "question", "answer"];

    public Task<Answer> Get(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Get, path, null, headers);

    public Task<Answer> Post(string path, object body, params (string Name, string Value)[] headers) => Send(HttpMethod.Post, path, Json(body), headers);

    public Task<Answer> Put(string path, object? body = null, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Put, path, body is null ? null : Json(body), headers);

    public Task<Answer> Delete(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Delete, path, null, headers);

    public async Task<Answer> Send(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = Request(method, path, content, headers);
        using var response = await http.SendAsync(request);
        return await Answer.Of(response);
    }

    /// <summary>Sends a request and leaves its body unread, as whoever follows a stream does.</summary>
    public async Task<HttpResponseMessage> Open(string path, params (string Name, string Value)[] headers)
    {
        using var request = Request(HttpMethod.Get, path, null, headers);
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>A body: text as it is, anything else as JSON.</summary>
    public static StringContent Json(object body) =>
        new(body as string ?? Text(body), Encoding.UTF8, "application/json");

    /// <summary>What somebody writes, or opens a door with, is in no log.</summary>
    private static string Text(object body)
    {
        using var json = JsonSerializer.SerializeToDocument(body);
        if (json.RootElement.ValueKind is JsonValueKind.Object)
            foreach (var field in json.RootElement.EnumerateObject())
                if (Said.Contains(field.Name) && field.Value.ValueKind is JsonValueKind.String)
                    TestLogs.Secret(field.Value.GetString());
        return json.RootElement.GetRawText();
    }

    private HttpRequestMessage Request(HttpMethod method, string path, HttpContent? content, (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        if (bearer is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        foreach (var (name, value) in headers)
        {
            HttpHeaders? of = name == "Content-Type" ? content?.Headers : request.Headers;
            of?.Remove(name);
            of?.TryAddWithoutValidation(name, value);
        }

        return request;
    }
}

/// <summary>What came back.</summary>
internal sealed class Answer
{
    private readonly Lazy<JsonElement> json;

    private Answer(int status, string text, string? mediaType, Dictionary<string, string> headers)
    {
        (Status, Text, MediaType, Headers) = (status, text, mediaType, headers);
        json = new(() => JsonDocument.Parse(Text).RootElement);
    }

    public int Status { get; }

    public string Text { get; }

    public string? MediaType { get; }

    public IReadOnlyDictionary<string, string> Headers { get; }

    public JsonElement Json => json.Value;

    public JsonElement this[string name] => Json.GetProperty(name);

    public static async Task<Answer> Of(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        await response.Content.ReadAsStringAsync(),
        response.Content.Headers.ContentType?.MediaType,
        response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));

    public Answer Expect(int status)
    {
        Assert.True(Status == status, $"{Status} instead of {status}: {Text}");
        return this;
    }

    /// <summary>A problem (RFC 9457) with this status that tells nothing of our insides.</summary>
    public Answer ExpectProblem(int status)
    {
        Expect(status);
        Assert.Equal("application/problem+json", MediaType);
        Assert.Equal(status, this["status"].GetInt32());
        Assert.NotEqual("", this["title"].GetString());
        Assert.Equal(status == 401, Headers.ContainsKey("WWW-Authenticate"));   // RFC 9110, 11.6.1.
        foreach (var inside in (string[])["   at ", "Exception", ".cs", Path.GetTempPath(), AppContext.BaseDirectory, "System.", "Microsoft.", "FteAgent", "SQLite"])
            Assert.DoesNotContain(inside, Text, StringComparison.Ordinal);
        return this;
    }

    /// <summary>The fields that a 422 names, in order of name.</summary>
    public string[] BadFields() => [.. ExpectProblem(422)["errors"].EnumerateObject().Select(error => error.Name).Order(StringComparer.Ordinal)];
}
