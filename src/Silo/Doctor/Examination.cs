using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using FteAgent.Silo.Commands;
using FteAgent.Silo.Settings;

namespace FteAgent.Silo.Doctor;

/// <summary>Everything that is looked at: each for itself, within a limit, whatever becomes of the others.</summary>
internal static class Examination
{
    /// <summary>How long one check may take. A database that is away is found out by its own time limits, which are shorter.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <summary>What is looked at, in the order in which it is told.</summary>
    public static ImmutableArray<IDoctorCheck> Checks(IConfiguration configuration)
    {
        var checks = ImmutableArray.CreateBuilder<IDoctorCheck>();
        checks.Add(new SettingsCheck(configuration));
        if (ReadableSettings(configuration) is { } settings)
        {
            if (settings.Postgres is { } postgres)
                checks.AddRange(new DatabaseCheck(postgres), new VectorCheck(postgres), new NetworkCheck(configuration, postgres), new NoDiskCheck());
            else
                checks.AddRange(new FileCheck(settings.DatabasePath), new DiskCheck(settings.DataFolder));
        }

        if (!string.IsNullOrEmpty(configuration[FlyCheck.AppName]))
            checks.Add(new FlyCheck(configuration, static (name, limit) => Dns.GetHostAddressesAsync(name, AddressFamily.InterNetworkV6, limit)));

        checks.Add(new EmailCheck(configuration, ReadableSettings(configuration)?.PublicUrl));
        checks.AddRange(new PolicyCheck(configuration), new ModelCheck(configuration), new KafkaCheck(configuration), new WhatsAppCheck(configuration));
        return checks.ToImmutable();
    }

    /// <summary>Runs all at once, and gives what each found, in order.</summary>
    public static async Task<ImmutableArray<(string Check, Finding Finding)>> Run(ImmutableArray<IDoctorCheck> checks, TimeProvider time, CancellationToken cancellationToken)
    {
        var findings = await Task.WhenAll(checks.Select(check => Run(check, time, cancellationToken)));
        return [.. checks.Zip(findings, (check, found) => found.Select(finding => (check.Name, finding))).SelectMany(each => each)];
    }

    private static async Task<List<Finding>> Run(IDoctorCheck check, TimeProvider time, CancellationToken cancellationToken)
    {
        var found = new List<Finding>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            // Left behind where it does not heed the limit. What it found until then counts.
            await Task.Run(() => Collect(check, found, limit.Token), CancellationToken.None).WaitAsync(Limit, time, cancellationToken);
            lock (found)
                return [.. found];
        }
        catch (TimeoutException)
        {
            await limit.CancelAsync();
            lock (found)
                return [.. found, Finding.Fail($"No answer within {Limit.TotalSeconds:0} seconds.", "Look at what it depends on, and try again.")];
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Not its message, which may hold a value.
            lock (found)
                return [.. found, Finding.Fail($"The check broke off ({failure.GetType().Name}).", "Set FTE_DEBUG=1 and start the silo to see where.")];
        }
    }

    private static async Task Collect(IDoctorCheck check, List<Finding> found, CancellationToken cancellationToken)
    {
        await foreach (var finding in check.Look(cancellationToken).WithCancellation(cancellationToken))
            lock (found)
                found.Add(finding);
    }

    private static SiloSettings? ReadableSettings(IConfiguration configuration)
    {
        try
        {
            return SiloSettings.Read(configuration);
        }
        catch (UsageException)
        {
            return null;   // The first check says what is wrong.
        }
    }
}
