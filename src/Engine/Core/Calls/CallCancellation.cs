using FteAgent.Engine.CodeGeneration;

namespace FteAgent.Engine;

/// <summary>
/// Carries a cancellation from the caller's token to the token that the grain's method was given. The caller stops
/// waiting at once; the grain learns of it in a turn of its own.
/// </summary>
internal sealed class CallCancellation(CancellationToken callerToken)
{
    private readonly CancellationTokenSource _source = new();
    private readonly Lock _gate = new();
    private CancellationTokenRegistration _registration;
    private Activation? _running;
    private bool _signalled;

    public CancellationToken CallerToken => callerToken;

    public CancellationToken GrainToken => _source.Token;

    /// <summary>Ends the request's wait when the caller cancels.</summary>
    public void Watch(GrainRequest request)
    {
        if (callerToken.CanBeCanceled)
            _registration = callerToken.UnsafeRegister(static (state, token) => ((GrainRequest)state!).CancelByCaller(token), request);
    }

    /// <summary>Tells the grain. Before its method runs there is nobody to tell but the token.</summary>
    public void Signal()
    {
        Activation? running;
        lock (_gate)
        {
            _signalled = true;
            running = _running;
        }

        running?.Scheduler.QueueTurn(new Cancellation(_source));
    }

    /// <summary>The grain's method is about to run.</summary>
    public void Begin(Activation activation)
    {
        bool signalled;
        lock (_gate)
        {
            _running = activation;
            signalled = _signalled;
        }

        if (signalled) _source.Cancel();
    }

    /// <summary>The grain's method has ended.</summary>
    public void End()
    {
        _registration.Unregister();
        lock (_gate)
            _running = null;
    }

    private sealed class Cancellation(CancellationTokenSource source) : ITurn
    {
        public void Run() => source.Cancel();
    }
}
