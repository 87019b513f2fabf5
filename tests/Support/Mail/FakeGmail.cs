using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FteAgent.Testing.Mail;

/// <summary>
/// Google's token endpoint and Gmail's API, as far as the product asks them, and strict: a question that Gmail would not understand is
/// answered with 400 and kept as a fault, which the test looks at in the end. What is sent bears a Message-ID of Gmail's afterwards and no other.
/// </summary>
internal sealed partial class FakeGmail : IAsyncDisposable
{
    public const string Address = "box@example.org";
    public const string Client = "client-1";
    public const string Secret = "client-secret-of-a-test";
    public const string Refresh = "refresh-token-of-a-test";

    private static readonly TimeSpan TokenHolds = TimeSpan.FromSeconds(3599);

    private readonly WebApplication app;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly List<Stored> mails = [];
    private readonly List<(long Id, Stored Mail)> history = [];
    private readonly Dictionary<string, string> pages = [];
    private readonly Dictionary<string, Stored> drafts = [];
    private readonly Queue<(string Path, int Status)> failures = new();
    private long place = 1_000;
    private long forgottenUntil;
    private DateTimeOffset watchedUntil;
    private int token;
    private DateTimeOffset tokenEnds;
    private int made;

    private FakeGmail(WebApplication app, TimeProvider time) => (this.app, this.time) = (app, time);

    public Uri Url => new(app.Urls.Single());

    /// <summary>What was asked that Gmail would not understand.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>Every question, method and path.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>The mails that were sent, as they came.</summary>
    public List<byte[]> Sent { get; } = [];

    /// <summary>The threads into which they were sent; null for one of its own.</summary>
    public List<string?> SentInto { get; } = [];

    /// <summary>The next draft that is sent is sent, and the answer says that it was not.</summary>
    public bool LoseAnswer { get; set; }

    /// <summary>So many questions for a header are answered with 503.</summary>
    public int FailMetadata { get; set; }

    /// <summary>The next token is answered with this instead, as whatever stands between us and Google may; null for a token.</summary>
    public string? InsteadOfToken { get; set; }

    /// <summary>To what the mailbox's owner agreed.</summary>
    public string Scope { get; set; } = "https://www.googleapis.com/auth/gmail.readonly https://www.googleapis.com/auth/gmail.compose";

    /// <summary>When watches were asked for and given.</summary>
    public List<DateTimeOffset> Watches { get; } = [];

    /// <summary>How long a watch holds. Source: developers.google.com/workspace/gmail/api/guides/push, "Renewing mailbox watch".</summary>
    public TimeSpan WatchHolds { get; set; } = TimeSpan.FromDays(7);

    /// <summary>What a watch is answered with as its end; null for when it does end.</summary>
    public string? WatchEnds { get; set; }

    /// <summary>Whether Gmail tells of what arrives now.</summary>
    public bool Tells { get { lock (gate) return watchedUntil > time.GetUtcNow(); } }

    /// <summary>How many drafts lie there.</summary>
    public int Drafts { get { lock (gate) return drafts.Count; } }

    public long Place { get { lock (gate) return place; } }

    /// <summary>Starts it.</summary>
    /// <param name="time">Its clock; the machine's where none is given.</param>
    public static async Task<FakeGmail> Start(TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var gmail = new FakeGmail(app, time ?? TimeProvider.System);
        app.MapPost("/token", gmail.Token);
        app.MapGet("/gmail/v1/users/me/profile", (HttpRequest request) => gmail.Answer(request, [], _ => gmail.Profile()));
        app.MapGet("/gmail/v1/users/me/history", (HttpRequest request) => gmail.Answer(request, ["startHistoryId", "historyTypes", "maxResults", "pageToken"], gmail.History));
        app.MapGet("/gmail/v1/users/me/messages", (HttpRequest request) => gmail.Answer(request, ["q", "maxResults", "pageToken", "includeSpamTrash"], gmail.List));
        app.MapGet("/gmail/v1/users/me/messages/{id}", (HttpRequest request, string id) => gmail.Answer(request, ["format", "metadataHeaders"], asked => gmail.Read(asked, id)));
        app.MapGet("/gmail/v1/users/me/threads/{id}", (HttpRequest request, string id) => gmail.Answer(request, ["format", "metadataHeaders"], asked => gmail.ReadThread(asked, id)));
        app.MapPost("/gmail/v1/users/me/drafts", (HttpRequest request) => gmail.AnswerBody(request, gmail.MakeDraft));
        app.MapGet("/gmail/v1/users/me/drafts/{id}", (HttpRequest request, string id) => gmail.Answer(request, ["format"], asked => gmail.ReadDraft(asked, id)));
        app.MapPost("/gmail/v1/users/me/drafts/send", (HttpRequest request) => gmail.AnswerBody(request, gmail.SendDraft));
        app.MapPost("/gmail/v1/users/me/watch", (HttpRequest request) => gmail.AnswerBody(request, gmail.Watch));
        app.MapFallback((HttpRequest request) => gmail.Refuse($"there is no {request.Method} {request.Path}", StatusCodes.Status404NotFound));
        await app.StartAsync();
        return gmail;
    }

    /// <summary>A mail arrives; returns where the history stands then.</summary>
    public long Arrive(string mail, params string[] labels)
    {
        lock (gate)
        {
            Add(Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n")), labels.Length > 0 ? labels : ["INBOX", "UNREAD"], null);
            return place;
        }
    }

    /// <summary>The mailbox's owner throws all drafts away.</summary>
    public void ThrowDraftsAway()
    {
        lock (gate)
        {
            mails.RemoveAll(mail => drafts.ContainsValue(mail));
            drafts.Clear();
        }
    }

    /// <summary>Gmail forgets its history up to now.</summary>
    public void Forget() { lock (gate) forgottenUntil = place; }

    /// <summary>The next question whose path ends so is answered with this status.</summary>
    public void Fail(string path, int status) { lock (gate) failures.Enqueue((path, status)); }

    /// <summary>The tokens that were given hold no more.</summary>
    public void TakeBackTokens() { lock (gate) token++; }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private Stored Add(byte[] raw, string[] labels, string? thread)
    {
        // A mailbox's numbers have gaps.
        place += 3;
        var id = (++made).ToString("x16", CultureInfo.InvariantCulture);
        var mail = new Stored(id, thread ?? id, labels, raw, place, time.GetUtcNow());
        mails.Add(mail);
        history.Add((place, mail));
        place += 2;
        return mail;
    }

    private async Task<IResult> Token(HttpRequest request)
    {
        if (!request.HasFormContentType)
            return Refuse("a token was asked for without a form", StatusCodes.Status400BadRequest);
        var form = await request.ReadFormAsync();
        if (form.Count != 4 || form["grant_type"] != "refresh_token" || form["client_id"] != Client || form["client_secret"] != Secret || form["refresh_token"] != Refresh)
            return Results.Json(new { error = "invalid_grant" }, statusCode: StatusCodes.Status400BadRequest);
        if (InsteadOfToken is { } instead)
        {
            InsteadOfToken = null;
            return Results.Text(instead, "text/html");
        }

        lock (gate)
        {
            tokenEnds = time.GetUtcNow() + TokenHolds;
            return Results.Json(new { access_token = $"access-{++token}-of-a-test", expires_in = TokenHolds.TotalSeconds, token_type = "Bearer", scope = Scope });
        }
    }

    private IResult Answer(HttpRequest request, string[] known, Func<IQueryCollection, IResult> answer)
    {
        lock (gate)
        {
            if (Refused(request) is { } refused)
                return refused;
            if (!request.Path.Value!.EndsWith("/history", StringComparison.Ordinal) && request.Query.ContainsKey("metadataHeaders") && request.Query["format"] != "metadata")
                return Refuse("metadataHeaders go with format=metadata");
            if (request.Query.Keys.FirstOrDefault(key => !known.Contains(key)) is { } unknown)
                return Refuse($"{request.Path} has no parameter {unknown}");
            return request.Query.FirstOrDefault(each => each.Value.Count != 1 || each.Value == "") is { Key: { } twice }
                ? Refuse($"{request.Path} has {twice} not once")
                : answer(request.Query);
        }
    }

    private async Task<IResult> AnswerBody(HttpRequest request, Func<JsonObject, IResult> answer)
    {
        if (request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) is not true)
            return Refuse($"{request.Path} takes JSON");
        var body = await JsonNode.ParseAsync(request.Body);
        lock (gate)
            return Refused(request) ?? (body is JsonObject given ? answer(given) : Refuse($"{request.Path} takes an object"));
    }

    private static IResult NotFound() => Results.Json(new { error = new { code = 404, status = "NOT_FOUND" } }, statusCode: StatusCodes.Status404NotFound);

    private IResult? Refused(HttpRequest request)
    {
        Asked.Add($"{request.Method} {request.Path}");
        if (failures.TryPeek(out var failure) && request.Path.Value!.EndsWith(failure.Path, StringComparison.Ordinal))
        {
            failures.Dequeue();
            return Results.Json(new { error = new { code = failure.Status } }, statusCode: failure.Status);
        }

        return request.Headers.Authorization == $"Bearer access-{token}-of-a-test" && time.GetUtcNow() < tokenEnds ? null : Results.Json(new { error = new { code = 401 } }, statusCode: StatusCodes.Status401Unauthorized);
    }

    private IResult Refuse(string fault, int status = StatusCodes.Status400BadRequest)
    {
        lock (gate)
            Faults.Add(fault);
        return Results.Json(new { error = new { code = status, message = fault } }, statusCode: status);
    }

    private static IResult Give(object value) => Results.Text(JsonSerializer.Serialize(value, JsonSerializerOptions.Web), "application/json");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool IsNumber(string? text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private sealed record Stored(string Id, string Thread, string[] Labels, byte[] Raw, long Place, DateTimeOffset At)
    {
        public string MessageId => Header("Message-ID");

        public string Header(string name) => Encoding.UTF8.GetString(Raw).Split("\r\n").TakeWhile(line => line.Length > 0)
            .FirstOrDefault(line => line.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim().Trim('<', '>') ?? "";

        public string Base64 => Base64Url.EncodeToString(Raw);
    }
}
