using System.ComponentModel;

namespace FteAgent.Engine.CodeGeneration;

/// <summary>A call with a result.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class GrainRequest<T> : GrainRequest
{
    private TaskCompletionSource<T>? _response;
    private int _responded;

    internal sealed override bool IsCompleted => Sink is null ? _response is { Task.IsCompleted: true } : _responded != 0;

    internal Task<T> Response => _response!.Task;

    /// <summary>Calls the method on a grain; generated.</summary>
    protected abstract ValueTask<T> Call(object grain);

    /// <summary>Copies the result before it leaves the grain; generated where a copy is needed.</summary>
    protected virtual T CopyResult(T result) => result;

    /// <summary>The response is awaited anew for each attempt to send; continuations never run in the grain's turn.</summary>
    internal void AwaitResponse() => _response = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal sealed override bool Fail(Exception exception)
    {
        InFlightCalls.Leave(this);
        return Sink is { } sink ? Send(sink, default!, exception) : _response?.TrySetException(exception) ?? false;
    }

    internal sealed override bool Cancel(CancellationToken token)
    {
        InFlightCalls.Leave(this);
        return Sink is { } sink ? Send(sink, default!, new TaskCanceledException()) : _response?.TrySetCanceled(token) ?? false;
    }

    internal sealed override void Complete(ref WireReader from)
    {
        var result = typeof(T) == typeof(Nothing) ? default! : Codecs.ReadItem<T>(ref from, from.ReadItemKind());
        Cancellation?.End();
        InFlightCalls.Leave(this);
        _response?.TrySetResult(result);
    }

    internal sealed override void PassOn(ReadOnlySpan<byte> response)
    {
        if (Sink is { } sink && Interlocked.Exchange(ref _responded, 1) == 0) sink.Respond(this, response);
    }

    internal sealed override async ValueTask<object?> InvokeBoxed(object grain) => await Call(grain);

    internal sealed override void Execute(Activation activation)
    {
        ValueTask<T> pending;
        try
        {
            pending = activation.IsFiltered ? CallThroughFilters(activation) : Call(activation.GrainInstance!);
        }
        catch (Exception exception)
        {
            Respond(activation, exception);
            return;
        }

        if (pending.IsCompletedSuccessfully) Respond(activation, pending.GetAwaiter().GetResult());
        else _ = AwaitAndRespond(activation, pending);
    }

    private async Task AwaitAndRespond(Activation activation, ValueTask<T> pending)
    {
        T result;
        try
        {
            // Continues in a turn of the grain, so that the copy below reads what no other turn is changing.
            result = await pending;
        }
        catch (Exception exception)
        {
            Respond(activation, exception);
            return;
        }

        Respond(activation, result);
    }

    private async ValueTask<T> CallThroughFilters(Activation activation)
    {
        var call = new IncomingCall(this, activation);
        await call.Invoke();
        return call.Result switch
        {
            T result => result,
            null when default(T) is null || typeof(T) == typeof(Nothing) => default!,
            var other => throw new InvalidCastException(
                $"A filter set the result of {Method} to a {other?.GetType().ToString() ?? "null"}, which is not a {typeof(T)}."),
        };
    }

    private void Respond(Activation activation, T result)
    {
        if (Sink is { } sink)
        {
            // Written before the turn ends: no other turn has changed what is read of it.
            Send(sink, result, failure: null);
            Finish(activation);
            return;
        }

        try
        {
            if (_response is not null) result = CopyResult(result);
        }
        catch (Exception exception)
        {
            Respond(activation, exception);
            return;
        }

        Finish(activation);
        InFlightCalls.Leave(this);
        _response?.TrySetResult(result);
    }

    private void Respond(Activation activation, Exception exception)
    {
        activation.OnFailed(exception);
        Finish(activation);
        if ((Sink is null && _response is null) || !Fail(CrossingException.From(exception))) activation.LogUnheardFailure(this, exception);
    }

    /// <summary>Sends the response to the silo that called, once.</summary>
    private bool Send(IResponseSink sink, T result, Exception? failure)
    {
        if (Interlocked.Exchange(ref _responded, 1) != 0) return false;

        Wire.Respond(sink, this, result, failure);
        return true;
    }

    private void Finish(Activation activation)
    {
        Cancellation?.End();
        activation.OnCompleted(this);
    }
}
