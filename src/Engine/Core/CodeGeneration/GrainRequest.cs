using System.Collections.Immutable;
using System.ComponentModel;
using System.Reflection;
using Orleans.CodeGeneration;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace FteAgent.Engine.CodeGeneration;

/// <summary>One call on its way: arguments, who calls whom, and whoever waits for the response. Generated classes add the arguments.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class GrainRequest : IInvokable, ITurn
{
    private Activation? _activation;
    private RemoteOrigin? _origin;

    private protected GrainRequest()
    {
    }

    /// <inheritdoc/>
    public bool IsCancellable => Method.IsCancellable;

    /// <summary>The method that is called; generated.</summary>
    protected abstract RequestMethod CalledMethod { get; }

    internal RequestMethod Method => CalledMethod;

    /// <summary>The token that the grain's method is given.</summary>
    protected CancellationToken GrainToken => Cancellation?.GrainToken ?? default;

    internal GrainId Target { get; private set; }

    internal Activation? Source { get; private set; }

    /// <summary>Who calls, if it is a grain: one of this silo or of another.</summary>
    internal GrainId? SourceId => Source?.GrainId ?? _origin?.Source;

    /// <summary>Where the response of a call goes that came from another silo; null for one of this silo's own, and for one that nobody waits for.</summary>
    internal IResponseSink? Sink => _origin?.Sink;

    /// <summary>The caller's request context, copied.</summary>
    internal ImmutableDictionary<string, object>? Context { get; private set; }

    internal CallCancellation? Cancellation { get; private set; }

    /// <summary>Where the call stands, for the message of a timeout.</summary>
    internal CallPhase Phase { get; set; }

    /// <summary>How often an activation that never ran a call has passed this one on.</summary>
    internal int FruitlessForwards { get; set; }

    /// <summary>The next in the queue of an activation, which alone touches this, under its lock.</summary>
    internal GrainRequest? NextWaiting { get; set; }

    internal InFlightEntry InFlight;

    /// <summary>Where it stands when another silo runs it.</summary>
    internal OutgoingEntry Outgoing;

    internal bool IsOneWay => (Method.Options & InvokeMethodOptions.OneWay) != 0;

    internal bool IsReadOnly => (Method.Options & InvokeMethodOptions.ReadOnly) != 0;

    internal virtual bool IsAlwaysInterleave => (Method.Options & InvokeMethodOptions.AlwaysInterleave) != 0;

    /// <summary>Whether running this call shows that the grain is in use.</summary>
    internal virtual bool KeepsAlive => true;

    /// <summary>Whether it is meant for this very activation, and lost with it.</summary>
    internal virtual bool BelongsToActivation => false;

    /// <summary>Whether nobody waits any more.</summary>
    internal abstract bool IsCompleted { get; }

    /// <inheritdoc/>
    public abstract int GetArgumentCount();

    /// <inheritdoc/>
    public virtual object? GetArgument(int index) => throw new ArgumentOutOfRangeException(nameof(index));

    /// <inheritdoc/>
    public virtual void SetArgument(int index, object value) => throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>Writes the arguments as fields; generated.</summary>
    public virtual void WriteArguments(ref WireWriter to) => throw new NotSupportedException($"{Method} never leaves its silo.");

    /// <summary>Reads the arguments; generated.</summary>
    public virtual void ReadArguments(ref WireReader from) => throw new NotSupportedException($"{Method} never leaves its silo.");

    /// <inheritdoc/>
    public string GetMethodName() => Method.Name;

    /// <inheritdoc/>
    public string GetInterfaceName() => Method.InterfaceType.Name;

    /// <inheritdoc/>
    public Type GetInterfaceType() => Method.InterfaceType;

    /// <inheritdoc/>
    public MethodInfo GetMethod() => Method.Info;

    /// <inheritdoc/>
    public TimeSpan? GetDefaultResponseTimeout() => Method.ResponseTimeout;

    /// <inheritdoc/>
    public override string ToString() => $"{Method} on {Target}";

    /// <summary>Takes the caller's token; called by generated code before the call is sent.</summary>
    public void CancelWith(CancellationToken token)
    {
        if (token.CanBeCanceled) Cancellation = new CallCancellation(token);
    }

    internal void Address(GrainId target, Activation? source, ImmutableDictionary<string, object>? context) =>
        (Target, Source, Context) = (target, source, context);

    /// <summary>The caller's request context once more, after filters have had their say.</summary>
    internal void TakeContext(ImmutableDictionary<string, object>? context) => Context = context;

    /// <summary>The same for a call that came from another silo.</summary>
    internal void AddressRemote(GrainId target, GrainId? source, ImmutableDictionary<string, object>? context, IResponseSink? sink) =>
        (Target, Context, _origin) = (target, context, new(source, IsOneWay ? null : sink));

    /// <summary>Gives a call that could not be cancelled a token after all, so that its timeout can.</summary>
    internal void EnsureCancellation() => Cancellation ??= new CallCancellation(default);

    /// <summary>Queues the call as a turn of the activation that has let it in.</summary>
    internal void RunOn(Activation activation)
    {
        _activation = activation;
        Cancellation?.Begin(activation);
        activation.Scheduler.QueueTurn(this);
    }

    void ITurn.Run()
    {
        if (Context is not null) RequestContext.Current = Context;
        Execute(_activation!);
    }

    /// <summary>Runs the call on its grain, in a turn of it, and responds.</summary>
    internal abstract void Execute(Activation activation);

    /// <summary>Runs the method itself, for a chain of filters.</summary>
    internal abstract ValueTask<object?> InvokeBoxed(object grain);

    /// <summary>The caller cancelled: it stops waiting now, and the grain is told.</summary>
    internal void CancelByCaller(CancellationToken token)
    {
        if (Cancel(token)) SignalCancelled();
    }

    /// <summary>Tells the grain, on whichever silo it runs.</summary>
    internal void SignalCancelled()
    {
        Cancellation?.Signal();
        RemoteCalls.Cancel(this);
    }

    /// <summary>Ends the caller's wait with the result that another silo sent.</summary>
    internal abstract void Complete(ref WireReader from);

    /// <summary>Passes on the response of another silo to the one that called, once.</summary>
    internal abstract void PassOn(ReadOnlySpan<byte> response);

    /// <summary>Ends the caller's wait with a failure.</summary>
    internal abstract bool Fail(Exception exception);

    /// <summary>Ends the caller's wait because the caller cancelled.</summary>
    internal abstract bool Cancel(CancellationToken token);
}

/// <summary>Where a call of another silo comes from. Apart, so that calls within a silo do not grow by it.</summary>
internal sealed record RemoteOrigin(GrainId? Source, IResponseSink? Sink);

/// <summary>Where a call stands.</summary>
internal enum CallPhase
{
    Sent,
    Waiting,
    Running,
}
