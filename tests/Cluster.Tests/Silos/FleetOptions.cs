namespace FteAgent.Cluster.Silos;

/// <summary>How a fleet is set up.</summary>
internal sealed record FleetOptions
{
    /// <summary>How many silos it starts with.</summary>
    public int Silos { get; init; } = 3;

    /// <summary>The program that is each silo, or its dll.</summary>
    public string Program { get; init; } = typeof(FleetOptions).Assembly.Location;

    /// <summary>How long the stub model takes.</summary>
    public TimeSpan ModelTakes { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether links that can be cut lie between the silos and before the database. Without them nothing stands in a measurement's way.</summary>
    public bool HasLinks { get; init; } = true;

    /// <summary>Whether the database server archives what it writes ahead, so that it can be restored to a moment.</summary>
    public bool Archives { get; init; }

    /// <summary>More settings of each silo.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>What the links' delays follow from.</summary>
    public int Seed { get; init; }

    /// <summary>Told each line that a silo writes.</summary>
    public Action<string, string>? Heard { get; init; }
}
