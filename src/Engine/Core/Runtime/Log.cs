using Microsoft.Extensions.Logging;

namespace FteAgent.Engine;

/// <summary>What the engine logs. Ids, never arguments: those may be customers' words.</summary>
internal static partial class Log
{
    [LoggerMessage(9001, LogLevel.Error, "Grain {Grain} could not be activated.")]
    public static partial void ActivationFailed(ILogger logger, string grain, Exception exception);

    [LoggerMessage(9002, LogLevel.Error, "Grain {Grain} failed while it was being deactivated.")]
    public static partial void DeactivationFailed(ILogger logger, string grain, Exception exception);

    [LoggerMessage(9003, LogLevel.Warning, "{Call} failed, and no caller waited to hear of it.")]
    public static partial void UnheardFailure(ILogger logger, string call, Exception exception);

    [LoggerMessage(9004, LogLevel.Error, "Code of grain {Grain} failed outside of any call.")]
    public static partial void EscapedFailure(ILogger logger, string grain, Exception exception);

    [LoggerMessage(9005, LogLevel.Warning, "A call from silo {Silo} could not be read.")]
    public static partial void CallUnreadable(ILogger logger, string silo, Exception exception);

    [LoggerMessage(9006, LogLevel.Warning, "What was to be sent to silo {Silo} was lost.")]
    public static partial void FrameLost(ILogger logger, string silo, Exception exception);

    [LoggerMessage(9007, LogLevel.Warning, "{Call} could not be sent to any silo in time. No caller waits for it.")]
    public static partial void OneWayLost(ILogger logger, string call);

    [LoggerMessage(9008, LogLevel.Warning, "Silo {Silo} has lost its lease: {Activations} activations are abandoned.")]
    public static partial void Abandoned(ILogger logger, string silo, int activations);

    [LoggerMessage(9009, LogLevel.Warning, "What was to be sent to silo {Silo} was lost: its connection stayed full. The same happened {Unsaid} times before, unsaid.")]
    public static partial void QueueFull(ILogger logger, string silo, long unsaid);

    [LoggerMessage(9010, LogLevel.Information, "Silo {Name} runs the built-in grain engine (cluster {ClusterId}, service {ServiceId}).")]
    public static partial void Started(ILogger logger, string name, string clusterId, string serviceId);

    [LoggerMessage(9011, LogLevel.Information, "Silo {Name} has stopped; {Abandoned} activations did not end in time.")]
    public static partial void Stopped(ILogger logger, string name, int abandoned);
}
