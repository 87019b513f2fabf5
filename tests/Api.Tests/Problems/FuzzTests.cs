using System.Text;
using System.Text.Json;
using FteAgent.Api.Hosting;
using FteAgent.Testing;
using Xunit.Abstractions;

namespace FteAgent.Api.Problems;

/// <summary>Random requests of a printed seed; set FTE_SEED to repeat a run.</summary>
[Collection(SiloCollection.Name)]
public sealed class FuzzTests(SiloFixture fixture, ITestOutputHelper output)
{
    private const int Requests = 500;
    private readonly RunningSilo silo = fixture.Silo;

    private static readonly (string Method, string Path, string? Body)[] Endpoints =
    [
        ("POST", "/support/submit", """{"name":"Mira","email":"mira@example.com","subject":"Backup","category":"technical","priority":"medium","message":"How do I make a backup?"}"""),
        ("POST", "/support/conversation", """{"text":"How do I make a backup?","name":"Mira","email":"mira@example.com"}"""),
        ("GET", "/support/conversation", null),
        ("POST", "/support/conversation/messages", """{"text":"And how do I restore it?"}"""),
        ("PUT", "/support/conversation/escalation", """{"reason":"I'd like a person."}"""),
        ("GET", "/support/ticket/{odd}", null),
        ("POST", "/api/session", """{"key":"fte_op_0123456789012345678901234567890123"}"""),
        ("GET", "/api/session", null),
        ("DELETE", "/api/session", null),
        ("GET", "/api/conversations?needs={odd}&limit={odd}&cursor={odd}", null),
        ("GET", "/api/conversations?needs=all&cursor={odd}", null),
        ("GET", "/api/conversations/{id}", null),
        ("PUT", "/api/conversations/{id}/handoff", null),
        ("DELETE", "/api/conversations/{id}/handoff", null),
        ("POST", "/api/conversations/{id}/messages", """{"text":"Let me look."}"""),
        ("POST", "/api/conversations/{id}/notes", """{"text":"Calls every week."}"""),
        ("PUT", "/api/conversations/{id}/resolution", """{"notes":"Explained."}"""),
        ("GET", "/api/conversations/{odd}/events", null),
        ("GET", "/api/customers?query={odd}", null),
        ("GET", "/api/customers/{odd}", null),
        ("GET", "/api/reports/{odd}", null),
        ("GET", "/api/reports?from={odd}&to={odd}&format={odd}", null),
        ("PUT", "/support/conversation/messages/{odd}/feedback", """{"helpful":true}"""),
        ("GET", "/api/articles?status={odd}&limit={odd}&cursor={odd}", null),
        ("GET", "/api/articles?cursor={odd}", null),
        ("GET", "/api/articles/{odd}", null),
        ("PUT", "/api/articles/{odd}", """{"question":"How do I move a board?","answer":"Drag it to its new place.","revision":1}"""),
        ("PUT", "/api/articles/{odd}/approval", """{"revision":1}"""),
        ("DELETE", "/api/articles/{odd}/approval?revision={odd}", null),
        ("GET", "/api/gaps?days={odd}&limit={odd}&cursor={odd}", null),
        ("GET", "/api/gaps?cursor={odd}", null),
        ("GET", "/{odd}", null),
    ];

    private static readonly string[] OddValues =
    [
        "", " ", "null", "true", "-1", "0", "1e309", "9223372036854775808", "%", "_", "'", "\"", "\\", "\\u0000", "\\ud800", "../..", "🙂", "א", "\u202e", "<x>", "{{", "$", "a\nb", "\u007f",
        "0123456789abcdef0123456789abcdef", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "2026-01-01", "9999-12-31", "person", "all", "AAAA", "MS4yLjM", ";", "#", "?", "&&", "😀😀😀", "\u00a0", "ﷺ", "İ",
    ];

    private static readonly string[] OddJson =
    [
        "null", "true", "0", "-0", "1e400", "123456789012345678901234567890", "[]", "{}", "[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]", "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"",
        "\"\\uffff\"", "\"🙂\"", "\"<script>\"", "\"'; drop table messages;--\"", "\"\\n\\r\\t\"", "{\"text\":{}}", "NaN", "'x'", "undefined", "\"",
    ];

    private static readonly string[] OddHeaders = ["Accept", "Content-Type", "Idempotency-Key", "Authorization", "Cookie", "Last-Event-ID", "X-CSRF-Token", "If-None-Match", "Range", "X-HTTP-Method-Override", "Origin", "Expect"];

    [Fact]
    public async Task No_random_request_brings_a_failure_of_ours()
    {
        var seed = TestSeed.Take(output.WriteLine);
        var random = new Random(seed);
        var (customer, @operator) = (await silo.NewCustomer(), await silo.NewOperator());
        Caller[] callers = [silo.Anyone, silo.With("x"), customer.Caller, customer.Caller, @operator.Caller, @operator.Caller, @operator.Caller];
        var seen = new SortedDictionary<int, int>();

        for (var i = 0; i < Requests; i++)
        {
            var (method, path, body) = random.GetItems(Endpoints, 1)[0];
            path = path.Replace("{id}", random.Next(4) > 0 ? customer.Id.ToString() : "{odd}", StringComparison.Ordinal);
            while (path.Contains("{odd}", StringComparison.Ordinal))
                path = Replace(path, "{odd}", Uri.EscapeDataString(Odd(random)));
            var sent = random.Next(10) == 0 || body is null ? random.Next(3) == 0 ? Odd(random) : body : Mutate(body, random);
            var headers = random.Next(3) == 0 ? new[] { (random.GetItems(OddHeaders, 1)[0], HeaderValue(Odd(random))) } : [];
            var what = $"{TestSeed.Variable}={seed}, request {i}: {method} {path} {string.Join(' ', headers)} {sent}";

            Answer answer;
            try
            {
                answer = await random.GetItems(callers, 1)[0].Send(new(method), path, sent is null ? null : Caller.Json(sent), headers);
            }
            catch (HttpRequestException failure)
            {
                throw new InvalidOperationException($"{what}: no answer", failure);
            }

            seen[answer.Status] = seen.GetValueOrDefault(answer.Status) + 1;
            Assert.True(answer.Status < 500, $"{what}: {answer.Status} {answer.Text}");
            if (answer.Status >= 400)
                Assert.True(answer.MediaType == "application/problem+json", $"{what}: {answer.Status} as {answer.MediaType}: {answer.Text}");
        }

        output.WriteLine(string.Join(", ", seen.Select(count => $"{count.Key}: {count.Value}")));
        Assert.Contains(seen.Keys, status => status is >= 200 and < 300);
        (await silo.Anyone.Get("/health/ready")).Expect(200);
        (await customer.Conversation()).Expect(200);
    }

    private static string Odd(Random random) => random.Next(12) == 0
        ? new string(random.GetItems(OddValues, 1)[0].FirstOrDefault('x'), random.Next(1, 600))
        : random.GetItems(OddValues, 1)[0];

    /// <summary>Replaces a value, drops or repeats a stretch, or changes single characters: sometimes valid JSON, often not.</summary>
    private static string Mutate(string body, Random random)
    {
        var text = new StringBuilder(body);
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(text.Length);
            var length = Math.Min(random.Next(1, 20), text.Length - at);
            switch (random.Next(6))
            {
                case 0:
                    text.Remove(at, length);
                    break;
                case 1:
                    text.Insert(at, text.ToString(at, length));
                    break;
                case 2:
                    text[at] = (char)random.Next(1, 0xd800);
                    break;
                case 3:
                    text.Insert(at, random.GetItems(OddJson, 1)[0]);
                    break;
                default:
                    var values = TryRead(text.ToString());
                    if (values is null)
                        break;
                    var field = random.GetItems(values, 1)[0];
                    text.Replace(field, random.Next(5) == 0 ? $"\"{new string('x', random.Next(4_000, 12_000))}\"" : random.GetItems(OddJson, 1)[0]);
                    break;
            }

            if (text.Length == 0)
                break;
        }

        return text.ToString();
    }

    private static string[]? TryRead(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind is JsonValueKind.Object
                ? [.. document.RootElement.EnumerateObject().Select(field => field.Value.GetRawText()).DefaultIfEmpty("{}")]
                : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException)
        {
            // No JSON, or no text at all: half of a character that takes two.
            return null;
        }
    }

    private static string Replace(string text, string what, string with)
    {
        var at = text.IndexOf(what, StringComparison.Ordinal);
        return $"{text[..at]}{with}{text[(at + what.Length)..]}";
    }

    /// <summary>A client cannot even send some characters in a header.</summary>
    private static string HeaderValue(string value) => string.Concat(value.Where(c => c is >= ' ' and <= '~'));
}
