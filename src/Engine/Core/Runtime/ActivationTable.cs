using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>
/// The activations by grain. Striped, so that callers do not queue for one lock, and made of plain tables, because
/// those give their memory back: a concurrent dictionary keeps the size of its busiest hour for ever.
/// </summary>
internal sealed class ActivationTable
{
    private const int StripesPerCore = 8;

    /// <summary>Below this a table is not worth trimming.</summary>
    private const int SmallestTrimmed = 64;

    /// <summary>A table is trimmed when it holds less than this part of what it has room for.</summary>
    private const int TrimmedPart = 4;

    private readonly Dictionary<GrainId, Activation>[] _stripes;
    private int _count;

    public ActivationTable()
    {
        _stripes = new Dictionary<GrainId, Activation>[BitOperations.RoundUpToPowerOf2((uint)(Environment.ProcessorCount * StripesPerCore))];
        for (var i = 0; i < _stripes.Length; i++) _stripes[i] = [];
    }

    public int Count => Volatile.Read(ref _count);

    public bool TryGet(GrainId id, [NotNullWhen(true)] out Activation? activation)
    {
        var stripe = StripeOf(id);
        lock (stripe)
            return stripe.TryGetValue(id, out activation);
    }

    public bool TryAdd(Activation activation)
    {
        var stripe = StripeOf(activation.GrainId);
        lock (stripe)
        {
            if (!stripe.TryAdd(activation.GrainId, activation)) return false;
        }

        Interlocked.Increment(ref _count);
        return true;
    }

    public void Remove(Activation activation)
    {
        var stripe = StripeOf(activation.GrainId);
        lock (stripe)
        {
            if (!stripe.TryGetValue(activation.GrainId, out var found) || !ReferenceEquals(found, activation)) return;

            stripe.Remove(activation.GrainId);
            if (stripe.Capacity > SmallestTrimmed && stripe.Count < stripe.Capacity / TrimmedPart) stripe.TrimExcess();
        }

        Interlocked.Decrement(ref _count);
    }

    /// <summary>All activations that want something done, as they are now.</summary>
    public List<Activation> Where(Func<Activation, bool> wanted)
    {
        var found = new List<Activation>();
        foreach (var stripe in _stripes)
        {
            lock (stripe)
                found.AddRange(stripe.Values.Where(wanted));
        }

        return found;
    }

    private Dictionary<GrainId, Activation> StripeOf(GrainId id) => _stripes[id.GetUniformHashCode() & (uint)(_stripes.Length - 1)];
}
