using FteAgent.Engine.Tests.Support;

namespace FteAgent.Engine.Tests.Grains;

[Alias("test.ILifeGrain")]
public interface ILifeGrain : IGrainWithStringKey
{
    [Alias("Touch")]
    Task<int> Touch();

    [Alias("End")]
    Task End();

    [Alias("Keep")]
    Task Keep(TimeSpan time);

    [Alias("StartTimer")]
    Task StartTimer(string part, TimeSpan period, bool interleave, bool keepAlive);

    [Alias("ChangeTimer")]
    Task ChangeTimer(TimeSpan due);

    [Alias("StopTimer")]
    Task StopTimer();

    [Alias("Play")]
    Task Play(string part);

    [Alias("PlayThenTouch")]
    Task<int> PlayThenTouch(string part, ILifeGrain other);
}

/// <summary>Fails to activate as often as its key says: "failing/2/…".</summary>
public sealed class LifeGrain : Grain, ILifeGrain
{
    private int _touches;
    private IGrainTimer? _timer;

    private Stage Stage => Stage.Of(this);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Stage.Add("activated");
        var parts = this.GetPrimaryKeyString().Split('/');
        return parts[0] == "failing" && Stage.Events.Count(happening => happening == "activated") <= int.Parse(parts[1])
            ? throw new FormatException("not yet")
            : Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Stage.Add($"deactivated {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public Task<int> Touch() => Task.FromResult(++_touches);

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Keep(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public Task StartTimer(string part, TimeSpan period, bool interleave, bool keepAlive)
    {
        var ticks = 0;
        _timer = this.RegisterGrainTimer(
            async cancelled =>
            {
                var tick = $"{part}{++ticks}";
                Stage.Add($"+{tick}");
                await Stage.Pass(tick).WaitAsync(cancelled);
                Stage.Add($"-{tick}");
                if (tick.StartsWith("bad", StringComparison.Ordinal)) throw new InvalidOperationException(tick);
            },
            new() { DueTime = period, Period = period, Interleave = interleave, KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task ChangeTimer(TimeSpan due)
    {
        _timer!.Change(due, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    public Task StopTimer()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public async Task Play(string part)
    {
        Stage.Add($"+{part}");
        await Stage.Pass(part);
        Stage.Add($"-{part}");
    }

    public async Task<int> PlayThenTouch(string part, ILifeGrain other)
    {
        await Play(part);
        return await other.Touch();
    }
}
