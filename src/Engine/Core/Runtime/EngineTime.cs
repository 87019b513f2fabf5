using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>The clocks of a silo, each of which a test may drive alone.</summary>
internal sealed class EngineTime(IServiceProvider services)
{
    /// <summary>Timers that grains register.</summary>
    public TimeProvider Grains { get; } = services.GetRequiredKeyedService<TimeProvider>(TimeProviderNames.Grains);

    /// <summary>Timeouts of calls.</summary>
    public TimeProvider Messaging { get; } = services.GetRequiredKeyedService<TimeProvider>(TimeProviderNames.Messaging);

    /// <summary>Idleness.</summary>
    public TimeProvider Activations { get; } = services.GetRequiredKeyedService<TimeProvider>(TimeProviderNames.ActivationManagement);

    /// <summary>Leases of membership.</summary>
    public TimeProvider Membership { get; } = services.GetRequiredKeyedService<TimeProvider>(TimeProviderNames.Membership);
}
