using FteAgent.Engine.CodeGeneration;
using Orleans.CodeGeneration;
using Orleans.Runtime;
using Orleans.Timers;

namespace FteAgent.Engine;

/// <summary>Makes timers for activations.</summary>
internal sealed class TimerRegistry(Silo silo) : ITimerRegistry
{
    public IGrainTimer RegisterGrainTimer<TState>(
        IGrainContext grainContext, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(grainContext);
        ArgumentNullException.ThrowIfNull(callback);
        if (grainContext is not Activation activation)
            throw new ArgumentException($"{grainContext.GetType()} is not an activation of this silo.", nameof(grainContext));
        if (RuntimeContext.Current is null)
            throw new InvalidOperationException("A timer is registered in a turn of its grain, not from Task.Run or from outside.");

        var timer = new GrainTimer(activation, silo.Time.Grains, cancelled => callback(state, cancelled), options);
        activation.Attach(timer);
        timer.Change(options.DueTime, options.Period);
        return timer;
    }
}

/// <summary>
/// Ticks in turns of its grain. The next tick is set only when the last has run, so ticks never overlap or pile up
/// behind a busy grain.
/// </summary>
internal sealed class GrainTimer : IGrainTimer
{
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly GrainTimerCreationOptions _options;
    private readonly CancellationTokenSource _disposed = new();
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private TimeSpan _due;
    private TimeSpan _period;
    private bool _ticking;
    private bool _changed;

    public GrainTimer(Activation activation, TimeProvider time, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        (_activation, _callback, _options) = (activation, callback, options);

        // The turn that makes the timer must not lend it its request context for ever.
        using (ExecutionContext.SuppressFlow())
            _timer = time.CreateTimer(static timer => ((GrainTimer)timer!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        ValidateTime(dueTime, nameof(dueTime));
        ValidateTime(period, nameof(period));
        lock (_gate)
        {
            (_due, _period, _changed) = (dueTime, period, true);
            if (!_ticking) Set(dueTime);
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _activation.Detach(this);
        _disposed.Cancel();
    }

    /// <summary>Ends the ticks and tells nobody: the activation has been abandoned, and code of the grain's must not run any more.</summary>
    public void Abandon() => _timer.Dispose();

    private void Fire()
    {
        lock (_gate)
        {
            if (_ticking || _disposed.IsCancellationRequested) return;
            (_ticking, _changed) = (true, false);
        }

        _activation.TryReceive(new Tick(this));
    }

    private async ValueTask<Nothing> RunTick()
    {
        try
        {
            if (!_disposed.IsCancellationRequested) await _callback(_disposed.Token);
        }
        finally
        {
            lock (_gate)
            {
                _ticking = false;
                if (!_disposed.IsCancellationRequested) Set(_changed ? _due : _period);
            }
        }

        return default;
    }

    private void Set(TimeSpan due) => _timer.Change(due, Timeout.InfiniteTimeSpan);

    private static void ValidateTime(TimeSpan time, string name)
    {
        const uint longest = uint.MaxValue - 1;
        var milliseconds = (long)time.TotalMilliseconds;
        ArgumentOutOfRangeException.ThrowIfLessThan(milliseconds, -1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(milliseconds, longest, name);
    }

    /// <summary>What filters see of a tick.</summary>
    private interface IGrainTimerInvoker
    {
        Task InvokeCallbackAsync();
    }

    private sealed class Tick(GrainTimer timer) : GrainRequest<Nothing>
    {
        private static readonly RequestMethod TickMethod = new(
            typeof(IGrainTimerInvoker), nameof(IGrainTimerInvoker.InvokeCallbackAsync), [], InvokeMethodOptions.OneWay, isCancellable: false, responseTimeout: null);

        protected override RequestMethod CalledMethod => TickMethod;

        internal override bool IsAlwaysInterleave => timer._options.Interleave;

        internal override bool KeepsAlive => timer._options.KeepAlive;

        internal override bool BelongsToActivation => true;

        public override int GetArgumentCount() => 0;

        protected override ValueTask<Nothing> Call(object grain) => timer.RunTick();
    }
}
