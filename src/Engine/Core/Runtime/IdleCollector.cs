namespace FteAgent.Engine;

/// <summary>Looks round once in each quantum of time and ends the activations that nobody uses.</summary>
internal sealed class IdleCollector : IDisposable
{
    private readonly ITimer _timer;

    public IdleCollector(Silo silo, TimeSpan quantum) => _timer = silo.Time.Activations.CreateTimer(
        static catalog =>
        {
            foreach (var activation in ((Catalog)catalog!).All) activation.DeactivateIfIdle();
        },
        silo.Catalog, quantum, quantum);

    public void Dispose() => _timer.Dispose();
}
