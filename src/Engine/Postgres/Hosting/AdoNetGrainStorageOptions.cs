namespace Orleans.Configuration;

/// <summary>Which database holds the states of a storage.</summary>
public class AdoNetGrainStorageOptions
{
    /// <summary>Where the database is.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The driver: Npgsql, the only one that the built-in engine has.</summary>
    public string Invariant { get; set; } = "";
}
