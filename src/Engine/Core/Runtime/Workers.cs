using System.Collections.Immutable;
using FteAgent.Engine.CodeGeneration;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>The activations of one stateless grain on this silo: as many as there are calls at a time, up to a limit.</summary>
internal sealed class Workers(GrainId id, ActivationShared shared)
{
    private readonly Lock _gate = new();
    private ImmutableArray<Activation> _all = [];

    public ImmutableArray<Activation> All => _all;

    /// <summary>Gives a call to a worker that has nothing to do, else to a new one, else to the one with least to do.</summary>
    public void Deliver(GrainRequest request)
    {
        while (true)
        {
            // One that refuses has ended, and is out of the list already.
            if (Choose(request).TryReceive(request)) return;
        }
    }

    public bool Remove(Activation activation)
    {
        lock (_gate)
        {
            var without = _all.Remove(activation);
            if (without.Length == _all.Length) return false;

            _all = without;
            return true;
        }
    }

    private Activation Choose(GrainRequest request)
    {
        foreach (var worker in _all)
            if (worker.IsQuiet) return worker;

        Activation hired;
        lock (_gate)
        {
            if (_all.Length >= shared.Class.MaxWorkers) return _all.MinBy(static worker => worker.Load)!;

            hired = new(id, shared);
            _all = _all.Add(hired);
        }

        hired.Activate(request);
        return hired;
    }
}
