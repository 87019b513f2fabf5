using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>What the membership logs.</summary>
internal static partial class MembershipLog
{
    [LoggerMessage(9101, LogLevel.Information, "Silo {Self} asks to join its cluster.")]
    public static partial void Entered(ILogger logger, SiloAddress self);

    [LoggerMessage(9102, LogLevel.Information, "Silo {Self} is an active member of its cluster.")]
    public static partial void Joined(ILogger logger, SiloAddress self);

    [LoggerMessage(9103, LogLevel.Warning, "Silo {Self} is no member any more: {Why}. It runs nothing until it has joined again.")]
    public static partial void Lost(ILogger logger, SiloAddress self, string why);

    [LoggerMessage(9104, LogLevel.Warning, "Silo {Victim} has not renewed its lease and was struck out of the cluster.")]
    public static partial void Evicted(ILogger logger, SiloAddress victim);

    [LoggerMessage(9105, LogLevel.Information, "Cluster version {Version}: {Active} silos active, {Members} in all.")]
    public static partial void ViewMoved(ILogger logger, long version, int active, int members);

    [LoggerMessage(9106, LogLevel.Information, "Silo {Self} has left its cluster.")]
    public static partial void Retired(ILogger logger, SiloAddress self);

    [LoggerMessage(9107, LogLevel.Warning, "The membership store could not be asked: {Why}")]
    public static partial void StoreFailed(ILogger logger, string why);

    [LoggerMessage(9108, LogLevel.Warning, "Silo {Member} did not say whether it reaches this one: {Why}")]
    public static partial void ProbeFailed(ILogger logger, SiloAddress member, string why);

    [LoggerMessage(9109, LogLevel.Error, "Something that follows the cluster's members failed.")]
    public static partial void ListenerFailed(ILogger logger, Exception exception);
}
