namespace FteAgent.Health;

/// <summary>Answers, if this silo runs grains now: without a lease, or out of its cluster, it does not. It lives on whichever silo asks.</summary>
[Alias("fte.IPulseGrain")]
public interface IPulseGrain : IGrainWithStringKey
{
    /// <summary>Returns at once.</summary>
    [Alias("Beat")]
    Task Beat();
}
