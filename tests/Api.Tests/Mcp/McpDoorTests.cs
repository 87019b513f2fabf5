using FteAgent.Api.Hosting;
using FteAgent.Operators;

namespace FteAgent.Api.Mcp;

/// <summary>Who comes in at <c>/mcp</c>, and for whom.</summary>
[Collection(McpCollection.Name)]
public sealed class McpDoorTests(McpSilo fixture)
{
    private const string List = """{"jsonrpc":"2.0","id":7,"method":"tools/list"}""";
    private readonly RunningSilo silo = fixture.Silo;

    [Fact]
    public async Task Nobody_comes_in_without_an_operators_key()
    {
        var customer = await silo.NewCustomer();

        foreach (var caller in (Caller[])[silo.Anyone, silo.With(OperatorKeys.NewKey()), silo.With(new string('k', 5_000)), customer.Caller])
            (await new McpProgram(caller, customer.Id.ToString()).Post(List)).ExpectProblem(401);
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing_from_the_next_request_on()
    {
        var ana = await silo.NewOperator();
        (await McpSilo.Program(ana).Post(List)).Expect(200);

        Assert.True(await silo.Service<IOperatorDirectory>().Revoke(ana.Name, default));

        (await McpSilo.Program(ana).Post(List)).ExpectProblem(401);
    }

    [Fact]
    public async Task A_browsers_session_does_not_open_it_whatever_it_brings()
    {
        var signedIn = (await silo.Anyone.Post("/api/session", new { key = (await silo.NewOperator()).Key })).Expect(200);
        var cookie = ("Cookie", signedIn.Headers["Set-Cookie"].Split(';')[0]);
        var csrf = ("X-CSRF-Token", signedIn["csrf_token"].GetString()!);
        (await silo.Anyone.Get("/api/conversations", cookie)).Expect(200);

        (await new McpProgram(silo.Anyone, null).Post(List, cookie, csrf)).ExpectProblem(401);
    }

    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("mira")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("' or 1=1 --")]
    public async Task A_customer_who_does_not_exist_is_told_like_one_who_cannot(string customer)
    {
        var program = new McpProgram((await silo.NewOperator()).Caller, customer);

        var answer = (await program.Post(List)).ExpectProblem(404);

        Assert.Equal("There is no such customer, or this key does not open it.", answer["detail"].GetString());
    }

    [Fact]
    public async Task Two_customers_in_one_request_are_none()
    {
        var (one, other) = (await silo.NewCustomer(), await silo.NewCustomer());
        var program = new McpProgram((await silo.NewOperator()).Caller, $"{one.Id}, {other.Id}");

        (await program.Post(List)).ExpectProblem(404);
    }

    [Fact]
    public async Task Pages_of_other_sites_are_turned_away_and_our_own_are_not()
    {
        await using var own = await RunningSilo.Start(("PUBLIC_URL", "https://help.example.com/support"));
        var (ana, elsewhere) = (McpSilo.Program(await own.NewOperator()), McpSilo.Program(await silo.NewOperator()));

        foreach (var origin in (string[])["https://evil.example", "http://help.example.com", "https://help.example.com:8443", "https://help.example.com.evil.example", "null", "file://"])
            (await ana.Post(List, ("Origin", origin))).ExpectProblem(403);

        (await ana.Post(List, ("Origin", "https://help.example.com"))).Expect(200);
        (await ana.Post(List, ("Origin", "HTTPS://HELP.example.com:443"))).Expect(200);
        // Where nobody said what our own pages are, each page is another's, also one that claims our address.
        (await elsewhere.Post(List, ("Origin", silo.Address.GetLeftPart(UriPartial.Authority)))).ExpectProblem(403);
    }

    [Fact]
    public async Task An_operators_programs_are_limited_and_the_next_operators_are_not()
    {
        await using var limited = await RunningSilo.Start(("Limits:McpPerMinute", "3"));
        var (ana, ben) = (McpSilo.Program(await limited.NewOperator()), McpSilo.Program(await limited.NewOperator("Ben")));
        for (var i = 0; i < 3; i++)
            (await ana.Post(List)).Expect(200);

        var refused = (await ana.Post(List)).ExpectProblem(429);

        Assert.True(refused.Headers.ContainsKey("Retry-After"));
        (await ben.Post(List)).Expect(200);
    }

    [Fact]
    public async Task A_body_that_is_too_large_or_no_JSON_is_refused()
    {
        var ana = await silo.NewOperator();
        var program = McpSilo.Program(ana, await silo.NewCustomer());

        (await program.Post($$"""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"send_response","arguments":{"message":"{{new string('x', 300_000)}}" } } }""")).ExpectProblem(413);
        (await ana.Caller.Send(HttpMethod.Post, "/mcp", new StringContent(List, System.Text.Encoding.UTF8, "text/plain"), ("Accept", "application/json, text/event-stream"))).ExpectProblem(415);
        (await program.Post(List, ("Accept", "text/html"))).Expect(406);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("42")]
    [InlineData("{")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"tools/list"}""")]
    [InlineData("""{"jsonrpc":"1.0","id":7,"method":"tools/list"}""")]
    [InlineData("""[{"jsonrpc":"2.0","id":7,"method":"tools/list"}]""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/\ud800list"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":{},"method":"tools/list"}""")]
    public async Task What_is_no_request_is_refused_and_nothing_of_ours_is_shown(string body)
    {
        var answer = await McpSilo.Program(await silo.NewOperator()).Post(body);

        Assert.InRange(answer.Status, 400, 499);
        Assert.DoesNotContain("   at ", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/call"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":[]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":7}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":null}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"search_knowledge_base","arguments":[]}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"search_knowledge_base","arguments":"query"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"search_knowledge_base","arguments":{"query":"\ud800 half a character"}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"resources/read","params":{"uri":{}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":7,"method":"resources/list","params":{"cursor":"%%%"}}""")]
    public async Task Parameters_that_do_not_fit_are_an_error_of_the_protocol(string body)
    {
        var answer = (await McpSilo.Program(await silo.NewOperator()).Post(body)).Expect(200);

        Assert.True(McpProgram.Response(answer).TryGetProperty("error", out var error), answer.Text);
        Assert.InRange(error.GetProperty("code").GetInt32(), -32699, -32600);
        Assert.DoesNotContain("   at ", answer.Text, StringComparison.Ordinal);
    }
}
