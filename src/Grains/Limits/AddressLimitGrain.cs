namespace FteAgent.Limits;

/// <summary>Keeps one block's window. It ends soon after nobody comes any more, so that a crowd of addresses does not stay in memory.</summary>
[CollectionAgeLimit(Minutes = 2)]
internal sealed class AddressLimitGrain(TimeProvider time) : Grain, IAddressLimitGrain
{
    private readonly AddressWindow window = new();

    /// <inheritdoc/>
    public Task<LimitAnswer> Take(string address, int ofAddress, int ofBlock) =>
        Task.FromResult(window.Take(address, ofAddress, ofBlock, time.GetUtcNow()));
}
