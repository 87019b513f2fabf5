using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using FteAgent.Conversations;

namespace FteAgent.Deliveries;

/// <summary>
/// Leaves a provider alone that fails again and again: after some failures in a row its destinations get nothing for a while, then one item to
/// see, and everything once that was taken. Each silo finds out for itself.
/// </summary>
/// <remarks>
/// Not Polly's circuit breaker: it counts the share of failures in a window of time, so that a destination with little to send never opens
/// one, and what it holds back is an exception instead of a time to come again.
/// </remarks>
internal sealed class DeliveryCircuits(IEnumerable<(string Destination, string Provider)> served, TimeProvider time)
{
    /// <summary>How many failures in a row open a circuit. What is said to be an item's own fault is none of them.</summary>
    public const int FailuresInARow = 5;

    /// <summary>How long a destination is left alone first; doubled each time that the trial after it fails.</summary>
    public static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(10);

    /// <summary>How long it is left alone at most: so long may a provider be back unnoticed.</summary>
    public static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(2);

    /// <summary>How long a trial may take. Whoever comes meanwhile waits as long; a trial of which nothing is heard any more is made again.</summary>
    public static readonly TimeSpan TrialFor = TimeSpan.FromSeconds(15);

    private readonly FrozenDictionary<string, Circuit> circuits = served.GroupBy(one => one.Provider)
        .Select(provider => (Circuit: new Circuit(), Served: provider))
        .SelectMany(provider => provider.Served.Select(one => (one.Destination, provider.Circuit)))
        .ToFrozenDictionary(one => one.Destination, one => one.Circuit);

    /// <summary>How long an item must wait before it may be sent there; null when it may go now, which makes it the trial where one is due.</summary>
    public TimeSpan? Wait(string destination)
    {
        if (!circuits.TryGetValue(destination, out var circuit))
            return null;
        lock (circuit)
        {
            if (!circuit.IsOpen)
                return null;
            if (circuit.Rest - time.GetElapsedTime(circuit.RestingSince) is { Ticks: > 0 } left)
                return left;
            if (circuit.TryingSince is { } since && TrialFor - time.GetElapsedTime(since) is { Ticks: > 0 } trial)
                return trial;
            circuit.TryingSince = time.GetTimestamp();
            return null;
        }
    }

    /// <summary>Notes how a send there ended, and tells what that changes.</summary>
    public CircuitChange Note(string destination, SendResult result)
    {
        if (!circuits.TryGetValue(destination, out var circuit))
            return CircuitChange.None;
        lock (circuit)
        {
            if (result.IsUntried)
            {
                // If it was the trial, the next one is.
                circuit.TryingSince = null;
                return CircuitChange.None;
            }

            // Whoever refuses one item, for ever or for now, is there to refuse it.
            if (result is { Outcome: not SendOutcome.TryAgain } or { IsItems: true })
                return circuit.Close() ? CircuitChange.Closed : CircuitChange.None;
            // What was under way when it opened says nothing new.
            if (circuit.IsOpen && circuit.TryingSince is null)
                return CircuitChange.None;
            if (++circuit.Failures < FailuresInARow)
                return CircuitChange.None;
            circuit.Open(time.GetTimestamp());
            return CircuitChange.Opened;
        }
    }

    /// <summary>For each destination 1 while it is left alone, else 0.</summary>
    public IEnumerable<Measurement<int>> Observe()
    {
        foreach (var (destination, circuit) in circuits)
        {
            bool isOpen;
            lock (circuit)
                isOpen = circuit.IsOpen;
            yield return new(isOpen ? 1 : 0, new KeyValuePair<string, object?>("destination", destination));
        }
    }

    private sealed class Circuit
    {
        public int Failures { get; set; }

        public TimeSpan Rest { get; private set; }

        public long RestingSince { get; private set; }

        public long? TryingSince { get; set; }

        public bool IsOpen => Rest > TimeSpan.Zero;

        public void Open(long now) =>
            (Rest, RestingSince, TryingSince) = (!IsOpen ? FirstRest : Rest * 2 < LongestRest ? Rest * 2 : LongestRest, now, null);

        public bool Close()
        {
            var was = IsOpen;
            (Failures, Rest, TryingSince) = (0, TimeSpan.Zero, null);
            return was;
        }
    }
}

/// <summary>What the end of a send changes.</summary>
internal enum CircuitChange
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The destination is left alone from now on.</summary>
    Opened,

    /// <summary>It takes everything again.</summary>
    Closed,
}
