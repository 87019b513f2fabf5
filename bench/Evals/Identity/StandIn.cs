using System.Reflection;

namespace FteAgent.Evals.Identity;

/// <summary>Stands for an interface of either grain engine: whatever is asked is answered by one function.</summary>
public class StandIn : DispatchProxy
{
    private Func<MethodInfo, object?[], object?> answer = null!;

    public static T Make<T>(Func<MethodInfo, object?[], object?> answer) where T : class
    {
        var made = Create<T, StandIn>();
        ((StandIn)(object)made).answer = answer;
        return made;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => answer(targetMethod!, args ?? []);
}
