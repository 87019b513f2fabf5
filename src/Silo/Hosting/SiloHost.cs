using FteAgent.Answering.Rules;
using FteAgent.Api;
using FteAgent.Api.Mcp;
using FteAgent.Api.Tracing;
using FteAgent.Customers;
using FteAgent.Documents;
using FteAgent.Escalations;
using FteAgent.Health;
using FteAgent.Intents;
using FteAgent.Learning;
using FteAgent.Postgres;
using FteAgent.Silo.Logs;
using FteAgent.Silo.Settings;
using FteAgent.Sqlite;
using FteAgent.Telemetry;
using Microsoft.Extensions.Logging.Console;

namespace FteAgent.Silo.Hosting;

/// <summary>Puts one silo together: which record, which knowledge, which model, which engine.</summary>
internal static class SiloHost
{
    /// <summary>The pages and our own documents lie beside the program.</summary>
    public static string PagesFolder { get; } = Path.Combine(AppContext.BaseDirectory, "wwwroot");

    /// <summary>A whole silo with pages and API.</summary>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        // Settings files are looked for beside the program and in the working folder; what is served comes from beside the program only.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = Directory.GetCurrentDirectory() });
        builder.WebHost.UseKestrelHttpsConfiguration();
        configure?.Invoke(builder);
        var settings = SiloSettings.Read(builder.Configuration);
        if (PolicyFile.Read(builder.Configuration) is { } policy)
        {
            policy.AddTo(builder.Configuration);
            builder.Services.AddSingleton(new RuleBook(policy.Policy));
        }

        // The framework's own switch trusts whoever connects; who is trusted is said in one place, TRUSTED_PROXIES.
        builder.Configuration["ForwardedHeaders_Enabled"] = "false";
        if (builder.Configuration["urls"] is null)
            builder.WebHost.UseSetting("urls", settings.Url);

        var cluster = settings.Postgres is null ? null : ClusterSettings.Read(builder.Configuration);
        var telemetry = TelemetrySettings.Read(builder.Configuration, cluster);
        var whatsApp = WhatsAppSettings.Read(builder.Configuration);
        builder.AddTelemetry(telemetry);
        // Before all others that call grains, so that these are up before any hosted service calls one, and stop after the last.
        builder.UseGrainEngine(settings.Postgres, cluster, telemetry.Options.ExportsTraces);
        builder.Services.AddRecord(settings);
        // Before the sweeper, which may find an exchange to draft at once: it must not be drafted from an empty index.
        builder.Services.AddHostedService<FirstStart>();
        ModelSettings.Read(builder.Configuration)?.AddTo(builder.Services);
        builder.Services.AddGrainServices();
        builder.Services.AddLearning();
        builder.Services.AddIntents();
        builder.Services.AddRetention(RetentionSettings.Read(builder.Configuration));
        builder.Services.AddSingleton(settings.Proxies);
        builder.Services.AddSingleton(new McpOptions(settings.PublicUrl));
        if (KafkaSettings.Read(builder.Configuration, settings.Postgres is not null, cluster?.Name ?? KafkaWiring.Alone) is { } kafka)
            builder.Services.AddKafka(kafka);
        builder.Services.AddApiServices();
        if (settings.EscalationUrl is { } url)
            builder.Services.AddEscalationUrl(new(url, settings.PublicUrl));
        whatsApp?.AddTo(builder.Services);
        builder.Services.AddEmail(EmailSettings.Read(builder.Configuration, settings.PublicUrl));
        builder.Services.AddHostedService<ClusterWatch>();
        builder.Services.AddHostedService<DrainDelay>();
        builder.Services.AddHostedService<StartsGarbage>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopTime.ForServices);
        BoundedServer.AddTo(builder.Services);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // The framework's own lines about who came without a key bear our categories, one or two for each request that a stranger makes.
        foreach (var category in ApiRoom.FrameworkCategories)
            builder.Logging.AddFilter(category, LogLevel.Warning);
        // Its lines repeat what callers sent: names of tools, addresses of resources, whole messages. What went wrong is told by our own.
        builder.Logging.AddFilter("ModelContextProtocol", LogLevel.Critical);

        var app = builder.Build();
        UnknownSettings.Warn(app.Services.GetRequiredService<ILogger<SiloSettings>>());
        app.UseApi(PagesFolder);
        app.MapApiEndpoints(PagesFolder);
        return app;
    }

    private static void AddTelemetry(this WebApplicationBuilder builder, TelemetrySettings settings)
    {
        // The framework's own activities bear route, method and status from this version on, if they are asked to.
        AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
        builder.Services.AddTelemetry(settings.Options);
        builder.Services.AddIncomingTraces(settings.GoesOnWithIncomingTraces);
        if (!settings.LogsJson)
            return;
        builder.Services.AddSingleton(new SiloName(settings.Options.Silo));
        // The console itself is the host builder's own.
        builder.Logging.AddConsoleFormatter<JsonLines, ConsoleFormatterOptions>();
        builder.Services.Configure<ConsoleLoggerOptions>(static console => console.FormatterName = JsonLines.FormatterName);
    }

    /// <summary>The record alone, for commands that need no grains. Its schema must be up to date.</summary>
    public static async Task<ServiceProvider> OpenRecord(CancellationToken cancellationToken)
    {
        var services = BuildRecord();
        if (services.GetService<PostgresMigrations>() is { } migrations)
            await migrations.Check(cancellationToken);
        return services;
    }

    /// <summary>The same, whatever its schema is.</summary>
    public static ServiceProvider BuildRecord()
    {
        var configuration = Configuration();
        var services = new ServiceCollection();
        services.AddSingleton(configuration);
        services.AddLogging(logging => logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning));
        services.AddSingleton(TimeProvider.System);
        var settings = SiloSettings.Read(configuration);
        services.AddRecord(settings);
        ModelSettings.Read(configuration)?.AddEmbedderTo(services);
        services.AddGrainServices();
        return services.BuildServiceProvider();
    }

    /// <summary>What the commands read their settings from.</summary>
    public static IConfiguration Configuration() =>
        new ConfigurationBuilder().AddJsonFile("appsettings.json", optional: true).AddEnvironmentVariables().Build();

    private static void AddRecord(this IServiceCollection services, SiloSettings settings)
    {
        services.AddSingleton(settings);
        if (settings.Postgres is { } postgres)
            services.AddPostgresRecord(postgres);
        else
            services.AddSqliteRecord(new SqliteOptions { Path = settings.DatabasePath });
        services.AddSingleton<DocumentFiles>();
    }
}
