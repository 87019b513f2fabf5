using System.Text;
using FteAgent.Api.Support;
using FteAgent.Customers;
using FteAgent.Operators;
using FteAgent.Silo.Hosting;
using FteAgent.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FteAgent.Api.Hosting;

/// <summary>The whole product in this process: real grains, a real file, real HTTP on a free port.</summary>
public sealed class RunningSilo : IAsyncDisposable
{
    private const string Plenty = "1000000";
    private readonly DirectoryInfo folder;
    private readonly WebApplication app;
    private readonly HttpClient http;

    private RunningSilo(DirectoryInfo folder, WebApplication app, LogLines log)
    {
        this.folder = folder;
        this.app = app;
        Log = log;
        Address = new(app.Urls.Single());
        http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 }) { BaseAddress = Address };
    }

    internal LogLines Log { get; }

    internal Uri Address { get; }

    /// <summary>Whoever comes without a token.</summary>
    internal Caller Anyone => new(http);

    internal string DatabasePath => Path.Combine(folder.FullName, "fte.db");

    internal T Service<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    internal static Task<RunningSilo> Start(params (string Name, string Value)[] settings) => Start(static _ => { }, settings);

    internal static async Task<RunningSilo> Start(Action<IServiceCollection> configure, params (string Name, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("fte-api-");
        var log = new LogLines();
        var app = SiloHost.Build([], builder =>
        {
            foreach (var (name, value) in (ReadOnlySpan<(string, string)>)
            [
                ("FTE_DATA", folder.FullName), ("FTE_URL", "http://127.0.0.1:0"), ("OPERATOR_KEY", ""), ("ESCALATION_URL", ""), ("METRICS_PORT", "0"),
                ("Conversation:Settle", "00:00:00.020"), ("Conversation:MessagesPerMinute", "1000"),
                ("Limits:SubmitPerMinute", Plenty), ("Limits:MessagesPerMinute", Plenty), ("Limits:SignInPerMinute", Plenty), ("Limits:RequestsPerMinute", Plenty),
                .. settings,
            ])
                builder.Configuration[name] = value;
            configure(builder.Services);
            builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Trace);
        });
        await app.StartAsync();
        return new(folder, app, log);
    }

    internal Caller With(string bearer) => new(http, bearer);

    /// <summary>A customer who has just sent the support form.</summary>
    internal async Task<TestCustomer> NewCustomer(string message = "How do I make a backup of the data?", string name = "Mira Okafor", string? email = null)
    {
        email ??= $"{Guid.NewGuid():N}@example.com";
        var answer = await Anyone.Post("/support/submit", Forms.Valid(message: message, name: name, email: email));
        Assert.Equal(201, answer.Status);
        return await Known(answer, email);
    }

    internal async Task<TestCustomer> Known(Answer opened, string email = "")
    {
        var token = opened["conversation_token"].GetString()!;
        TestLogs.Secret(token);
        var id = await Service<ConversationTokens>().Read(token, default);
        return new(With(token), id!.Customer, token, opened["ticket_id"].GetString()!, email);
    }

    /// <summary>An operator with a key of their own.</summary>
    internal async Task<TestOperator> NewOperator(string name = "Ana")
    {
        var (unique, key) = ($"{name} {Guid.NewGuid():N}", OperatorKeys.NewKey());
        TestLogs.Secret(key);
        Assert.NotNull(await Service<IOperatorDirectory>().Add(unique, OperatorKeys.Hash(key), default));
        return new(With(key), unique, key);
    }

    /// <summary>Stops the silo; whoever follows a stream is still there.</summary>
    internal Task Stop() => app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (!app.Lifetime.ApplicationStopped.IsCancellationRequested)
            await app.StopAsync();
        await app.DisposeAsync();
        folder.Delete(recursive: true);
    }
}

/// <summary>A customer with the token that opens their conversation.</summary>
internal sealed record TestCustomer(Caller Caller, CustomerId Id, string Token, string TicketId, string Email)
{
    /// <summary>Where operators find the conversation.</summary>
    public string Inbox => $"/api/conversations/{Id}";

    public async Task<Answer> Conversation() => (await Caller.Get("/support/conversation")).Expect(200);

    /// <summary>The conversation once the assistant has nothing more to do in it.</summary>
    public Task<Answer> Settled() =>
        Eventually.Get(Conversation, conversation => !conversation["state"].GetProperty("working").GetBoolean());
}

/// <summary>An operator with their key.</summary>
internal sealed record TestOperator(Caller Caller, string Name, string Key);

/// <summary>One silo for all tests that need no settings of their own; each brings customers of its own.</summary>
public sealed class SiloFixture : IAsyncLifetime
{
    public RunningSilo Silo { get; private set; } = null!;

    public async Task InitializeAsync() => Silo = await RunningSilo.Start();

    public async Task DisposeAsync() => await Silo.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class SiloCollection : ICollectionFixture<SiloFixture>
{
    public const string Name = "silo";
}
