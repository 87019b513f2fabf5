using FteAgent.Engine.CodeGeneration;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace FteAgent.Engine;

/// <summary>How an activation begins and ends.</summary>
internal sealed partial class Activation
{
    /// <summary>An activation that never ran a call may pass a call on this often; then it fails instead of going round for ever.</summary>
    private const int MaxFruitlessForwards = 8;

    /// <summary>
    /// Takes in the call that it was made for, and begins to activate. Called once, by whoever put this activation into the catalog.
    /// False when it has ended already and did not take the call.
    /// </summary>
    public bool Begin(GrainRequest cause)
    {
        // Before it begins: one that fails at once must find whom to tell.
        var isTaken = TryReceive(cause);
        // The silo may have lost its lease since the call was let in, and whoever went through the catalog for that may have missed
        // this one.
        if (Incarnation.HasEnded) Abandon(Cluster.LeaseWasLost(Incarnation.Address));
        else Scheduler.QueueTurn(new Life(this, isEnd: false, cause));
        return isTaken;
    }

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_deactivation is not null || _state == ActivationState.Invalid) return;

            _deactivation = deactivationReason;
            _deactivationCancelled = cancellationToken;
            if (_state != ActivationState.Valid) return;

            _state = ActivationState.Deactivating;
            FinishWhenQuiet();
        }
    }

    /// <summary>
    /// This silo owns the grain no more: the running calls finish, those that wait go to the new owner at once, and then this
    /// activation ends.
    /// </summary>
    public void HandOver(DeactivationReason reason)
    {
        Deactivate(reason);
        List<GrainRequest> waiting;
        lock (_gate)
        {
            if (_state != ActivationState.Deactivating) return;

            waiting = TakeWaiting();
        }

        foreach (var request in waiting) PassOn(request);
    }

    /// <summary>
    /// Ends this activation on the spot, because the silo has lost the right to run it: nothing of the grain's runs any more, neither
    /// what waits nor what goes on after an await nor its deactivation. Its callers are told.
    /// </summary>
    public void Abandon(Exception told)
    {
        List<GrainRequest> waiting;
        GrainTimer[] timers;
        TaskCompletionSource? deactivated;
        lock (_gate)
        {
            if (_state == ActivationState.Invalid) return;

            _state = ActivationState.Invalid;
            waiting = TakeWaiting();
            timers = TakeTimers();
            (_instance, deactivated) = (null, _deactivated);
        }

        Scheduler.Drop();
        _shared.Silo.Catalog.Remove(this);
        foreach (var timer in timers) timer.Abandon();
        deactivated?.TrySetResult();
        foreach (var request in waiting) request.Fail(told);
    }

    /// <summary>Whether nobody has used this activation for its own age limit, or the one given.</summary>
    public bool IsIdle(TimeSpan? ageLimit = null)
    {
        lock (_gate)
            return IsIdleFor(ageLimit ?? _shared.CollectionAge);
    }

    /// <summary>Ends this activation if it is idle, and waits for that.</summary>
    public Task DeactivateIfIdle(TimeSpan? ageLimit = null)
    {
        var limit = ageLimit ?? _shared.CollectionAge;
        lock (_gate)
        {
            if (!IsIdleFor(limit)) return Task.CompletedTask;

            _deactivation = new(DeactivationReasonCode.ActivationIdle, $"Nobody has called for {limit}.");
            _state = ActivationState.Deactivating;
            FinishWhenQuiet();
        }

        return Deactivated;
    }

    private bool IsIdleFor(TimeSpan limit)
    {
        if (_state != ActivationState.Valid || !IsQuiet) return false;

        var time = _shared.Silo.Time.Activations;
        var now = time.GetTimestamp();
        return time.GetElapsedTime(_idleSince, now) >= limit
            && (_keptFor <= TimeSpan.Zero || time.GetElapsedTime(_keptSince, now) >= _keptFor);
    }

    /// <summary>Keeps this activation from being collected for a while; a negative time takes that back.</summary>
    public void DelayDeactivation(TimeSpan time)
    {
        lock (_gate)
        {
            _keptSince = _shared.Silo.Time.Activations.GetTimestamp();
            _keptFor = time == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : time;
        }
    }

    /// <summary>A state of the grain, made in its constructor, to be read before it is activated.</summary>
    public void Attach(IReadOnActivation state) => (_states ??= []).Add(state);

    /// <summary>
    /// A call is about to fail by this. An activation whose state somebody else has written is out of date: it ends, and what waits goes
    /// to the next, which reads anew.
    /// </summary>
    public void OnFailed(Exception exception)
    {
        if (exception is not InconsistentStateException { IsSourceActivation: true } stale) return;

        // Its callers, through which the exception may pass too, are not out of date.
        stale.IsSourceActivation = false;
        Deactivate(new(DeactivationReasonCode.ApplicationError, stale, "Its state has been written by somebody else."));
    }

    public void Attach(GrainTimer timer)
    {
        lock (_gate)
            (_timers ??= []).Add(timer);
    }

    public void Detach(GrainTimer timer)
    {
        lock (_gate)
            _timers?.Remove(timer);
    }

    /// <summary>Begins the end once no call runs any more. Under the lock.</summary>
    private void FinishWhenQuiet()
    {
        if (_state == ActivationState.Deactivating && _running == 0 && !_ending)
        {
            _ending = true;
            Scheduler.QueueTurn(new Life(this, isEnd: true, cause: null));
        }
    }

    private async Task RunActivation(GrainRequest? cause)
    {
        try
        {
            RequestContext.Current = cause?.Context;
            _instance = _shared.CreateInstance(this);
            lock (_gate)
                _state = ActivationState.Activating;

            await RunWithin(_shared.Silo.ActivationTimeout, default, BeginGrain);
        }
        catch (Exception exception)
        {
            Log.ActivationFailed(_shared.Silo.Logger, GrainId.ToString(), exception);
            lock (_gate)
                _deactivation = new(DeactivationReasonCode.ActivationFailed, exception, "The grain could not be activated.");

            await End();
            return;
        }

        lock (_gate)
        {
            if (_deactivation is null)
            {
                _state = ActivationState.Valid;
                _wasValid = true;
                StartWaiting();
                return;
            }

            _state = ActivationState.Deactivating;
            FinishWhenQuiet();
        }
    }

    private async Task BeginGrain(CancellationToken cancellationToken)
    {
        foreach (var state in _states ?? []) await state.Read(cancellationToken);
        _states = null;
        if (_instance is IGrainBase grain) await grain.OnActivateAsync(cancellationToken);
    }

    private async Task RunDeactivation()
    {
        DisposeTimers();
        if (_wasValid && _instance is IGrainBase grain)
        {
            var turnstile = EndsWithMany ? Incarnation.Endings : null;
            if (turnstile is not null) await turnstile.WaitAsync();
            try
            {
                await RunWithin(
                    _shared.Silo.DeactivationTimeout, _deactivationCancelled,
                    cancelled => grain.OnDeactivateAsync(_deactivation.GetValueOrDefault(), cancelled));
            }
            catch (Exception exception)
            {
                // The grain had its chance; its failure must not keep the next activation away.
                Log.DeactivationFailed(_shared.Silo.Logger, GrainId.ToString(), exception);
            }
            finally
            {
                turnstile?.Release();
            }
        }

        await End();
    }

    /// <summary>Whether all grains of the silo, or a share of them, end at the same time as this one.</summary>
    private bool EndsWithMany => _deactivation is { ReasonCode: DeactivationReasonCode.ShuttingDown or DeactivationReasonCode.Migrating };

    private async Task End()
    {
        DisposeTimers();
        try
        {
            if (_instance is IAsyncDisposable asyncDisposable) await asyncDisposable.DisposeAsync();
            else (_instance as IDisposable)?.Dispose();

            if (_scope is { } scope) await scope.DisposeAsync();
        }
        catch (Exception exception)
        {
            Log.DeactivationFailed(_shared.Silo.Logger, GrainId.ToString(), exception);
        }

        // Out of the catalog first: whoever is refused below must find room for the next activation.
        _shared.Silo.Catalog.Remove(this);
        List<GrainRequest> waiting;
        TaskCompletionSource? deactivated;
        lock (_gate)
        {
            _state = ActivationState.Invalid;
            _instance = null;
            waiting = TakeWaiting();
            deactivated = _deactivated;
        }

        deactivated?.TrySetResult();
        foreach (var request in waiting) PassOn(request);
    }

    private void PassOn(GrainRequest request)
    {
        if (request.IsCompleted || request.BelongsToActivation) return;

        if (_deactivation is { ReasonCode: DeactivationReasonCode.ActivationFailed, Exception: { } failure })
            request.Fail(CrossingException.From(failure));
        else if (!_wasValid && ++request.FruitlessForwards > MaxFruitlessForwards)
            request.Fail(new OrleansMessageRejectionException($"{GrainId} ends each time before it has run a call: {_deactivation}"));
        else
            _shared.Silo.Dispatcher.Deliver(request);
    }

    private void DisposeTimers()
    {
        GrainTimer[] timers;
        lock (_gate)
            timers = TakeTimers();

        foreach (var timer in timers) timer.Dispose();
    }

    private GrainTimer[] TakeTimers()
    {
        var timers = _timers?.ToArray() ?? [];
        _timers = null;
        return timers;
    }

    private async Task RunWithin(TimeSpan limit, CancellationToken cancelled, Func<CancellationToken, Task> step)
    {
        using var timeout = new CancellationTokenSource(limit, _shared.Silo.Time.Activations);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancelled);
        try
        {
            // Awaited from outside too, so that a grain which ignores its token cannot hold its callers for ever.
            await step(either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException exception) when (timeout.IsCancellationRequested)
        {
            throw new TimeoutException($"{GrainId} did not finish within {limit}.", exception);
        }
    }

    private sealed class Life(Activation activation, bool isEnd, GrainRequest? cause) : ITurn
    {
        public void Run() => _ = isEnd ? activation.RunDeactivation() : activation.RunActivation(cause);
    }
}
