using FteAgent.Api.Hosting;

namespace FteAgent.Operators;

/// <summary>Who may see the console: by key, or by the session that a key opens.</summary>
[Collection(SiloCollection.Name)]
public sealed class SessionTests(SiloFixture fixture)
{
    private const string CsrfHeader = "X-CSRF-Token";
    private readonly RunningSilo silo = fixture.Silo;

    [Theory]
    [InlineData("GET", "/api/session")]
    [InlineData("DELETE", "/api/session")]
    [InlineData("GET", "/api/conversations")]
    [InlineData("GET", "/api/conversations/0123456789abcdef0123456789abcdef")]
    [InlineData("GET", "/api/conversations/0123456789abcdef0123456789abcdef/events")]
    [InlineData("PUT", "/api/conversations/0123456789abcdef0123456789abcdef/handoff")]
    [InlineData("DELETE", "/api/conversations/0123456789abcdef0123456789abcdef/handoff")]
    [InlineData("POST", "/api/conversations/0123456789abcdef0123456789abcdef/messages")]
    [InlineData("POST", "/api/conversations/0123456789abcdef0123456789abcdef/notes")]
    [InlineData("PUT", "/api/conversations/0123456789abcdef0123456789abcdef/resolution")]
    [InlineData("GET", "/api/events")]
    [InlineData("GET", "/api/customers?query=mira")]
    [InlineData("GET", "/api/customers/0123456789abcdef0123456789abcdef")]
    [InlineData("GET", "/api/reports/2026-01-31")]
    [InlineData("GET", "/api/reports")]
    public async Task Nothing_is_shown_without_a_key(string method, string path)
    {
        (await silo.Anyone.Send(new(method), path, null)).ExpectProblem(401);
        (await silo.With(OperatorKeys.NewKey()).Send(new(method), path, null)).ExpectProblem(401);
        (await silo.Anyone.Send(new(method), path, null, ("Cookie", $"fte_session={OperatorKeys.NewSecret()}"))).ExpectProblem(401);
    }

    [Fact]
    public async Task Key_opens_the_console_without_a_session()
    {
        var @operator = await silo.NewOperator();

        var answer = (await @operator.Caller.Get("/api/session")).Expect(200);

        Assert.Equal(@operator.Name, answer["operator"].GetProperty("name").GetString());
        Assert.False(answer.Json.TryGetProperty("csrf_token", out _));
    }

    [Theory]
    [InlineData("fte_op_nonsense")]
    [InlineData("")]
    [InlineData("' or 1=1 --")]
    public async Task Wrong_key_signs_nobody_in(string key)
    {
        var answer = (await silo.Anyone.Post("/api/session", new { key })).ExpectProblem(401);

        Assert.False(answer.Headers.ContainsKey("Set-Cookie"));
    }

    [Fact]
    public async Task Signing_in_sets_a_cookie_that_scripts_cannot_read_and_other_sites_cannot_send()
    {
        var @operator = await silo.NewOperator();

        var answer = (await silo.Anyone.Post("/api/session", new { key = @operator.Key })).Expect(200);

        var cookie = answer.Headers["Set-Cookie"].ToLowerInvariant();
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Contains("path=/", cookie, StringComparison.Ordinal);
        Assert.Contains("expires=", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain(@operator.Key, answer.Text + cookie, StringComparison.Ordinal);
        Assert.Equal(@operator.Name, answer["operator"].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Session_reads_and_needs_its_own_CSRF_token_to_write()
    {
        var (customer, @operator) = (await silo.NewCustomer(), await silo.NewOperator());
        var (session, anothers) = (await SignIn(@operator), await SignIn(@operator));

        (await silo.Anyone.Get("/api/conversations", session.Cookie)).Expect(200);
        (await silo.Anyone.Put($"{customer.Inbox}/handoff", null, session.Cookie)).ExpectProblem(401);
        (await silo.Anyone.Put($"{customer.Inbox}/handoff", null, session.Cookie, (CsrfHeader, ""))).ExpectProblem(401);
        (await silo.Anyone.Put($"{customer.Inbox}/handoff", null, session.Cookie, anothers.Csrf)).ExpectProblem(401);
        (await silo.Anyone.Delete("/api/session", session.Cookie)).ExpectProblem(401);
        Assert.Equal("assistant", (await customer.Settled())["state"].GetProperty("held_by").GetString());

        (await silo.Anyone.Put($"{customer.Inbox}/handoff", null, session.Cookie, session.Csrf)).Expect(200);
    }

    [Fact]
    public async Task Open_session_gets_its_CSRF_token_again()
    {
        var session = await SignIn(await silo.NewOperator());

        Assert.Equal(session.Csrf.Value, (await silo.Anyone.Get("/api/session", session.Cookie)).Expect(200)["csrf_token"].GetString());
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_no_other()
    {
        var @operator = await silo.NewOperator();
        var (session, other) = (await SignIn(@operator), await SignIn(@operator));

        (await silo.Anyone.Delete("/api/session", session.Cookie, session.Csrf)).Expect(204);

        (await silo.Anyone.Get("/api/session", session.Cookie)).ExpectProblem(401);
        (await silo.Anyone.Get("/api/session", other.Cookie)).Expect(200);
        (await @operator.Caller.Get("/api/session")).Expect(200);
    }

    [Fact]
    public async Task Revoked_operator_is_shut_out_at_once()
    {
        var @operator = await silo.NewOperator();
        var session = await SignIn(@operator);

        Assert.True(await silo.Service<IOperatorDirectory>().Revoke(@operator.Name, default));

        (await silo.Anyone.Get("/api/conversations", session.Cookie)).ExpectProblem(401);
        (await @operator.Caller.Get("/api/conversations")).ExpectProblem(401);
        (await silo.Anyone.Post("/api/session", new { key = @operator.Key })).ExpectProblem(401);
    }

    private async Task<((string Name, string Value) Cookie, (string Name, string Value) Csrf)> SignIn(TestOperator @operator)
    {
        var answer = (await silo.Anyone.Post("/api/session", new { key = @operator.Key })).Expect(200);
        return (("Cookie", answer.Headers["Set-Cookie"].Split(';')[0]), (CsrfHeader, answer["csrf_token"].GetString()!));
    }
}
