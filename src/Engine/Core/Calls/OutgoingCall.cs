using System.Reflection;
using FteAgent.Engine.CodeGeneration;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace FteAgent.Engine;

/// <summary>A call that passes the filters of the side that makes it, then leaves.</summary>
internal sealed class OutgoingCall<T>(
    GrainRequest<T> request, GrainReference target, Dispatcher dispatcher, IOutgoingGrainCallFilter[] filters) : IOutgoingGrainCallContext
{
    private int _next;

    public IInvokable Request => request;

    public object Grain => target;

    public IGrainContext? SourceContext => request.Source;

    public GrainId? SourceId => request.SourceId;

    public GrainId TargetId => target.GrainId;

    public GrainInterfaceType InterfaceType => target.InterfaceType;

    public string InterfaceName => request.Method.InterfaceType.Name;

    public string MethodName => request.Method.Name;

    public MethodInfo InterfaceMethod => request.Method.Info;

    public T TypedResult { get; private set; } = default!;

    public object? Result
    {
        get => TypedResult is Nothing ? null : TypedResult;
        set => TypedResult = (T)value!;
    }

    public async Task Invoke()
    {
        var step = _next++;
        if (step < filters.Length) await filters[step].Invoke(this);
        else
        {
            // What filters have set travels too.
            request.TakeContext(Dispatcher.ExportContext());
            TypedResult = await dispatcher.SendNow(request);
        }
    }
}
