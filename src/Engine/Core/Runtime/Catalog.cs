using System.Collections.Concurrent;
using FteAgent.Engine.CodeGeneration;
using Orleans;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>The activations on this silo: at most one of each grain at any time.</summary>
internal sealed class Catalog(Silo silo, GrainTypeMap types)
{
    private readonly ActivationTable _activations = new();
    private readonly ConcurrentDictionary<GrainType, ActivationShared> _shared = new();

    public int Count => _activations.Count;

    public List<Activation> All => _activations.Where(static _ => true);

    public Activation? Find(GrainId id) => _activations.TryGet(id, out var found) ? found : null;

    /// <summary>The activations that nobody has used for their own age limit, or the one given.</summary>
    public List<Activation> Idle(TimeSpan? ageLimit = null) => _activations.Where(activation => activation.IsIdle(ageLimit));

    /// <summary>Hands a call to its grain, which is activated for it when need be.</summary>
    public void Deliver(GrainRequest request)
    {
        while (true)
        {
            // One that refuses has ended, and is out of the catalog already.
            if (FindOrActivate(request).TryReceive(request)) return;
        }
    }

    public void Remove(Activation activation) => _activations.Remove(activation);

    /// <summary>Ends every activation and waits for that, as long as the token allows.</summary>
    public async Task DeactivateAll(DeactivationReason reason, CancellationToken cancellationToken)
    {
        while (_activations.Count > 0)
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

    private Activation FindOrActivate(GrainRequest request)
    {
        if (_activations.TryGet(request.Target, out var known)) return known;

        var activation = new Activation(request.Target, SharedOf(request.Target.Type));
        if (!_activations.TryAdd(activation)) return FindOrActivate(request);

        activation.Activate(request);
        return activation;
    }

    private ActivationShared SharedOf(GrainType type) =>
        _shared.TryGetValue(type, out var shared) ? shared : _shared.GetOrAdd(type, name => new(types.Class(name), silo));
}
