using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Texts;

namespace FteAgent.InProcess;

/// <summary>
/// Wakes watchers of this process. A watch keeps one mark and one status text, however many signals come and however slow its
/// reader is; when the last watch of a conversation goes, nothing of it is kept.
/// </summary>
internal sealed class LiveSignals(TimeProvider time) : ILiveSignals
{
    private const int StatusLength = 200;
    private readonly Lock gate = new();
    private readonly Dictionary<CustomerId, List<LiveWatch>> byCustomer = [];
    private readonly List<LiveWatch> ofAll = [];

    /// <summary>How many conversations are watched, for tests of what is left behind.</summary>
    internal int Watched { get { lock (gate) return byCustomer.Count + ofAll.Count; } }

    public void Wake(CustomerId customer) => Signal(customer, null);

    public void Status(CustomerId customer, string text) => Signal(customer, SafeCut.At(text, StatusLength));

    /// <summary>Something may have happened anywhere.</summary>
    public void WakeAll()
    {
        lock (gate)
        {
            foreach (var watches in byCustomer.Values)
                foreach (var watch in watches)
                    watch.Signal(null);
            foreach (var watch in ofAll)
                watch.Signal(null);
        }
    }

    public ILiveWatch Watch(CustomerId? customer)
    {
        var watch = new LiveWatch(time, customer, Remove);
        lock (gate)
        {
            if (customer is not { } one)
                ofAll.Add(watch);
            else if (byCustomer.TryGetValue(one, out var watches))
                watches.Add(watch);
            else
                byCustomer[one] = [watch];
        }

        return watch;
    }

    private void Signal(CustomerId customer, string? status)
    {
        lock (gate)
        {
            if (byCustomer.TryGetValue(customer, out var watches))
                foreach (var watch in watches)
                    watch.Signal(status);
            foreach (var watch in ofAll)
                watch.Signal(status);
        }
    }

    private void Remove(LiveWatch watch, CustomerId? customer)
    {
        lock (gate)
        {
            if (customer is not { } one)
                ofAll.Remove(watch);
            else if (byCustomer.TryGetValue(one, out var watches) && watches.Remove(watch) && watches.Count == 0)
                byCustomer.Remove(one);
        }
    }
}
