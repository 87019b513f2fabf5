using Npgsql;

namespace FteAgent.Postgres;

/// <summary>
/// Reads where a database is, as a <c>postgres://</c> URL or in Npgsql's key-value form. What cannot be read is refused in a sentence
/// that repeats none of it: the value holds a password.
/// </summary>
public static class PostgresUrl
{
    private const string Known = "sslmode, sslrootcert, application_name, connect_timeout, channel_binding, host, pgbouncer, pool_size";

    /// <summary>Commits and reads must not wait for each other.</summary>
    private const int SmallestPool = 2;
    private const int LargestPool = 1000;

    /// <summary>The settings that a value asks for, and whether it says of itself that it goes through a pooler in transaction mode.</summary>
    /// <param name="name">What the value is called by whoever set it, for the sentence.</param>
    /// <param name="value">The URL or the key-value form.</param>
    /// <exception cref="FormatException">It is neither.</exception>
    public static (NpgsqlConnectionStringBuilder Settings, bool Pooled) Read(string name, string value) =>
        value.StartsWith("postgres://", StringComparison.Ordinal) || value.StartsWith("postgresql://", StringComparison.Ordinal)
            ? ReadUrl(name, value)
            : (WithPool(name, ReadPairs(name, value)), false);

    private static NpgsqlConnectionStringBuilder ReadPairs(string name, string value)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(value);
            return settings.Host is { Length: > 0 } ? settings : throw Unreadable(name);
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException or KeyNotFoundException or InvalidCastException or OverflowException)
        {
            throw Unreadable(name);
        }
    }

    private static (NpgsqlConnectionStringBuilder Settings, bool Pooled) ReadUrl(string name, string value)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var url) || url.Fragment.Length > 0)
            throw Unreadable(name);

        var settings = new NpgsqlConnectionStringBuilder();
        var who = url.UserInfo.Split(':', 2);
        if (who[0].Length > 0)
            settings.Username = Uri.UnescapeDataString(who[0]);
        if (who.Length > 1)
            settings.Password = Uri.UnescapeDataString(who[1]);
        settings.Host = url.Host.Trim('[', ']');
        if (url.Port > 0)
            settings.Port = url.Port;
        if (url.AbsolutePath.Trim('/') is { Length: > 0 } database)
            settings.Database = Uri.UnescapeDataString(database);

        var pooled = false;
        foreach (var parameter in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
            pooled |= Apply(name, settings, parameter);
        return settings.Host is { Length: > 0 } ? (WithPool(name, settings), pooled) : throw Unreadable(name);
    }

    private static NpgsqlConnectionStringBuilder WithPool(string name, NpgsqlConnectionStringBuilder settings) =>
        settings.MaxPoolSize is >= SmallestPool and <= LargestPool
            ? settings
            : throw new FormatException($"{name} must allow from {SmallestPool} to {LargestPool} connections.");

    private static bool Apply(string name, NpgsqlConnectionStringBuilder settings, string parameter)
    {
        var pair = parameter.Split('=', 2);
        var (key, value) = (pair[0], pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : "");
        switch (key)
        {
            case "sslmode": settings.SslMode = SslModeOf(name, value); break;
            case "sslrootcert": settings.RootCertificate = value; break;
            case "application_name": settings.ApplicationName = value; break;
            case "host": settings.Host = value; break;   // A folder with the server's socket, as libpq has it.
            case "connect_timeout" when int.TryParse(value, out var seconds) && seconds is > 0 and <= 600: settings.Timeout = seconds; break;
            case "pool_size" when int.TryParse(value, out var connections) && connections >= 0: settings.MaxPoolSize = connections; break;
            case "channel_binding" when Enum.TryParse<ChannelBinding>(value, ignoreCase: true, out var binding): settings.ChannelBinding = binding; break;
            case "pgbouncer": return value == "true";
            default: throw new FormatException($"{name} has a parameter that is not understood; these are: {Known}.");
        }

        return false;
    }

    private static SslMode SslModeOf(string name, string value) => value switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "prefer" => SslMode.Prefer,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        _ => throw new FormatException($"{name} has an sslmode that is none of disable, allow, prefer, require, verify-ca and verify-full."),
    };

    private static FormatException Unreadable(string name) =>
        new($"{name} must be a URL such as postgres://user:password@host:5432/database, with what is special in the password percent-encoded.");
}
