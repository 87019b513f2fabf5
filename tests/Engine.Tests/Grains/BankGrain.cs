using System.Collections.Concurrent;

namespace FteAgent.Engine.Tests.Grains;

[Alias("test.IBankGrain")]
public interface IBankGrain : IGrainWithStringKey
{
    /// <summary>Adds, with pauses between reading and writing that would lose sums if turns were not alone.</summary>
    [Alias("Deposit")]
    Task<int> Deposit(int amount, int pauses, bool end);

    [Alias("RunsInTurn")]
    Task<bool> RunsInTurn();
}

public sealed class BankGrain : Grain, IBankGrain
{
    /// <summary>What the grain would keep in a store.</summary>
    private static readonly ConcurrentDictionary<string, int> Stored = new();

    private static readonly ConcurrentDictionary<string, int> Active = new();

    public static int DoubleActivations;

    public static int SumOf(string key) => Stored.GetValueOrDefault(key);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (Active.AddOrUpdate(this.GetPrimaryKeyString(), 1, static (_, count) => count + 1) > 1) Interlocked.Increment(ref DoubleActivations);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Active.AddOrUpdate(this.GetPrimaryKeyString(), 0, static (_, count) => count - 1);
    }

    public async Task<int> Deposit(int amount, int pauses, bool end)
    {
        var key = this.GetPrimaryKeyString();
        var sum = Stored.GetValueOrDefault(key);
        for (var i = 0; i < pauses; i++)
        {
            if (i % 2 == 0) await Task.Yield();
            else await Task.Run(static () => { });
        }

        if (end) DeactivateOnIdle();
        return Stored[key] = sum + amount;
    }

    public async Task<bool> RunsInTurn()
    {
        var scheduler = TaskScheduler.Current;
        await Task.Yield();
        var back = ReferenceEquals(TaskScheduler.Current, scheduler) && RuntimeContext.Current is not null;
        var escaped = await Task.Run(static () => ReferenceEquals(TaskScheduler.Current, TaskScheduler.Default) && RuntimeContext.Current is null);
        return back && escaped && scheduler is TurnScheduler && ReferenceEquals(TaskScheduler.Current, scheduler);
    }
}
