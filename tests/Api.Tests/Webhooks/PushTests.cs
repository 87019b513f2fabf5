using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FteAgent.Api.Hosting;
using FteAgent.Channels.Email.Gmail;
using FteAgent.Testing.Mail;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FteAgent.Api.Webhooks;

/// <summary>Who may wake the mailbox: Google alone, by its own token or by one that was agreed on.</summary>
public sealed class PushTests : IAsyncLifetime
{
    private const string Audience = "https://support.example.org/webhooks/gmail";
    private const string Account = "push@project.iam.gserviceaccount.com";

    private readonly RSA key = RSA.Create(2048);
    private readonly RSA others = RSA.Create(2048);
    private WebApplication google = null!;
    private GmailSilo silo = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        google = builder.Build();
        google.Urls.Add("http://127.0.0.1:0");
        var parameters = key.ExportParameters(includePrivateParameters: false);
        google.MapGet("/.well-known/openid-configuration", (HttpRequest request) => Results.Json(new { issuer = PushOptions.Issuer, jwks_uri = $"http://{request.Host}/certs" }));
        google.MapGet("/certs", () => Results.Json(new
        {
            keys = new[] { new { kid = "1", kty = "RSA", alg = "RS256", use = "sig", n = Base64Url.EncodeToString(parameters.Modulus), e = Base64Url.EncodeToString(parameters.Exponent) } },
        }));
        await google.StartAsync();
        silo = await GmailSilo.Start(
            GmailSilo.Never, null,
            services => services.AddSingleton(new PushOptions(Audience, Account) { Metadata = new($"{google.Urls.Single()}/.well-known/openid-configuration") }),
            ("GMAIL_PUSH_AUDIENCE", Audience), ("GMAIL_PUSH_ACCOUNT", Account));
    }

    public async Task DisposeAsync()
    {
        await silo.DisposeAsync();
        await google.DisposeAsync();
        key.Dispose();
        others.Dispose();
    }

    [Fact]
    public async Task Googles_token_wakes_the_mailbox()
    {
        var place = silo.Gmail.Arrive(GmailSilo.Mail("question 1", "1@example.com"));

        (await Push(Token(), place)).Expect(204);

        Assert.Equal(["question 1"], await silo.Arrived(1));
    }

    [Fact]
    public async Task Nobody_elses_does()
    {
        var now = TimeProvider.System.GetUtcNow();
        string?[] tokens =
        [
            null, "", "x", "a.b.c", Token()[..^4], Token(signer: others), Token(issuer: "https://attacker.example"), Token(audience: "https://other.example.org"),
            Token(account: "other@project.iam.gserviceaccount.com"), Token(verified: false), Token(until: now.AddMinutes(-5)), Token(from: now.AddMinutes(5)), Token(until: null, endless: true),
            Token(algorithm: "none"), Token(algorithm: "HS256"), Token(kid: "2"),
        ];

        for (var i = 0; i < tokens.Length; i++)
            Assert.True((await Push(tokens[i], silo.Gmail.Place)).Status == 401, $"token {i}");
        foreach (var query in (string[])["", "?token=", "?token=wrong", $"?token={GmailSilo.Token}x", $"?Token2={GmailSilo.Token}", $"?token=a&token={GmailSilo.Token}"])
            (await silo.Silo.Anyone.Post($"/webhooks/gmail{query}", Notice(FakeGmail.Address, silo.Gmail.Place))).ExpectProblem(401);
    }

    [Fact]
    public async Task Keys_that_cannot_be_read_prove_nobody_and_fail_nothing()
    {
        await google.StopAsync();

        Assert.Equal(401, (await Push(Token(), silo.Gmail.Place)).Status);
    }

    [Fact]
    public async Task Push_for_another_mailbox_wakes_nobody()
    {
        var before = silo.Gmail.Asked.Count;

        (await Push(Token(), silo.Gmail.Place + 100, "other@example.org")).Expect(204);
        (await Push(Token(), 0)).Expect(204);

        Assert.Equal(before, silo.Gmail.Asked.Count);
    }

    [Theory]
    [InlineData("{", 400)]
    [InlineData("{}", 400)]
    [InlineData("""{"message": {}}""", 400)]
    [InlineData("""{"message": {"data": "!"}}""", 400)]
    [InlineData("""{"message": {"data": "e30="}}""", 400)]
    [InlineData("""{"message": {"data": "bm8ganNvbg=="}}""", 400)]
    public async Task Push_that_says_nothing_is_the_callers_fault(string body, int status) =>
        (await silo.Silo.Anyone.Post($"/webhooks/gmail?token={GmailSilo.Token}", body)).ExpectProblem(status);

    [Fact]
    public async Task Number_that_is_written_as_text_is_a_number()
    {
        var place = silo.Gmail.Arrive(GmailSilo.Mail("question 1", "1@example.com"));

        (await silo.Silo.Anyone.Post($"/webhooks/gmail?token={GmailSilo.Token}", GmailSilo.Envelope(new { emailAddress = "BOX@example.org", historyId = $"{place}" }))).Expect(204);

        Assert.Equal(["question 1"], await silo.Arrived(1));
    }

    private Task<Answer> Push(string? token, long place, string mailbox = FakeGmail.Address) =>
        silo.Silo.Anyone.Post("/webhooks/gmail", Notice(mailbox, place), token is null ? [] : [("Authorization", $"Bearer {token}")]);

    private static object Notice(string mailbox, long place) => GmailSilo.Envelope(new { emailAddress = mailbox, historyId = place });

    private string Token(
        string issuer = PushOptions.Issuer, string audience = Audience, string account = Account, bool verified = true, DateTimeOffset? from = null,
        DateTimeOffset? until = null, bool endless = false, RSA? signer = null, string algorithm = "RS256", string kid = "1")
    {
        var now = TimeProvider.System.GetUtcNow();
        var claims = new Dictionary<string, object>
        {
            ["iss"] = issuer,
            ["aud"] = audience,
            ["azp"] = "1",
            ["sub"] = "1",
            ["email"] = account,
            ["email_verified"] = verified,
            ["iat"] = (from ?? now).ToUnixTimeSeconds(),
            ["nbf"] = (from ?? now).ToUnixTimeSeconds(),
        };
        if (!endless)
            claims["exp"] = (until ?? now.AddHours(1)).ToUnixTimeSeconds();
        var signed = $"{Part(new { alg = algorithm, kid, typ = "JWT" })}.{Part(claims)}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        var signature = algorithm switch
        {
            "none" => [],
            // The public key as if it were a secret that both know.
            "HS256" => HMACSHA256.HashData(key.ExportSubjectPublicKeyInfo(), bytes),
            _ => (signer ?? key).SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        };
        return $"{signed}.{Base64Url.EncodeToString(signature)}";

        static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
    }
}
