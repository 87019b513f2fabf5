using System.ComponentModel.DataAnnotations;

namespace FteAgent.Sqlite;

/// <summary>Where the record is, and how much of the machine it may take.</summary>
public sealed class SqliteOptions
{
    /// <summary>The file. Its folder is made when missing; only the owner may read it.</summary>
    [Required]
    public string Path { get; set; } = "data/fte.db";

    /// <summary>How long to wait for another process (a command run beside the silo) that is writing.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many reads run at once; each has a connection of its own.</summary>
    [Range(1, 64)]
    public int Readers { get; set; } = 8;

    /// <summary>How many writes may wait; the next caller waits for room, which is how back pressure reaches the intake.</summary>
    [Range(1, 100_000)]
    public int QueuedWrites { get; set; } = 4096;

    /// <summary>How many writes at most share one transaction, and so one wait for the disk.</summary>
    [Range(1, 10_000)]
    public int GroupedWrites { get; set; } = 256;
}
