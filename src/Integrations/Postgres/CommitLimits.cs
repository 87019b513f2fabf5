namespace FteAgent.Postgres;

/// <summary>What the commits of one silo may take.</summary>
internal sealed record CommitLimits
{
    /// <summary>The limits of a silo with these connections: commits take at most half of them.</summary>
    public static CommitLimits Of(PostgresSource source) => new() { Lanes = Math.Min(2, source.PoolSize / 2) };

    /// <summary>How many groups are on their way at once, each on a connection of its own. While one waits for the disk the next is at work.</summary>
    public int Lanes { get; init; } = 2;

    /// <summary>So many waiting commits are worth a second lane while the first is under way.</summary>
    public int GoodGroup { get; init; } = 16;

    /// <summary>How many commits share a transaction at most.</summary>
    public int Group { get; init; } = 128;

    /// <summary>How many commits may wait; further ones are refused, and their senders try again later.</summary>
    public int Queue { get; init; } = 4096;

    /// <summary>How long a commit waits to be sent, and to be sent again while the database is away.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>How long the database may take for a group.</summary>
    public TimeSpan Send { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The wait after the first failure to reach the database; it doubles up to <see cref="LongestPause"/>.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest wait between two tries.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMilliseconds(500);
}
