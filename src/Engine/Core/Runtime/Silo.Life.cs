using Orleans;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>How a silo starts, stops, and loses all that it has in memory.</summary>
internal sealed partial class Silo
{
    /// <summary>How long sending what is queued and taking back its row may take. The store has its own, shorter limit.</summary>
    private static readonly TimeSpan HangUpLimit = TimeSpan.FromSeconds(3);

    /// <summary>How much of that the others have to take what is queued: one that is frozen takes nothing.</summary>
    private static readonly TimeSpan TakeLimit = TimeSpan.FromSeconds(1.5);

    public async Task Start(CancellationToken cancellationToken)
    {
        Status = SiloStatus.Joining;
        if (RemoteCalls is not null) await RemoteCalls.Start(cancellationToken);
        try
        {
            await Cluster.Join(cancellationToken);
        }
        catch
        {
            await Crash();
            throw;
        }

        _collector = new(this, CollectionOptions.CollectionQuantum);
        Dispatcher.Open();
        Status = SiloStatus.Active;
        Log.Started(Logger, Name, _cluster.ClusterId, _cluster.ServiceId);
    }

    /// <summary>
    /// Leaves the cluster: from now on the others get the grains and the calls, running calls finish and activations end; then it
    /// hangs up. What has not ended when the token is cancelled is abandoned.
    /// </summary>
    public async Task Stop(CancellationToken cancellationToken)
    {
        if (Status is not SiloStatus.Active) return;

        Status = SiloStatus.ShuttingDown;
        _collector?.Dispose();
        try
        {
            await Drain(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Out of time: what still runs is abandoned, and its callers are told below.
        }

        await HangUp();
        Status = SiloStatus.Dead;
        Log.Stopped(Logger, Name, Catalog.Count);
    }

    /// <summary>Ends at once, without a word to the others or to the grains, as a process that is killed.</summary>
    public async Task Crash()
    {
        Status = SiloStatus.Dead;
        _collector?.Dispose();
        Cluster.Crash();
        if (RemoteCalls is not null) await RemoteCalls.Crash();
        Abandon(new SiloUnavailableException($"Silo {Address} was stopped at once."));
        Dispatcher.Close();
    }

    /// <summary>Nothing that this silo had in memory counts any more.</summary>
    public void Abandon(Exception told)
    {
        Log.Abandoned(Logger, Address.ToString(), Catalog.Count);
        Catalog.AbandonAll(told);
        Dispatcher.FailAll(told);
        RemoteCalls?.HangUp();
    }

    private async Task Drain(CancellationToken cancellationToken)
    {
        if (!Cluster.HasOthers) Dispatcher.CloseToOutside();
        await Cluster.Leave(cancellationToken);
        if (RemoteCalls is not null) await RemoteCalls.SayFarewell(cancellationToken);
        await Catalog.DeactivateAll(new(DeactivationReasonCode.ShuttingDown, "The silo is stopping."), cancellationToken);

        // Whoever calls from this silo, from outside of its grains, still waits for grains that live elsewhere.
        Dispatcher.CloseToOutside();
        await Dispatcher.UntilQuiet(cancellationToken);
    }

    /// <summary>
    /// Whether or not it has drained in time, the others shall not wait for its lease to end. First they get what is queued for them: they
    /// hang up on a silo that is no member any more, and a response that they have not read by then is lost to its caller.
    /// </summary>
    private async Task HangUp()
    {
        Dispatcher.Close();
        using var limit = new CancellationTokenSource(HangUpLimit);
        if (RemoteCalls is not null)
        {
            using var taking = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
            taking.CancelAfter(TakeLimit);
            await RemoteCalls.Stop(taking.Token);
        }

        try
        {
            await Cluster.Retire(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // Then they will wait.
        }
    }
}
