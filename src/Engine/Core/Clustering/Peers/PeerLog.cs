using Microsoft.Extensions.Logging;

namespace FteAgent.Engine;

/// <summary>What connections log: addresses and reasons, never what frames hold.</summary>
internal static partial class PeerLog
{
    [LoggerMessage(9121, LogLevel.Information, "Connected with silo {Silo} (protocol {Version}).")]
    public static partial void Connected(ILogger logger, string silo, int version);

    [LoggerMessage(9122, LogLevel.Information, "The connection with silo {Silo} ended: {Reason}.")]
    public static partial void Ended(ILogger logger, string silo, string reason);

    [LoggerMessage(9123, LogLevel.Warning, "A connection from {Endpoint} was refused: {Reason}. {More} more were refused since this was last said.")]
    public static partial void Refused(ILogger logger, string endpoint, string reason, long more);

    [LoggerMessage(9124, LogLevel.Warning, "Silo {Silo} cannot be reached: {Reason}. {More} more attempts failed since this was last said.")]
    public static partial void Unreachable(ILogger logger, string silo, string reason, long more);

    [LoggerMessage(9125, LogLevel.Error, "A frame from silo {Silo} could not be taken.")]
    public static partial void FrameFailed(ILogger logger, string silo, Exception exception);

    [LoggerMessage(9126, LogLevel.Error, "Accepting connections failed; trying again.")]
    public static partial void AcceptFailed(ILogger logger, Exception exception);
}
