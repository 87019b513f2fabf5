using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using FteAgent.Cluster.Load;
using FteAgent.Testing;

namespace FteAgent.Cluster.Soaking;

/// <summary>One who writes by one way or several: the same person, whom each channel vouches for.</summary>
/// <param name="number">The customer's number, which their marks follow from.</param>
/// <param name="ways">By which ways they write, in turn.</param>
internal sealed class SoakCustomer(int number, params Way[] ways)
{
    /// <summary>What mail comes with that our own mail server has looked at.</summary>
    public const string AuthservId = "mx.support.test";

    /// <summary>The secret of the webhook for mail.</summary>
    public const string MailSecret = "mail-webhook-secret-of-the-soak-run-0001";

    private int messages;

    public int Number => number;

    public IReadOnlyList<Way> Ways => ways;

    public string Email { get; } = string.Create(CultureInfo.InvariantCulture, $"customer{number}@people.test");

    /// <summary>A number that nobody has: the range that is kept for stories (Ofcom, "Telephone numbers for use in TV and radio drama programmes").</summary>
    public string Phone { get; } = string.Create(CultureInfo.InvariantCulture, $"+447700{900_000 + number % 1000:000000}");

    /// <summary>Opens the conversation on our pages.</summary>
    public string? Token { get; set; }

    /// <summary>The conversation that each way leads to: there its last message was found in the record before the load began.</summary>
    public Dictionary<Way, string> Conversations { get; } = [];

    /// <summary>Whether they write by several ways.</summary>
    public bool IsOnSeveral => ways.Length > 1;

    /// <summary>Whether they link their other ways on our pages, by the codes that are sent there.</summary>
    public bool Links => IsOnSeveral && ways.Contains(Way.Web);

    /// <summary>Whether they write by several ways, and all of these lead to one conversation.</summary>
    public bool IsJoined => IsOnSeveral && Conversations.Values.Distinct().Count() == 1;

    /// <summary>The next message's mark and words, and the way that it goes by.</summary>
    public (Way Way, string Mark, string Text) Next()
    {
        var turn = Interlocked.Increment(ref messages) - 1;
        var mark = Mark.Of(number, turn);
        return (ways[turn % ways.Length], mark, Questions.Of(number + turn, mark));
    }

    /// <summary>The request by which this message comes, as a page, a mail provider or Twilio makes it.</summary>
    public HttpRequestMessage Request(Uri silo, Way way, string mark, string text) => way switch
    {
        Way.Web => Types(silo, text),
        Way.Email => Mail(silo, mark, text),
        _ => WhatsApp(silo, mark, text),
    };

    /// <summary>Where they are reached by a way that is not the web.</summary>
    public string AddressOf(Way way) => way is Way.Email ? Email : Phone;

    /// <summary>The request by which the page asks for a code to be sent to the address of another way.</summary>
    public HttpRequestMessage AsksForCode(Uri silo, Way way) =>
        Page(silo, "/support/conversation/identifiers", new { kind = way is Way.Email ? "email" : "phone", value = AddressOf(way) });

    /// <summary>The request by which something typed on the page comes.</summary>
    public HttpRequestMessage Types(Uri silo, string text) =>
        Page(silo, Token is null ? "/support/conversation" : "/support/conversation/messages", new { text });

    private HttpRequestMessage Page(Uri silo, string path, object body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(silo, path)) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        if (Token is not null)
            request.Headers.Authorization = new("Bearer", Token);
        CallerAddress.Tell(request, Token, Random.Shared);
        return request;
    }

    private HttpRequestMessage Mail(Uri silo, string mark, string text)
    {
        var mail = string.Create(CultureInfo.InvariantCulture, $"""
            Authentication-Results: {AuthservId}; dmarc=pass header.from=people.test
            From: Customer {number} <{Email}>
            To: help@support.test
            Subject: A question
            Message-ID: <{mark}@people.test>
            Date: {TimeProvider.System.GetUtcNow():ddd, dd MMM yyyy HH:mm:ss} +0000
            Content-Type: text/plain; charset=utf-8

            {text}

            """).ReplaceLineEndings("\r\n");
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(mail));
        content.Headers.ContentType = new MediaTypeHeaderValue("message/rfc822");
        return new(HttpMethod.Post, new Uri(silo, "/webhooks/email")) { Content = content, Headers = { Authorization = new("Bearer", MailSecret) } };
    }

    private HttpRequestMessage WhatsApp(Uri silo, string mark, string text)
    {
        var form = TwilioWebhooks.Writes(Phone, text, sid: $"SM{mark}", name: $"Customer {number}");
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(silo, "/webhooks/whatsapp")) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("X-Twilio-Signature", TwilioWebhooks.Sign(TwilioWebhooks.Inbound, form));
        return request;
    }
}
