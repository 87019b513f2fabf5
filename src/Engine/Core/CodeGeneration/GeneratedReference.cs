using System.ComponentModel;
using Orleans.Runtime;

namespace FteAgent.Engine.CodeGeneration;

/// <summary>The base of generated references.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class GeneratedReference : GrainReference
{
    /// <summary>A reference to one grain.</summary>
    protected GeneratedReference(ReferenceShared shared, GrainId id) : base(shared, id)
    {
    }

    /// <summary>Sends a call that has a result.</summary>
    protected Task<T> Invoke<T>(GrainRequest<T> request) => Shared.Dispatcher.Send(this, request);

    /// <summary>Sends a call that has no result.</summary>
    protected Task Invoke(GrainRequest<Nothing> request) => Shared.Dispatcher.Send(this, request);

    /// <summary>Sends a call that nobody waits for.</summary>
    protected Task InvokeOneWay(GrainRequest<Nothing> request)
    {
        Shared.Dispatcher.SendOneWay(this, request);
        return Task.CompletedTask;
    }
}

/// <summary>The result of a call that has none.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Nothing
{
    /// <summary>Waits for a call without a result.</summary>
    public static ValueTask<Nothing> From(Task task) => task.IsCompletedSuccessfully ? default : Wait(task);

    /// <summary>Waits for a call without a result.</summary>
    public static ValueTask<Nothing> From(ValueTask task)
    {
        if (!task.IsCompletedSuccessfully) return Wait(task.AsTask());

        task.GetAwaiter().GetResult();
        return default;
    }

    private static async ValueTask<Nothing> Wait(Task task)
    {
        await task;
        return default;
    }
}
