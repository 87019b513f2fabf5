using FteAgent.Engine.Tests.Support;
using Orleans.Concurrency;
using Orleans.Serialization.Invocation;

namespace FteAgent.Engine.Tests.Grains;

[Alias("test.IStageGrain")]
public interface IStageGrain : IGrainWithStringKey
{
    /// <summary>Begins the part, waits at its gate, ends it.</summary>
    [Alias("Play")]
    Task Play(string part);

    [ReadOnly]
    [Alias("Read")]
    Task Read(string part);

    [AlwaysInterleave]
    [Alias("Interleave")]
    Task Interleave(string part);

    [OneWay]
    [Alias("Tell")]
    Task Tell(string part);

    /// <summary>Has the other grain call this one back while it waits.</summary>
    [Alias("CallBack")]
    Task CallBack(IStageGrain other, bool allowed);

    [Alias("Forward")]
    Task Forward(IStageGrain to, string part);

    [ResponseTimeout("00:00:02")]
    [Alias("PlayShortly")]
    Task PlayShortly(string part);

    [Alias("PlayUntilCancelled")]
    Task PlayUntilCancelled(string part, CancellationToken cancellationToken);
}

[Alias("test.IReentrantStageGrain")]
public interface IReentrantStageGrain : IStageGrain;

[Alias("test.IPickyStageGrain")]
public interface IPickyStageGrain : IStageGrain;

public abstract class StageGrainBase : Grain, IStageGrain
{
    private Stage Stage => Stage.Of(this);

    public Task Play(string part) => Act(part);

    public Task Read(string part) => Act(part);

    public Task Interleave(string part) => Act(part);

    public Task Tell(string part) => Act(part);

    public Task PlayShortly(string part) => Act(part);

    public async Task CallBack(IStageGrain other, bool allowed)
    {
        using var section = allowed ? RequestContext.AllowCallChainReentrancy() : RequestContext.SuppressCallChainReentrancy();
        await other.Forward(this.AsReference<IStageGrain>(), "back");
    }

    public Task Forward(IStageGrain to, string part) => to.Play(part);

    public async Task PlayUntilCancelled(string part, CancellationToken cancellationToken)
    {
        Stage.Add($"+{part}");
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(() =>
        {
            Stage.Add(ReferenceEquals(TaskScheduler.Current, TaskScheduler.Default) ? "cancelled out of turn" : "cancelled in turn");
            cancelled.SetResult();
        });
        await cancelled.Task;
        Stage.Add($"-{part}");
    }

    private async Task Act(string part)
    {
        Stage.Add($"+{part}");
        await Stage.Pass(part);
        Stage.Add($"-{part}");
    }
}

public sealed class StageGrain : StageGrainBase;

[Reentrant]
public sealed class ReentrantStageGrain : StageGrainBase, IReentrantStageGrain;

[MayInterleave(nameof(IsWelcome))]
public sealed class PickyStageGrain : StageGrainBase, IPickyStageGrain
{
    public static bool IsWelcome(IInvokable call) =>
        call.GetArgumentCount() > 0 && call.GetArgument(0) is string part
        && (part == "unfair" ? throw new InvalidOperationException("unfair") : part.StartsWith("welcome", StringComparison.Ordinal));
}
