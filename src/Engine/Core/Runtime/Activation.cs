using FteAgent.Engine.CodeGeneration;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>
/// One life of a grain in memory: its instance, the calls that run and wait, and the rules of which may run together.
/// A call runs when no other does, or when both are marked as harmless to each other.
/// </summary>
internal sealed partial class Activation : IGrainContext
{
    private readonly Lock _gate = new();
    private readonly ActivationShared _shared;
    private ActivationState _state = ActivationState.Creating;
    private object? _instance;
    private AsyncServiceScope? _scope;
    private GrainReference? _reference;

    // Calls that run. Those marked AlwaysInterleave block nobody and are only counted.
    private int _running;
    private int _blocking;
    private int _blockingReaders;
    private GrainRequest? _firstBlocking;

    // Calls that wait, first come first. Exceptional ones may overtake; while there are none the scan can stop early.
    private GrainRequest? _firstWaiting;
    private GrainRequest? _lastWaiting;
    private int _exceptionalWaiting;

    private Dictionary<Guid, int>? _reentrantSections;
    private HashSet<GrainTimer>? _timers;
    private List<IReadOnActivation>? _states;
    private DeactivationReason? _deactivation;
    private CancellationToken _deactivationCancelled;
    private bool _wasValid;
    private bool _ending;
    private TaskCompletionSource? _deactivated;
    private long _idleSince;
    private long _keptSince;
    private TimeSpan _keptFor;

    public Activation(GrainId id, ActivationShared shared)
    {
        (GrainId, _shared) = (id, shared);
        Incarnation = shared.Silo.Cluster.Incarnation;
        ActivationId = ActivationId.NewId();
        Scheduler = new(this);
        _idleSince = _shared.Silo.Time.Activations.GetTimestamp();
    }

    public GrainId GrainId { get; }

    public ActivationId ActivationId { get; }

    public object? GrainInstance => _instance;

    public ActivationShared Shared => _shared;

    public TurnScheduler Scheduler { get; }

    /// <summary>The life of the silo that this one is part of, and ends with.</summary>
    public Incarnation Incarnation { get; }

    /// <summary>Whether this activation may run a turn now.</summary>
    public bool MayAct => Incarnation.MayAct;

    public GrainAddress Address => new() { GrainId = GrainId, ActivationId = ActivationId, SiloAddress = Incarnation.Address };

    public GrainReference GrainReference => _reference ??= _shared.MakeReference(GrainId);

    public bool IsFiltered => _shared.Silo.IncomingFilters.Length != 0 || _instance is IIncomingGrainCallFilter;

    public ActivationState State
    {
        get
        {
            lock (_gate)
                return _state;
        }
    }

    /// <summary>How many calls run or wait.</summary>
    public int Load
    {
        get
        {
            lock (_gate)
            {
                var load = _running;
                for (var request = _firstWaiting; request is not null; request = request.NextWaiting) load++;
                return load;
            }
        }
    }

    /// <summary>Whether no call runs or waits.</summary>
    public bool IsQuiet
    {
        get
        {
            lock (_gate)
                return _running == 0 && _firstWaiting is null;
        }
    }

    /// <summary>A scope of its own, made when first asked for: most grains are given all they need by their constructor.</summary>
    public IServiceProvider ActivationServices
    {
        get
        {
            lock (_gate)
                return (_scope ??= _shared.Silo.Services.CreateAsyncScope()).ServiceProvider;
        }
    }

    public Task Deactivated
    {
        get
        {
            lock (_gate)
            {
                if (_state == ActivationState.Invalid) return Task.CompletedTask;
                return (_deactivated ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
        }
    }

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override string ToString() => $"{GrainId}{ActivationId}";

    /// <summary>Takes a call, to run now or when its turn comes. Refuses when this activation has ended.</summary>
    public bool TryReceive(GrainRequest request)
    {
        lock (_gate)
        {
            if (_state == ActivationState.Invalid) return false;

            request.Phase = CallPhase.Waiting;
            // While a call may run, none that came before it waits: they were all let in when the last one ended.
            if (_state != ActivationState.Valid || !TryMayRun(request, out var failed)) Wait(request);
            else if (failed is null) Start(request);
            else request.Fail(failed);
        }

        return true;
    }

    /// <summary>A call has run. The next that may, start.</summary>
    public void OnCompleted(GrainRequest request)
    {
        lock (_gate)
        {
            _running--;
            if (!request.IsAlwaysInterleave)
            {
                _blocking--;
                if (request.IsReadOnly) _blockingReaders--;
                if (ReferenceEquals(_firstBlocking, request)) _firstBlocking = null;
            }

            if (request.KeepsAlive) _idleSince = _shared.Silo.Time.Activations.GetTimestamp();

            if (_state == ActivationState.Valid) StartWaiting();
            FinishWhenQuiet();
        }
    }

    public void LogUnheardFailure(GrainRequest request, Exception exception)
    {
        // Whoever cancelled does not wait, and knows.
        if (exception is not OperationCanceledException) Log.UnheardFailure(_shared.Silo.Logger, request.ToString(), exception);
    }

    public void LogEscapedFailure(Exception exception) => Log.EscapedFailure(_shared.Silo.Logger, GrainId.ToString(), exception);

    private bool MayRun(GrainRequest request)
    {
        if (_blocking == 0 || request.IsAlwaysInterleave) return true;
        if (request.IsReadOnly && _blocking == _blockingReaders) return true;
        if (ComesBack(request)) return true;

        return _shared.MayInterleave is { } may
            && (may(_instance!, request) || (_firstBlocking is { } blocking && may(_instance!, blocking)));
    }

    private bool ComesBack(GrainRequest request) =>
        _reentrantSections is { Count: > 0 } sections
        && RequestContext.ReentrancyIdOf(request.Context) is var chain && chain != Guid.Empty
        && sections.ContainsKey(chain);

    private void Start(GrainRequest request)
    {
        _running++;
        if (!request.IsAlwaysInterleave)
        {
            _blocking++;
            if (request.IsReadOnly) _blockingReaders++;
            _firstBlocking ??= request;
        }

        request.Phase = CallPhase.Running;
        request.RunOn(this);
    }

    private void Wait(GrainRequest request)
    {
        if (_lastWaiting is null) _firstWaiting = request;
        else _lastWaiting.NextWaiting = request;
        _lastWaiting = request;
        if (IsExceptional(request)) _exceptionalWaiting++;
    }

    private static bool IsExceptional(GrainRequest request) =>
        request.IsAlwaysInterleave || request.IsReadOnly
        || RequestContext.ReentrancyIdOf(request.Context) != Guid.Empty;

    private void StartWaiting()
    {
        GrainRequest? previous = null;
        var request = _firstWaiting;
        while (request is not null)
        {
            var next = request.NextWaiting;
            if (request.IsCompleted || HasExpired(request))
            {
                // Its caller gave up: nobody would hear the response.
                Remove(previous, request);
            }
            else if (TryMayRun(request, out var failed))
            {
                Remove(previous, request);
                if (failed is null) Start(request);
                else request.Fail(failed);
            }
            else
            {
                if (_exceptionalWaiting == 0 && _shared.MayInterleave is null) return;
                previous = request;
            }

            request = next;
        }
    }

    /// <summary>Whether the caller, on another silo, has waited too long. It does not say so: its limit came with the call.</summary>
    private bool HasExpired(GrainRequest request) =>
        request.Sink is not null && _shared.Silo.Time.Messaging.GetElapsedTime(request.InFlight.Sent) >= request.InFlight.Timeout;

    private bool TryMayRun(GrainRequest request, out Exception? failed)
    {
        failed = null;
        try
        {
            return MayRun(request);
        }
        catch (Exception exception)
        {
            // The class's own rule failed: the caller hears of it instead of waiting for ever.
            failed = exception;
            return true;
        }
    }

    private void Remove(GrainRequest? previous, GrainRequest request)
    {
        if (previous is null) _firstWaiting = request.NextWaiting;
        else previous.NextWaiting = request.NextWaiting;
        if (ReferenceEquals(_lastWaiting, request)) _lastWaiting = previous;
        request.NextWaiting = null;
        if (IsExceptional(request)) _exceptionalWaiting--;
    }

    private List<GrainRequest> TakeWaiting()
    {
        var waiting = new List<GrainRequest>();
        for (var request = _firstWaiting; request is not null;)
        {
            var next = request.NextWaiting;
            request.NextWaiting = null;
            waiting.Add(request);
            request = next;
        }

        _firstWaiting = _lastWaiting = null;
        _exceptionalWaiting = 0;
        return waiting;
    }

    public void EnterReentrantSection(Guid chain)
    {
        lock (_gate)
        {
            _reentrantSections ??= [];
            _reentrantSections[chain] = _reentrantSections.GetValueOrDefault(chain) + 1;
        }
    }

    public void ExitReentrantSection(Guid chain)
    {
        lock (_gate)
        {
            if (_reentrantSections is null || !_reentrantSections.TryGetValue(chain, out var depth)) return;

            if (depth > 1) _reentrantSections[chain] = depth - 1;
            else _reentrantSections.Remove(chain);
        }
    }
}

/// <summary>The stages of an activation's life.</summary>
internal enum ActivationState
{
    Creating,
    Activating,
    Valid,
    Deactivating,
    Invalid,
}
