using System.Reflection;
using FteAgent.Limits;

namespace FteAgent.Api.Limits;

/// <summary>Grains whose answers a test decides, on either engine: whatever is asked of the factory is a grain that answers so.</summary>
public class GrainsThat : DispatchProxy
{
    private Func<Task<LimitAnswer>> answer = null!;

    public static IGrainFactory Answer(Func<Task<LimitAnswer>> answer) => (IGrainFactory)Make(typeof(IGrainFactory), answer);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(IGrainFactory.GetGrain) ? Make(targetMethod.ReturnType, answer) : answer();

    private static object Make(Type grain, Func<Task<LimitAnswer>> answer)
    {
        var made = Create(grain, typeof(GrainsThat));
        ((GrainsThat)made).answer = answer;
        return made;
    }
}
