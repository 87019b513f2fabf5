namespace FteAgent.Kafka;

/// <summary>
/// Spares a broker that is away, and whoever waits for it: after a failure one asks at a time, and all others are told at once that it is away. So a
/// broker that hangs takes up neither the workers that deliver by other channels nor the requests that can be sent again.
/// </summary>
/// <param name="attempt">How long an attempt may take.</param>
/// <param name="time">The clock.</param>
internal sealed class BrokerRest(TimeSpan attempt, TimeProvider time)
{
    /// <summary>From a failure to the next attempt.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private long? began;
    private TimeSpan length;

    /// <summary>Whether somebody may ask now. Whoever may must say how it ended.</summary>
    public bool MayAsk()
    {
        lock (gate)
        {
            if (began is not { } since)
                return true;
            if (time.GetElapsedTime(since) < length)
                return false;
            // This one asks for all, and has the time that it takes.
            (began, length) = (time.GetTimestamp(), attempt);
            return true;
        }
    }

    /// <summary>It answered.</summary>
    public void Answered()
    {
        lock (gate)
            began = null;
    }

    /// <summary>Whoever asked does not know. Where one asks for all, the next one does so soon; else nothing has changed.</summary>
    public void Unsettled()
    {
        lock (gate)
            if (began is not null)
                (began, length) = (time.GetTimestamp(), Length);
    }

    /// <summary>It did not.</summary>
    public void Failed()
    {
        lock (gate)
            (began, length) = (time.GetTimestamp(), Length);
    }
}
