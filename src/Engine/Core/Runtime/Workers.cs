using System.Collections.Immutable;
using FteAgent.Engine.CodeGeneration;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>The activations of one stateless grain on this silo: as many as there are calls at a time, up to a limit.</summary>
internal sealed class Workers(GrainId id, ActivationShared shared)
{
    private readonly Lock _gate = new();
    private ImmutableArray<Activation> _all = [];
    private bool _closed;

    public ImmutableArray<Activation> All => _all;

    /// <summary>
    /// Gives a call to a worker that has nothing to do, else to a new one, else to the one with least to do. Refuses when the last
    /// worker has gone, for then this is out of the catalog.
    /// </summary>
    public bool TryDeliver(GrainRequest request)
    {
        // One that refuses has ended, and is out of the list already.
        while (Choose(request) is { } worker)
            if (worker.TryReceive(request)) return true;

        return false;
    }

    /// <summary>Takes out one that has ended. True when it was the last.</summary>
    public bool Remove(Activation activation)
    {
        lock (_gate)
        {
            _all = _all.Remove(activation);
            return _closed = _all.IsEmpty;
        }
    }

    private Activation? Choose(GrainRequest request)
    {
        foreach (var worker in _all)
            if (worker.IsQuiet) return worker;

        Activation hired;
        lock (_gate)
        {
            if (_closed) return null;
            if (_all.Length >= shared.Class.MaxWorkers) return _all.MinBy(static worker => worker.Load);

            hired = new(id, shared);
            _all = _all.Add(hired);
        }

        hired.Begin(request);
        return hired;
    }
}
