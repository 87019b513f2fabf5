namespace FteAgent.Answering;

/// <summary>
/// Turns for drafting work that computes on this machine: a search, a model that quotes. A thousand exchanges that wait for a model become a
/// thousand that compute when it cannot be had, and would leave no thread for whoever writes meanwhile.
/// </summary>
internal sealed class Cores : IDisposable
{
    /// <summary>Some wait for an embedder or a database in the midst of their turn; then others go on.</summary>
    private const int TurnsForCore = 16;

    private readonly SemaphoreSlim turns = new(TurnsForCore * Environment.ProcessorCount);

    /// <summary>Waits for a turn and works.</summary>
    public async Task<T> Take<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await turns.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            turns.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turns.Dispose();
}
