using System.Reflection;
using FteAgent.Limits;

namespace FteAgent.Api.Limits;

/// <summary>Grains whose answers a test decides, on either engine: whatever is asked of the factory is a grain that answers so.</summary>
public class GrainsThat : DispatchProxy
{
    private Func<Task<LimitAnswer>> answer = null!;

    public static IGrainFactory Answer(Func<Task<LimitAnswer>> answer) => Make<IGrainFactory>(answer);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(IAddressLimitGrain.Take) ? answer() : Make<IAddressLimitGrain>(answer);

    private static T Make<T>(Func<Task<LimitAnswer>> answer)
    {
        var made = Create<T, GrainsThat>();
        ((GrainsThat)(object)made!).answer = answer;
        return made;
    }
}
