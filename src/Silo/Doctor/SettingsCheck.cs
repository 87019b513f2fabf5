using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using FteAgent.Silo.Commands;
using FteAgent.Silo.Settings;
using FteAgent.Tickets;
using Microsoft.Extensions.Options;

namespace FteAgent.Silo.Doctor;

/// <summary>Whether all settings can be taken, are spelt right, and are no weaker than they must be.</summary>
internal sealed class SettingsCheck(IConfiguration configuration) : IDoctorCheck
{
    /// <summary>A random secret of 32 hexadecimal digits has about 14 different ones; fewer than this is a word, or one letter over and over.</summary>
    private const int FewestDifferent = 8;

    private static readonly ImmutableArray<string> Secrets = ["CLUSTER_SECRET", "OPERATOR_KEY", "EMAIL_WEBHOOK_SECRET", "GMAIL_PUSH_TOKEN"];

    public string Name => "settings";

    public async IAsyncEnumerable<Finding> Look([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var wrong = false;
        foreach (var sentence in Faults())
        {
            wrong = true;
            yield return Finding.Fail(sentence, "Set it right, or leave it out.");
        }

        foreach (var sentence in UnknownSettings.Find(Environment.GetEnvironmentVariables().Keys.Cast<string>()))
            yield return Finding.Warn(sentence, "Spell it as docs/settings.md does, or remove it.");
        foreach (var name in Secrets.Where(name => configuration[name] is { Length: > 0 } secret && secret.Distinct().Count() < FewestDifferent))
            yield return Finding.Warn($"{name} has few different characters.", "Take a random one: openssl rand -hex 32");
        if (configuration["PUBLIC_URL"] is { } url && url.StartsWith("https:", StringComparison.OrdinalIgnoreCase)
            && configuration["TRUSTED_PROXIES"] is null or "" && configuration["FLY_APP_NAME"] is null or "" && !IsServedByHttps())
            yield return Finding.Warn(
                "PUBLIC_URL is https, so a proxy ends TLS, and none is trusted: all customers look like one address, and the session cookie is not marked Secure.",
                "Name the proxy's address in TRUSTED_PROXIES.");
        if (!wrong)
            yield return Finding.Ok("All settings can be taken.");
    }

    private bool IsServedByHttps() => configuration["FTE_URL"]?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) is true;

    private IEnumerable<string> Faults()
    {
        var database = Fault(() => SiloSettings.Read(configuration));
        if (database is not null)
            yield return database;
        if (configuration["DATABASE_URL"] is { Length: > 0 } && Fault(() => ClusterSettings.Read(configuration)) is { } cluster)
            yield return cluster;
        if (Fault(() => TelemetrySettings.Read(configuration, null)) is { } telemetry)
            yield return telemetry;
        if (Fault(() => WhatsAppSettings.Read(configuration)) is { } whatsApp)
            yield return whatsApp;
        if (Fault(() => ModelSettings.Read(configuration)) is { } model)
            yield return model;
        if (Fault(() => EmailSettings.Read(configuration, null)) is { } email)
            yield return email;
        if (Fault(() => KafkaSettings.Read(configuration, configuration["DATABASE_URL"] is { Length: > 0 }, "")?.Check()) is { } kafka)
            yield return kafka;
        var policy = Fault(() => PolicyFile.Read(configuration));
        if (policy is not null)
            yield return policy;
        // What fits each by itself may not fit together.
        if (database is null && policy is null && Fault(HoursFitTogether) is { } hours)
            yield return hours;
    }

    private void HoursFitTogether()
    {
        var all = new ConfigurationBuilder().AddConfiguration(configuration);
        PolicyFile.Read(configuration)?.AddTo(all);
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(all.Build()).AddBusinessHours().BuildServiceProvider();
        _ = services.GetRequiredService<IOptions<BusinessHoursOptions>>().Value;
    }

    private static string? Fault(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (UsageException bad)
        {
            return bad.Message;
        }
        catch (OptionsValidationException bad)
        {
            return string.Join(' ', bad.Failures);
        }
    }
}
