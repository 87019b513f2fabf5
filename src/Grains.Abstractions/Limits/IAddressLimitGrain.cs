namespace FteAgent.Limits;

/// <summary>
/// Counts what the addresses of one block did in the last minute, for the whole cluster: a limit that each silo kept for itself would be
/// as many times larger as there are silos. Its key names what is counted and the block, such as <c>submit/203.0.113.0/24</c>.
/// </summary>
/// <remarks>The count is kept in memory alone. Where the grain moves to another silo, or ends because nobody came for a while, it starts anew.</remarks>
[Alias("fte.IAddressLimitGrain")]
public interface IAddressLimitGrain : IGrainWithStringKey
{
    /// <summary>Takes one place for an address, if it and its block have one left in this minute.</summary>
    /// <param name="address">The address, or the network that counts as one, in one form.</param>
    /// <param name="ofAddress">How many places an address has in a minute.</param>
    /// <param name="ofBlock">How many all addresses of the block have together.</param>
    [Alias("Take")]
    Task<LimitAnswer> Take(string address, int ofAddress, int ofBlock);
}

/// <summary>Whether a place was taken.</summary>
/// <param name="IsTaken">Whether there was one.</param>
/// <param name="RetryAfter">Where there was none: when there will be one again, if nobody else takes it.</param>
[GenerateSerializer, Immutable, Alias("fte.LimitAnswer")]
public sealed record LimitAnswer([property: Id(0)] bool IsTaken, [property: Id(1)] TimeSpan RetryAfter);
