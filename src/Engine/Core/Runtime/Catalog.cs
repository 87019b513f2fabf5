using System.Collections.Concurrent;
using FteAgent.Engine.CodeGeneration;
using Orleans;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>The activations on this silo: at most one of each grain at any time, but for stateless workers.</summary>
internal sealed class Catalog(Silo silo, GrainTypeMap types)
{
    private readonly ActivationTable _activations = new();
    private readonly ConcurrentDictionary<GrainId, Workers> _workers = new();
    private readonly ConcurrentDictionary<GrainType, ActivationShared> _shared = new();

    public int Count => _activations.Count + _workers.Values.Sum(static workers => workers.All.Length);

    public IEnumerable<Activation> All => _activations.Where(static _ => true).Concat(_workers.Values.SelectMany(static workers => workers.All));

    public Activation? Find(GrainId id) =>
        _activations.TryGet(id, out var found) ? found
        : _workers.TryGetValue(id, out var workers) ? workers.All.FirstOrDefault()
        : null;

    /// <summary>The activations that nobody has used for their own age limit, or the one given.</summary>
    public List<Activation> Idle(TimeSpan? ageLimit = null) => [.. All.Where(activation => activation.IsIdle(ageLimit))];

    /// <summary>Whether grains of this type are on every silo.</summary>
    public bool IsStateless(GrainType type) => SharedOf(type).IsStateless;

    /// <summary>Hands a call to its grain, which is activated for it when need be.</summary>
    public void Deliver(GrainRequest request)
    {
        while (true)
        {
            if (!_activations.TryGet(request.Target, out var activation))
            {
                var shared = SharedOf(request.Target.Type);
                if (shared.IsStateless)
                {
                    if (_workers.GetOrAdd(request.Target, static (id, known) => new(id, known), shared).TryDeliver(request)) return;
                    continue;
                }

                if (Activate(request, shared)) return;
                continue;
            }

            // One that refuses has ended, and is out of the catalog already.
            if (activation.TryReceive(request)) return;
        }
    }

    public void Remove(Activation activation)
    {
        if (!activation.Shared.IsStateless) _activations.Remove(activation);
        else if (_workers.TryGetValue(activation.GrainId, out var workers) && workers.Remove(activation)) _workers.TryRemove(new(activation.GrainId, workers));
    }

    /// <summary>Ends every activation and waits for that, as long as the token allows.</summary>
    public async Task DeactivateAll(DeactivationReason reason, CancellationToken cancellationToken)
    {
        while (Count > 0)
        {
            var ended = new List<Task>();
            foreach (var activation in All)
            {
                ended.Add(activation.Deactivated);
                activation.Deactivate(reason, cancellationToken);
            }

            await Task.WhenAll(ended).WaitAsync(cancellationToken);
        }
    }

    /// <summary>Hands over every activation that this silo owns no more.</summary>
    public void HandOver(Func<GrainId, bool> isOwned, DeactivationReason reason)
    {
        foreach (var activation in _activations.Where(activation => !isOwned(activation.GrainId))) activation.HandOver(reason);
    }

    /// <summary>Ends every activation on the spot.</summary>
    public void AbandonAll(Exception told)
    {
        foreach (var activation in All) activation.Abandon(told);
    }

    /// <summary>Makes an activation for a call; false when another was quicker, or this one has ended already.</summary>
    private bool Activate(GrainRequest request, ActivationShared shared)
    {
        var activation = new Activation(request.Target, shared);
        if (!_activations.TryAdd(activation)) return false;

        var isTaken = activation.Begin(request);

        // The grain may have moved since the call was let in, and whoever went through the catalog for that may have missed this one.
        if (!silo.Cluster.Owns(request.Target)) activation.HandOver(Cluster.Moved);
        return isTaken;
    }

    private ActivationShared SharedOf(GrainType type) =>
        _shared.TryGetValue(type, out var shared) ? shared : _shared.GetOrAdd(type, name => new(types.Class(name), silo));
}
