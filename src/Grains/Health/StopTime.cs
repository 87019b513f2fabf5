using Microsoft.Extensions.Hosting;

namespace FteAgent.Health;

/// <summary>
/// The half minute in which a silo stops, from the sign to stop to the end of its process. Whoever may have to wait for others while
/// it stops asks here how long: what hangs must not use up the time of those who stop after it.
/// </summary>
public sealed class StopTime
{
    /// <summary>When the process is ended, whatever still hangs: those who run silos kill after half a minute.</summary>
    public static readonly TimeSpan ForProcess = TimeSpan.FromSeconds(28);

    /// <summary>
    /// What all services have together. Behind it come a second for the last sign of life, the engine's three seconds to take its
    /// row away and hang up, and a second to close what is open.
    /// </summary>
    public static readonly TimeSpan ForServices = TimeSpan.FromSeconds(23);

    /// <summary>Everyone has this much, however late it is: enough for what does not hang.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private long? began;

    /// <summary>Counts from the moment at which the host is told to stop.</summary>
    public StopTime(TimeProvider time, IHostApplicationLifetime? lifetime = null)
    {
        this.time = time;
        lifetime?.ApplicationStopping.Register(Begin);
    }

    /// <summary>What all services together have left.</summary>
    public TimeSpan Left
    {
        get
        {
            lock (gate)
                return began is { } since ? ForServices - time.GetElapsedTime(since) : ForServices;
        }
    }

    /// <summary>The sign to stop has come.</summary>
    public void Begin()
    {
        lock (gate)
            began ??= time.GetTimestamp();
    }

    /// <summary>How long one of those who stop may take, when those after it are to have <paramref name="others"/>.</summary>
    public TimeSpan Share(TimeSpan most, TimeSpan others)
    {
        var left = Left - others;
        return left > most ? most : left < Least ? Least : left;
    }
}
