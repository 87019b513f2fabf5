using System.Collections.Immutable;
using System.Net;
using FteAgent.Api.Addresses;
using FteAgent.Operators;
using FteAgent.Postgres;
using FteAgent.Silo.Commands;
using FteAgent.Silo.Hosting;

namespace FteAgent.Silo.Settings;

/// <summary>
/// The settings that pick implementations, read from the environment (and appsettings.json). A bad one stops the start with a
/// sentence that says what to set.
/// </summary>
/// <param name="DataFolder">Where the record's file is: <c>FTE_DATA</c>, default <c>data</c> in the working folder.</param>
/// <param name="Url">Where pages and API are served: <c>FTE_URL</c>, default http://localhost:8080.</param>
/// <param name="OperatorKey">The first operator's key: <c>OPERATOR_KEY</c>, at least 32 characters.</param>
/// <param name="EscalationUrl">Where escalations are posted: <c>ESCALATION_URL</c>.</param>
/// <param name="PublicUrl">Where operators reach this deployment: <c>PUBLIC_URL</c>.</param>
/// <param name="Postgres">The database that all silos share: <c>DATABASE_URL</c> and <c>DATABASE_DIRECT_URL</c>; without them the record is the file.</param>
/// <param name="DrainDelay">How long a silo goes on serving after the sign to stop, so that a balancer notices: <c>DRAIN_SECONDS</c>, 0 to 20; default 3 in a fleet, else 0.</param>
/// <param name="Proxies">Whose word is taken about a client's address: <c>TRUSTED_PROXIES</c>, and Fly's own proxy where <c>FLY_APP_NAME</c> says that this is Fly.</param>
internal sealed record SiloSettings(
    string DataFolder, string Url, string? OperatorKey, Uri? EscalationUrl, Uri? PublicUrl, PostgresOptions? Postgres, TimeSpan DrainDelay, ProxyTrust Proxies)
{
    private const string DefaultUrl = "http://localhost:8080";

    /// <summary>What is left of the time to stop in is for open requests and drafts in the making: three seconds, if it is so long.</summary>
    private const int LongestDrainSeconds = 20;
    private const int FleetDrainSeconds = 3;

    /// <summary>The record's file.</summary>
    public string DatabasePath => Path.Combine(DataFolder, "fte.db");

    public static SiloSettings Read(IConfiguration configuration)
    {
        if (KnownSettings.Sections.SelectMany(section => section.Faults(configuration)).Concat(LogLevels.Faults(configuration)).ToList() is { Count: > 0 } faults)
            throw new UsageException(string.Join(' ', faults));
        if (configuration["OPERATOR_KEY"] is { Length: > 0 and < OperatorKeys.ShortestGiven })
            throw new UsageException($"OPERATOR_KEY must have at least {OperatorKeys.ShortestGiven} characters; leave it out and run 'silo operators add NAME' to have one made.");
        _ = RetentionSettings.Read(configuration);
        var postgres = Database(configuration["DATABASE_URL"], configuration["DATABASE_DIRECT_URL"]);
        return new(
            configuration["FTE_DATA"] is { Length: > 0 } folder ? folder : "data",
            configuration["FTE_URL"] is { Length: > 0 } url ? Served(url) : DefaultUrl,
            configuration["OPERATOR_KEY"] is { Length: > 0 } key ? key : null,
            Address("ESCALATION_URL", configuration["ESCALATION_URL"]),
            Address("PUBLIC_URL", configuration["PUBLIC_URL"]),
            postgres,
            DrainDelayOf(configuration["DRAIN_SECONDS"], postgres is null ? 0 : FleetDrainSeconds),
            new(ProxiesOf(configuration["TRUSTED_PROXIES"]), configuration["FLY_APP_NAME"] is { Length: > 0 }));
    }

    private static ImmutableArray<IPNetwork> ProxiesOf(string? list) => list switch
    {
        null or "" => [],
        _ when ProxyTrust.TryParse(list, out var proxies) => proxies,
        _ => throw new UsageException("TRUSTED_PROXIES must be IP addresses or networks with commas between them, such as 10.0.0.7,192.168.0.0/24,fd00::/8, and not all addresses."),
    };

    private static TimeSpan DrainDelayOf(string? seconds, int otherwise) => seconds switch
    {
        null or "" => TimeSpan.FromSeconds(otherwise),
        _ when int.TryParse(seconds, out var given) && given is >= 0 and <= LongestDrainSeconds => TimeSpan.FromSeconds(given),
        _ => throw new UsageException($"DRAIN_SECONDS must be a whole number from 0 to {LongestDrainSeconds}."),
    };

    private static PostgresOptions? Database(string? url, string? directUrl)
    {
        if (url is null or "")
            return directUrl is null or "" ? null : throw new UsageException("DATABASE_DIRECT_URL is a second way to the database of DATABASE_URL; set that as well.");
        try
        {
            _ = PostgresUrl.Read("DATABASE_URL", url);
            if (directUrl is { Length: > 0 })
                _ = PostgresUrl.Read("DATABASE_DIRECT_URL", directUrl);
        }
        catch (FormatException unreadable)
        {
            throw new UsageException(unreadable.Message);
        }

        return new() { Url = url, DirectUrl = directUrl is { Length: > 0 } ? directUrl : null, NeedsOrleans = GrainEngine.IsOrleans };
    }

    // The server takes a scheme, a host and a port, and fails on anything more.
    private static string Served(string url) => Address("FTE_URL", url) is { PathAndQuery: "/", Fragment: "", UserInfo: "" } address
        ? address.ToString().TrimEnd('/')
        : throw new UsageException("FTE_URL must be an http or https address without a path, such as http://0.0.0.0:8080.");

    // The value itself may hold a secret, so the sentence does not repeat it.
    private static Uri? Address(string name, string? value) => value switch
    {
        null or "" => null,
        _ when Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" => new Uri(value),
        _ => throw new UsageException($"{name} must be an http or https address such as https://example.com/path."),
    };
}
