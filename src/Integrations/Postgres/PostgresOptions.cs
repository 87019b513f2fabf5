namespace FteAgent.Postgres;

/// <summary>Where the record is, and how much of the database one silo may take.</summary>
public sealed class PostgresOptions
{
    /// <summary>The connection that does the work: a <c>postgres://</c> URL or Npgsql's own key-value form.</summary>
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

    /// <summary>
    /// How many connections one silo opens at most for its work, unless <see cref="Url"/> says it (<c>pool_size</c>). The next caller waits
    /// for one, which is how back pressure reaches the intake.
    /// </summary>
    public int PoolSize { get; set; } = 32;

    /// <summary>How long a statement of the day's work may take, unless the URL says it.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait for a connection, unless the URL says it (<c>connect_timeout</c>).</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
