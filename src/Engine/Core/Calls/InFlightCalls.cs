using System.Numerics;
using FteAgent.Engine.CodeGeneration;

namespace FteAgent.Engine;

/// <summary>A request's place among the calls in flight.</summary>
internal struct InFlightEntry
{
    public long Sent;
    public TimeSpan Timeout;
    public InFlightCalls.Stripe? Stripe;
    public GrainRequest? Previous;
    public GrainRequest? Next;
}

/// <summary>
/// The calls that somebody waits for. Each is a link in a list, so that entering and leaving allocates nothing and a
/// call that ends leaves nothing behind; the lists are striped so that callers do not queue for one lock.
/// </summary>
internal sealed class InFlightCalls
{
    private readonly Stripe[] _stripes;
    private readonly TimeProvider _time;

    public InFlightCalls(TimeProvider time)
    {
        _time = time;
        _stripes = new Stripe[BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount * 2)];
        for (var i = 0; i < _stripes.Length; i++) _stripes[i] = new();
    }

    public void Enter(GrainRequest request, TimeSpan timeout)
    {
        var stripe = _stripes[Environment.CurrentManagedThreadId & (_stripes.Length - 1)];
        ref var entry = ref request.InFlight;
        entry.Sent = _time.GetTimestamp();
        entry.Timeout = timeout;
        lock (stripe)
        {
            entry.Stripe = stripe;
            entry.Next = stripe.First;
            if (stripe.First is { } first) first.InFlight.Previous = request;
            stripe.First = request;
        }
    }

    public static void Leave(GrainRequest request)
    {
        OutgoingCalls.Leave(request);
        ref var entry = ref request.InFlight;
        if (entry.Stripe is not { } stripe) return;

        lock (stripe)
        {
            if (entry.Stripe is null) return;

            if (entry.Previous is { } previous) previous.InFlight.Next = entry.Next;
            else stripe.First = entry.Next;
            if (entry.Next is { } next) next.InFlight.Previous = entry.Previous;
            entry.Stripe = null;
            entry.Previous = entry.Next = null;
        }
    }

    /// <summary>Whether there is any.</summary>
    public bool Any => Array.Exists(_stripes, static stripe => Volatile.Read(ref stripe.First) is not null);

    /// <summary>The calls whose time is over.</summary>
    public List<GrainRequest> Overdue()
    {
        var now = _time.GetTimestamp();
        return Where(request => _time.GetElapsedTime(request.InFlight.Sent, now) >= request.InFlight.Timeout);
    }

    public List<GrainRequest> All() => Where(static _ => true);

    private List<GrainRequest> Where(Func<GrainRequest, bool> wanted)
    {
        var found = new List<GrainRequest>();
        foreach (var stripe in _stripes)
        {
            lock (stripe)
            {
                for (var request = stripe.First; request is not null; request = request.InFlight.Next)
                    if (wanted(request))
                        found.Add(request);
            }
        }

        return found;
    }

    internal sealed class Stripe
    {
        public GrainRequest? First;
    }
}
