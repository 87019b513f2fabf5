namespace FteAgent.Engine;

/// <summary>One attempt to dial a silo, shared by all who wait for it.</summary>
internal sealed class DialAttempt
{
    private readonly CancellationTokenSource _givenUp = new();

    public Task<PeerConnection> Outcome { get; set; } = null!;

    /// <summary>Whether it has proved itself to the other silo, so that its connection may count there.</summary>
    public bool Committed { get; set; }

    public CancellationToken GivenUp => _givenUp.Token;

    public void GiveUp() => _givenUp.Cancel();
}
