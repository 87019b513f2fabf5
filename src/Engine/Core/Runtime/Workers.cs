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
        while (true)
        {
            if (Quiet() is { } quiet)
            {
                if (quiet.TryReceive(request)) return true;
                continue;
            }

            if (!TryHire(out var hired)) return false;
            if (hired?.Begin(request) ?? LeastBusy()?.TryReceive(request) ?? false) return true;
        }
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

    private Activation? Quiet()
    {
        foreach (var worker in _all)
            if (worker.IsQuiet) return worker;

        return null;
    }

    private Activation? LeastBusy() => _all.MinBy(static worker => worker.Load);

    /// <summary>A new worker, or none when there are as many as may be. False when the last one has gone.</summary>
    private bool TryHire(out Activation? hired)
    {
        lock (_gate)
        {
            hired = null;
            if (_closed) return false;
            if (_all.Length >= shared.Class.MaxWorkers) return true;

            hired = new(id, shared);
            _all = _all.Add(hired);
            return true;
        }
    }
}
