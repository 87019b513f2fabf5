using System.Collections.Immutable;
using FteAgent.Engine.CodeGeneration;
using Orleans.Configuration;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>Sends calls from whoever makes them to wherever their grain is.</summary>
internal sealed class Dispatcher : IDisposable
{
    private static readonly TimeSpan LongestSweepPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestSweepPeriod = TimeSpan.FromMilliseconds(1);

    /// <summary>How often a silo that stops looks whether calls are in flight yet.</summary>
    private static readonly TimeSpan QuietPeriod = TimeSpan.FromMilliseconds(10);

    private readonly Silo _silo;
    private readonly SiloMessagingOptions _options;
    private readonly InFlightCalls _inFlight;
    private readonly ITimer _sweep;
    private bool _closed;
    private string? _refusal = "The silo has not started yet: register what calls grains after UseOrleans.";

    public Dispatcher(Silo silo, SiloMessagingOptions options)
    {
        (_silo, _options) = (silo, options);
        _inFlight = new(silo.Time.Messaging);
        var period = options.ResponseTimeout < LongestSweepPeriod ? options.ResponseTimeout : LongestSweepPeriod;
        if (period < ShortestSweepPeriod) period = ShortestSweepPeriod;
        _sweep = silo.Time.Messaging.CreateTimer(static self => ((Dispatcher)self!).FailOverdue(), this, period, period);
    }

    public void Open() => _refusal = null;

    /// <summary>Refuses calls from outside from here on. Grains may still call each other, to finish what they are at.</summary>
    public void CloseToOutside() => _refusal = "The silo is stopping.";

    /// <summary>Refuses every call from here on, and ends the wait of every caller.</summary>
    public void Close()
    {
        _closed = true;
        _refusal ??= "The silo has stopped.";
        foreach (var request in _inFlight.All())
            request.Fail(new SiloUnavailableException($"The silo stopped before it could respond to {request}."));
    }

    /// <summary>Whether no call is in flight, neither from this silo nor to it.</summary>
    public bool IsQuiet => !_inFlight.Any;

    /// <summary>Waits until no call is in flight.</summary>
    public async Task UntilQuiet(CancellationToken cancellationToken)
    {
        while (_inFlight.Any) await Task.Delay(QuietPeriod, cancellationToken);
    }

    /// <summary>Ends the wait of every caller: what they wait for will not come.</summary>
    public void FailAll(Exception told)
    {
        foreach (var request in _inFlight.All()) request.Fail(told);
    }

    /// <summary>Keeps the time of a call that came from another silo, whose caller waits for so long yet.</summary>
    public void Enter(GrainRequest request, TimeSpan timeLeft) => _inFlight.Enter(request, timeLeft);

    /// <summary>How long the caller will wait yet, in milliseconds.</summary>
    public uint TimeLeft(GrainRequest request)
    {
        if (request.InFlight.Stripe is null) return (uint)_options.ResponseTimeout.TotalMilliseconds;

        var left = request.InFlight.Timeout - _silo.Time.Messaging.GetElapsedTime(request.InFlight.Sent);
        return (uint)Math.Clamp(left.TotalMilliseconds, 1, uint.MaxValue);
    }

    /// <summary>Whether what began then has taken longer than a caller would wait.</summary>
    public bool IsOverdue(long since) => _silo.Time.Messaging.GetElapsedTime(since) > _options.ResponseTimeout;

    public void Dispose() => _sweep.Dispose();

    public Task<T> Send<T>(GrainReference target, GrainRequest<T> request)
    {
        request.Address(target.GrainId, RuntimeContext.Current as Activation, ExportContext());
        return _silo.OutgoingFilters.Length == 0 ? SendNow(request) : SendThroughFilters(target, request);
    }

    public void SendOneWay(GrainReference target, GrainRequest<Nothing> request)
    {
        request.Address(target.GrainId, RuntimeContext.Current as Activation, ExportContext());
        if (_silo.OutgoingFilters.Length == 0) Deliver(request);
        else _ = SendThroughFilters(target, request);
    }

    /// <summary>Sends without filters, and gives what the caller waits for.</summary>
    public Task<T> SendNow<T>(GrainRequest<T> request)
    {
        if (request.IsOneWay)
        {
            Deliver(request);
            return Task.FromResult(default(T)!);
        }

        if (request.Cancellation is { CallerToken.IsCancellationRequested: true } cancelled) return Task.FromCanceled<T>(cancelled.CallerToken);

        request.AwaitResponse();
        var response = request.Response;
        if (_options.CancelRequestOnTimeout && request.IsCancellable) request.EnsureCancellation();
        _inFlight.Enter(request, request.Method.ResponseTimeout ?? _options.ResponseTimeout);
        request.Cancellation?.Watch(request);
        Deliver(request);
        return response;
    }

    /// <summary>Hands a call to its grain; it fails where that cannot be done.</summary>
    public void Deliver(GrainRequest request)
    {
        if (_refusal is { } refusal && (_closed || (request.Source is null && request.Sink is null)))
        {
            request.Fail(new SiloUnavailableException($"{refusal} The call was {request}."));
            return;
        }

        try
        {
            Route(request);
        }
        catch (Exception exception)
        {
            request.Fail(exception);
        }
    }

    private void Route(GrainRequest request)
    {
        var cluster = _silo.Cluster;
        var incarnation = cluster.Incarnation;
        if (incarnation.HasEnded)
        {
            request.Fail(Cluster.LeaseWasLost(incarnation.Address));
            return;
        }

        var owner = cluster.OwnerOf(request.Target);
        if (ReferenceEquals(owner, incarnation.Address) || _silo.Catalog.IsStateless(request.Target.Type)) _silo.Catalog.Deliver(request);
        else if (request.Sink is RemoteCaller caller) caller.Refuse(request);
        else if (owner is not null && _silo.RemoteCalls is { } remote) remote.Send(request, owner);
        else throw new SiloUnavailableException($"No silo is there to run {request}.");
    }

    private async Task<T> SendThroughFilters<T>(GrainReference target, GrainRequest<T> request)
    {
        var call = new OutgoingCall<T>(request, target, this, _silo.OutgoingFilters);
        await call.Invoke();
        return call.TypedResult;
    }

    private void FailOverdue()
    {
        foreach (var request in _inFlight.Overdue())
        {
            var timeout = request.InFlight.Timeout;
            var failed = request.Fail(new TimeoutException(
                $"Response did not arrive on time in {timeout} for {request}, which is {Describe(request.Phase)}."));
            if (failed && _options.CancelRequestOnTimeout) request.SignalCancelled();
        }
    }

    private static string Describe(CallPhase phase) => phase switch
    {
        CallPhase.Waiting => "waiting for the grain to finish other calls (which deadlock if they wait for this one)",
        CallPhase.Running => "running still",
        _ => "on its way",
    };

    /// <summary>The values leave as copies, so that nobody can change them under way.</summary>
    public static ImmutableDictionary<string, object>? ExportContext()
    {
        if (RequestContext.Current is not { IsEmpty: false } values) return null;

        var copies = new CopyContext();
        foreach (var (key, value) in values)
        {
            var copy = Copiers.Copy(value, copies);
            if (!ReferenceEquals(copy, value)) values = values.SetItem(key, copy);
        }

        return values;
    }
}
