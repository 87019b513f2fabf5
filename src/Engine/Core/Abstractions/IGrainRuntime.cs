using Orleans.Timers;

namespace Orleans.Runtime;

/// <summary>What the silo does for a grain.</summary>
public interface IGrainRuntime
{
    /// <summary>The silo's identity in words.</summary>
    string SiloIdentity { get; }

    /// <summary>The silo's address.</summary>
    SiloAddress SiloAddress { get; }

    /// <summary>Gives references to grains.</summary>
    IGrainFactory GrainFactory { get; }

    /// <summary>Makes timers.</summary>
    ITimerRegistry TimerRegistry { get; }

    /// <summary>The silo's services.</summary>
    IServiceProvider ServiceProvider { get; }

    /// <summary>The time, as grains see it.</summary>
    TimeProvider TimeProvider { get; }

    /// <summary>Ends an activation when its running calls are done.</summary>
    void DeactivateOnIdle(IGrainContext grainContext);

    /// <summary>Keeps an activation from being collected as idle for this long.</summary>
    void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan);
}
