namespace Orleans.Configuration;

/// <summary>Which database holds the members of a silo's cluster.</summary>
public class AdoNetClusteringSiloOptions
{
    /// <summary>Where the database is. It must be the database itself: leases do not go through a pooler.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The driver: Npgsql, the only one that the built-in engine has.</summary>
    public string Invariant { get; set; } = null!;
}
