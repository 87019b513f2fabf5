using Orleans.Runtime;

namespace FteAgent.Engine.Postgres;

/// <summary>What the options of every ADO.NET provider must say here.</summary>
internal static class PostgresInvariant
{
    public const string Name = "Npgsql";

    /// <summary>The connection string, if the options can be used.</summary>
    public static string Check(string options, string? invariant, string? connectionString)
    {
        if (invariant != Name) throw new OrleansConfigurationException($"{options}.Invariant must be {Name}: the built-in grain engine knows no other database.");
        if (string.IsNullOrWhiteSpace(connectionString)) throw new OrleansConfigurationException($"{options}.ConnectionString is required.");

        return connectionString;
    }
}
