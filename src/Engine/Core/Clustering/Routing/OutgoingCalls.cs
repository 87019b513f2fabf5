using System.Numerics;
using FteAgent.Engine.CodeGeneration;

namespace FteAgent.Engine;

/// <summary>A call's place among those that another silo is to answer.</summary>
internal struct OutgoingEntry
{
    public OutgoingCalls? Table;
    public RemoteCalls? Owner;
    public IPeerConnection? Connection;
    public ulong Id;

    /// <summary>
    /// Whether its bytes are in the connection's queue. Set while they are put there, so that once a connection has closed every
    /// call is known to have gone by it or never to do so.
    /// </summary>
    public bool IsSent;

    /// <summary>How often it has been sent to a silo that would not run it.</summary>
    public int Redirects;
}

/// <summary>
/// The calls that other silos are to answer, by the number under which each was sent. Striped so that callers do not queue for one
/// lock, and made of slots that are used again, so that a call costs no memory of its own.
/// </summary>
internal sealed class OutgoingCalls
{
    private const int StripeBits = 8;
    private const int SlotBits = 24;
    private const int FirstSlots = 64;

    private readonly Stripe[] _stripes;

    public OutgoingCalls()
    {
        _stripes = new Stripe[Math.Min(BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount * 2), 1u << StripeBits)];
        for (var i = 0; i < _stripes.Length; i++) _stripes[i] = new();
    }

    /// <summary>Gives a call a number, to be sent by this connection.</summary>
    public void Enter(GrainRequest request, IPeerConnection connection)
    {
        var place = Environment.CurrentManagedThreadId & (_stripes.Length - 1);
        var stripe = _stripes[place];
        ref var entry = ref request.Outgoing;
        lock (stripe)
        {
            var slot = stripe.Take();
            stripe.Slots[slot] = request;

            // The sequence tells a late answer to an earlier call from the answer to the one that has its slot now. Never 0: that is
            // the number of calls that want no answer.
            if (++stripe.Sequence == 0) stripe.Sequence = 1;
            entry.Id = ((ulong)stripe.Sequence << (StripeBits + SlotBits)) | ((ulong)slot << StripeBits) | (uint)place;
            (entry.Table, entry.Connection, entry.IsSent) = (this, connection, false);
        }
    }

    /// <summary>Takes out the call with this number, if it waits for an answer by this connection.</summary>
    public GrainRequest? Take(ulong id, IPeerConnection connection)
    {
        var place = (int)(id & ((1 << StripeBits) - 1));
        var slot = (int)((id >> StripeBits) & ((1 << SlotBits) - 1));
        if (place >= _stripes.Length) return null;

        var stripe = _stripes[place];
        lock (stripe)
        {
            if (slot >= stripe.Slots.Length || stripe.Slots[slot] is not { } request) return null;
            if (request.Outgoing.Id != id || !ReferenceEquals(request.Outgoing.Connection, connection)) return null;

            stripe.Return(slot);
            request.Outgoing.Table = null;
            return request;
        }
    }

    /// <summary>Takes out a call that nobody waits for any more.</summary>
    public static void Leave(GrainRequest request)
    {
        if (request.Outgoing is { Table: { } table, Connection: { } connection, Id: var id }) table.Take(id, connection);
    }

    /// <summary>Takes out all that were sent by a connection which has closed. Those not sent yet are left to whoever sends them.</summary>
    public List<GrainRequest> TakeSent(IPeerConnection connection)
    {
        var taken = new List<GrainRequest>();
        foreach (var stripe in _stripes)
        {
            lock (stripe)
            {
                for (var slot = 0; slot < stripe.Slots.Length; slot++)
                {
                    if (stripe.Slots[slot] is not { Outgoing.IsSent: true } request || !ReferenceEquals(request.Outgoing.Connection, connection)) continue;

                    stripe.Return(slot);
                    request.Outgoing.Table = null;
                    taken.Add(request);
                }
            }
        }

        return taken;
    }

    private sealed class Stripe
    {
        private readonly Stack<int> _free = new();
        private int _used;

        public GrainRequest?[] Slots { get; private set; } = new GrainRequest?[FirstSlots];

        public uint Sequence { get; set; }

        public int Take()
        {
            if (_free.TryPop(out var slot)) return slot;

            if (_used == 1 << SlotBits) throw new InvalidOperationException($"{_used:N0} calls wait for other silos, which is the limit.");
            if (_used == Slots.Length)
            {
                var larger = new GrainRequest?[Slots.Length * 2];
                Slots.CopyTo(larger, 0);
                Slots = larger;
            }

            return _used++;
        }

        public void Return(int slot)
        {
            Slots[slot] = null;
            _free.Push(slot);
        }
    }
}
