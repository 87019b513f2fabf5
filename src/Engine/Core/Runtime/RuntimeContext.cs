using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>Which activation has the turn on this thread. Code that a grain sends to the thread pool has none.</summary>
internal static class RuntimeContext
{
    [ThreadStatic]
    private static IGrainContext? t_current;

    public static IGrainContext? Current => t_current;

    /// <summary>Enters an activation's turn; the value returned is to be restored after it.</summary>
    public static IGrainContext? Enter(IGrainContext? context)
    {
        var before = t_current;
        t_current = context;
        return before;
    }
}

/// <summary>The same for services that ask.</summary>
internal sealed class GrainContextAccessor : IGrainContextAccessor
{
    public IGrainContext GrainContext => RuntimeContext.Current!;
}
