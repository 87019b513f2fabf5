using System.Collections.Concurrent;
using System.Reflection;
using FteAgent.Engine.CodeGeneration;
using Orleans;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace FteAgent.Engine;

/// <summary>A call that passes the silo's filters, then the grain's own, then runs.</summary>
internal sealed class IncomingCall(GrainRequest request, Activation activation) : IIncomingGrainCallContext
{
    private static readonly ConcurrentDictionary<(Type Class, MethodInfo Method), MethodInfo> Implementations = new();

    private int _next;

    public IInvokable Request => request;

    public object Grain => activation.GrainInstance!;

    public IGrainContext TargetContext => activation;

    public GrainId? SourceId => request.SourceId;

    public GrainId TargetId => activation.GrainId;

    public GrainInterfaceType InterfaceType => activation.Shared.Silo.InterfaceName(request.Method.InterfaceType);

    public string InterfaceName => request.Method.InterfaceType.Name;

    public string MethodName => request.Method.Name;

    public MethodInfo InterfaceMethod => request.Method.Info;

    public MethodInfo ImplementationMethod => Implementations.GetOrAdd((Grain.GetType(), InterfaceMethod), static pair => Implementation(pair.Class, pair.Method));

    public object? Result { get; set; }

    public async Task Invoke()
    {
        var filters = activation.Shared.Silo.IncomingFilters;
        var step = _next++;
        if (step < filters.Length) await filters[step].Invoke(this);
        else if (step == filters.Length && Grain is IIncomingGrainCallFilter own) await own.Invoke(this);
        else Result = await request.InvokeBoxed(Grain);
    }

    private static MethodInfo Implementation(Type type, MethodInfo method)
    {
        if (!method.DeclaringType!.IsAssignableFrom(type)) return method;

        var map = type.GetInterfaceMap(method.DeclaringType);
        return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, method)];
    }
}
