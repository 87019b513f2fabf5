using System.Diagnostics;
using Orleans;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>
/// Carries the current activity along with calls: its place travels in the <see cref="RequestContext"/>, as the propagator writes it, and
/// each side has an activity of its own. Sources and names are those of Orleans, so that whoever listens hears both engines.
/// </summary>
internal static class ActivityPropagation
{
    public const string ApplicationSource = "Microsoft.Orleans.Application";
    public const string RuntimeSource = "Microsoft.Orleans.Runtime";

    private const string Version = "1.0.0";

    private static readonly ActivitySource Application = new(ApplicationSource, Version);
    private static readonly ActivitySource Runtime = new(RuntimeSource, Version);

    /// <summary>The engine's own calls are apart, so that they need not be listened to.</summary>
    public static Activity? Start(IGrainCallContext call, ActivityKind kind, ActivityContext parent) =>
        SourceOf(call).StartActivity($"{call.InterfaceName}/{call.MethodName}", kind, parent);

    /// <summary>Runs the call. Names follow OpenTelemetry's conventions for RPC.</summary>
    public static async Task Run(IGrainCallContext call, Activity activity)
    {
        activity.SetTag("rpc.system", "orleans").SetTag("rpc.service", call.InterfaceName).SetTag("rpc.method", call.MethodName);
        activity.SetTag("rpc.orleans.target_id", call.TargetId.ToString());
        try
        {
            await call.Invoke();
        }
        catch (Exception failure)
        {
            // Its message may repeat an argument, which may be somebody's words.
            activity.SetStatus(ActivityStatusCode.Error).SetTag("error.type", failure.GetType().FullName);
            throw;
        }
    }

    private static ActivitySource SourceOf(IGrainCallContext call) =>
        call.InterfaceMethod.DeclaringType?.Assembly == typeof(ActivityPropagation).Assembly ? Runtime : Application;
}

/// <summary>Sends the current activity's place along with each call.</summary>
internal sealed class OutgoingActivityPropagation(DistributedContextPropagator propagator) : IOutgoingGrainCallFilter
{
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        using var activity = ActivityPropagation.Start(context, ActivityKind.Client, default);
        // Set within this method's own flow, the values reach the call and leave the caller's as they are.
        if ((activity ?? Activity.Current) is { } current)
            propagator.Inject(current, null, static (_, name, value) => RequestContext.Set(name, value));
        await (activity is null ? context.Invoke() : ActivityPropagation.Run(context, activity));
    }
}

/// <summary>Goes on from the caller's activity.</summary>
internal sealed class IncomingActivityPropagation(DistributedContextPropagator propagator) : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        propagator.ExtractTraceIdAndState(null, Read, out var place, out var state);
        if (!ActivityContext.TryParse(place, state, isRemote: true, out var caller))
        {
            await context.Invoke();
            return;
        }

        using var activity = ActivityPropagation.Start(context, ActivityKind.Server, caller);
        await (activity is null ? context.Invoke() : ActivityPropagation.Run(context, activity));
    }

    private static void Read(object? carrier, string name, out string? value, out IEnumerable<string>? values) =>
        (value, values) = (RequestContext.Get(name) as string, null);
}
