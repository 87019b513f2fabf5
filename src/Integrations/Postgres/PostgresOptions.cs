using System.ComponentModel.DataAnnotations;

namespace FteAgent.Postgres;

/// <summary>Where the record is, and how much of the database one silo may take.</summary>
public sealed class PostgresOptions
{
    /// <summary>The connection that does the work: a <c>postgres://</c> URL or Npgsql's own key-value form.</summary>
    [Required]
    public string Url { get; set; } = "";

    /// <summary>
    /// A connection past any pooler, for what needs a session of its own (migrations, LISTEN). Where it is given, <see cref="Url"/> is
    /// taken to go through a pooler in transaction mode.
    /// </summary>
    public string? DirectUrl { get; set; }

    /// <summary>Whether the silos run on Orleans, whose providers read tables of their own beside the record; else the built-in engine has its own.</summary>
    public bool NeedsOrleans { get; set; }

    /// <summary>What the connections are called in the database's own lists.</summary>
    public string ApplicationName { get; set; } = "fte";

    /// <summary>How many connections one silo opens at most; the next caller waits for one, which is how back pressure reaches the intake.</summary>
    [Range(2, 1000)]
    public int PoolSize { get; set; } = 32;

    /// <summary>How long a statement of the day's work may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait for a connection.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
