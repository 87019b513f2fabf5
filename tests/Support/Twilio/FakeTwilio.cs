using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FteAgent.Testing;

/// <summary>A message as it came to Twilio.</summary>
/// <param name="Sid">Its id there.</param>
/// <param name="Form">Its parameters.</param>
/// <param name="CreatedAt">When it came.</param>
internal sealed record TwilioSend(string Sid, IReadOnlyDictionary<string, string> Form, DateTimeOffset CreatedAt)
{
    public string To => Form["To"];

    /// <summary>What the customer reads: of a template, its own words around ours.</summary>
    public string Words => Form.TryGetValue("Body", out var body)
        ? body
        : $"We have an answer for you: {System.Text.Json.JsonDocument.Parse(Form["ContentVariables"]).RootElement.GetProperty("1").GetString()}";
}

/// <summary>What goes wrong with a request to Twilio.</summary>
/// <param name="Status">The HTTP status; 0 cuts the connection.</param>
/// <param name="Code">Twilio's code; null for a page of a proxy before it.</param>
/// <param name="RetryAfter">In seconds.</param>
/// <param name="Taken">Whether the message is taken all the same, and only the answer gets lost.</param>
internal sealed record TwilioFault(int Status, int? Code = null, int? RetryAfter = null, bool Taken = false);

/// <summary>
/// Twilio's REST API as far as WhatsApp needs it, on a port of its own, stricter than the real one: what Twilio would overlook, it refuses.
/// Forms of requests and answers after Twilio Docs, "Messages resource".
/// </summary>
internal sealed class FakeTwilio : IAsyncDisposable
{
    public const string AccountSid = "AC0123456789abcdef0123456789abcdef";
    public const string AuthToken = "5ecre7ffffffffffffffffffffffff42";
    public const string From = "whatsapp:+14155238886";

    /// <summary>Twilio's limit for the body of a WhatsApp message. Source: https://www.twilio.com/docs/api/errors/21617.</summary>
    private const int LongestBody = 1_600;

    private static readonly HashSet<string> SendParameters = ["To", "From", "Body", "ContentSid", "ContentVariables", "StatusCallback"];
    private static readonly HashSet<string> ListParameters = ["To", "From", "DateSent", "DateSent<", "DateSent>", "PageSize"];

    private readonly WebApplication app;
    private readonly TimeProvider time;
    private int sids;

    private FakeTwilio(WebApplication app, TimeProvider time) => (this.app, this.time) = (app, time);

    /// <summary>What was taken, in order.</summary>
    public ConcurrentQueue<TwilioSend> Sent { get; } = new();

    /// <summary>What was wrong with requests that the real one might have let pass.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    /// <summary>How often it was asked for messages that were sent before.</summary>
    public int Lists;

    /// <summary>What goes wrong with the next requests, one each.</summary>
    public ConcurrentQueue<TwilioFault> Faults { get; } = new();

    /// <summary>The account's status.</summary>
    public string Account { get; set; } = "active";

    public Uri Address { get; private set; } = null!;

    public static async Task<FakeTwilio> Start(TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var twilio = new FakeTwilio(app, time ?? TimeProvider.System);
        app.MapPost("/2010-04-01/Accounts/{account}/Messages.json", twilio.Send);
        app.MapGet("/2010-04-01/Accounts/{account}/Messages.json", twilio.List);
        app.MapGet("/2010-04-01/Accounts/{account}.json", twilio.Look);
        app.MapFallback((HttpRequest request) => twilio.Complain($"{request.Method} {request.Path} is no request of Twilio's", 404, 20404));
        await app.StartAsync();
        twilio.Address = new(app.Urls.First());
        return twilio;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task<IResult> Send(string account, HttpContext context)
    {
        if (Denied(account, context.Request) is { } denied)
            return denied;
        if (context.Request.ContentType != "application/x-www-form-urlencoded" || context.Request.QueryString.HasValue)
            return Complain("a message is sent as a form", 400, 20001);
        var form = (await context.Request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString());
        if (form.Keys.FirstOrDefault(name => !SendParameters.Contains(name)) is { } unknown)
            return Complain($"{unknown} is no parameter", 400, 20001);
        if (Faults.TryDequeue(out var fault))
        {
            if (fault.Taken)
                Take(form);
            return Fail(fault, context);
        }

        if (!IsNumber(form.GetValueOrDefault("From")))
            return Problem(400, 21212);
        if (!IsNumber(form.GetValueOrDefault("To")))
            return Problem(400, 21211);
        if (form.ContainsKey("Body") == form.ContainsKey("ContentSid") || form.ContainsKey("ContentSid") != form.ContainsKey("ContentVariables"))
            return Complain("either Body, or ContentSid with ContentVariables", 400, 21619);
        if (form.GetValueOrDefault("Body") is { } body && (body.Length > LongestBody || string.IsNullOrWhiteSpace(body)))
            return Problem(400, body.Length > LongestBody ? 21617 : 21619);
        if (form.GetValueOrDefault("ContentVariables") is { } variables && (!IsObject(variables) || variables.Contains("\\n", StringComparison.Ordinal)))
            return Complain("ContentVariables is a JSON object without lines", 400, 21656);
        if (form.GetValueOrDefault("StatusCallback") is not { } callback || !Uri.TryCreate(callback, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return Complain("StatusCallback is no address", 400, 21609);
        return Results.Json(Json(Take(form)), statusCode: 201);
    }

    private IResult List(string account, HttpContext context)
    {
        if (Denied(account, context.Request) is { } denied)
            return denied;
        Interlocked.Increment(ref Lists);
        if (context.Request.Query.Keys.FirstOrDefault(name => !ListParameters.Contains(name)) is { } unknown)
            return Complain($"{unknown} is no parameter", 400, 20001);
        if (Faults.TryDequeue(out var fault))
            return Fail(fault, context);
        var size = int.Parse(context.Request.Query["PageSize"].ToString() is { Length: > 0 } given ? given : "50", CultureInfo.InvariantCulture);
        if (size is < 1 or > 1000)
            return Complain("PageSize is from 1 to 1000", 400, 20006);
        var (to, from) = (context.Request.Query["To"].ToString(), context.Request.Query["From"].ToString());
        var found = Sent.Where(sent => sent.To == to && sent.Form["From"] == from).Reverse().Take(size).Select(Json).ToList();
        var uri = $"{context.Request.Path}{context.Request.QueryString}";
        return Results.Json(new Dictionary<string, object?>
        {
            ["first_page_uri"] = uri,
            ["end"] = Math.Max(0, found.Count - 1),
            ["previous_page_uri"] = null,
            ["messages"] = found,
            ["uri"] = uri,
            ["page_size"] = size,
            ["start"] = 0,
            ["next_page_uri"] = null,
            ["page"] = 0,
        });
    }

    private IResult Look(string account, HttpContext context)
    {
        if (Denied(account, context.Request) is { } denied)
            return denied;
        return Faults.TryDequeue(out var fault)
            ? Fail(fault, context)
            : Results.Json(new { sid = AccountSid, friendly_name = "Support", status = Account, type = "Full", auth_token = AuthToken });
    }

    private IResult? Denied(string account, HttpRequest request)
    {
        var expected = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{AccountSid}:{AuthToken}"));
        return request.Headers.Authorization.ToString() == $"Basic {expected}" && account == AccountSid ? null : Problem(401, 20003);
    }

    private TwilioSend Take(Dictionary<string, string> form)
    {
        var sent = new TwilioSend(FormattableString.Invariant($"SM{Interlocked.Increment(ref sids):x32}"), form, time.GetUtcNow());
        Sent.Enqueue(sent);
        return sent;
    }

    private static Dictionary<string, object?> Json(TwilioSend sent) => new()
    {
        ["account_sid"] = AccountSid,
        ["api_version"] = "2010-04-01",
        ["body"] = sent.Words,
        ["date_created"] = sent.CreatedAt.ToString("R", CultureInfo.InvariantCulture).Replace("GMT", "+0000", StringComparison.Ordinal),
        ["date_sent"] = null,
        ["date_updated"] = null,
        ["direction"] = "outbound-api",
        ["error_code"] = null,
        ["error_message"] = null,
        ["from"] = sent.Form["From"],
        ["messaging_service_sid"] = null,
        ["num_media"] = "0",
        ["num_segments"] = "1",
        ["price"] = null,
        ["price_unit"] = null,
        ["sid"] = sent.Sid,
        ["status"] = "queued",
        ["to"] = sent.To,
        ["uri"] = $"/2010-04-01/Accounts/{AccountSid}/Messages/{sent.Sid}.json",
        ["subresource_uris"] = new Dictionary<string, string> { ["media"] = $"/2010-04-01/Accounts/{AccountSid}/Messages/{sent.Sid}/Media.json" },
    };

    private static bool IsNumber(string? address) =>
        address?.StartsWith("whatsapp:+", StringComparison.Ordinal) is true && address[10..] is { Length: >= 7 and <= 15 } digits && digits.All(char.IsAsciiDigit);

    private static bool IsObject(string json)
    {
        try
        {
            return System.Text.Json.JsonDocument.Parse(json).RootElement.ValueKind is System.Text.Json.JsonValueKind.Object;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }

    private IResult Complain(string what, int status, int code)
    {
        Complaints.Enqueue(what);
        return Problem(status, code);
    }

    private static IResult Fail(TwilioFault fault, HttpContext context)
    {
        if (fault.Status == 0)
        {
            context.Abort();
            return Results.Empty;
        }

        if (fault.RetryAfter is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return fault.Code is { } code ? Problem(fault.Status, code) : Results.Text("<html>Bad gateway</html>", "text/html", statusCode: fault.Status);
    }

    private static IResult Problem(int status, int code) => Results.Json(
        new { code, message = $"The number +15005550001 is no good ({(HttpStatusCode)status})", more_info = FormattableString.Invariant($"https://www.twilio.com/docs/errors/{code}"), status },
        statusCode: status);
}
