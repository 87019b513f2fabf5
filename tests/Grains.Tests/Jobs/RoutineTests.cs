using FteAgent.Testing;

namespace FteAgent.Jobs;

/// <summary>What a silo does again and again goes on, whatever a round meets, and ends when the silo does.</summary>
public sealed class RoutineTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly FakeTime time = new();

    [Fact]
    public async Task The_first_round_is_at_once_and_each_further_one_a_period_later()
    {
        using var chore = new Chore(time, TimeSpan.Zero);
        var start = time.GetUtcNow();

        await chore.StartAsync(default);

        Assert.Equal(start, await chore.NextRound());
        for (var round = 1; round <= 3; round++)
        {
            time.Advance(Period);
            Assert.Equal(start + round * Period, await chore.NextRound());
        }

        await chore.StopAsync(default).WaitAsync(Soon);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(300)]
    public async Task A_first_round_that_has_time_comes_when_it_said_and_the_next_a_period_after_it(int seconds)
    {
        var after = TimeSpan.FromSeconds(seconds);
        using var chore = new Chore(time, after);
        var start = time.GetUtcNow();
        await chore.StartAsync(default);
        await time.WhenWaiting().WaitAsync(Soon);

        time.Advance(after - TimeSpan.FromSeconds(1));
        Assert.Equal(0, chore.Begun);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(start + after, await chore.NextRound());
        time.Advance(Period);
        Assert.Equal(start + after + Period, await chore.NextRound());

        await chore.StopAsync(default).WaitAsync(Soon);
    }

    [Fact]
    public async Task A_round_that_fails_is_told_and_the_next_one_comes()
    {
        var failure = new InvalidOperationException("The record is away.");
        using var chore = new Chore(time, TimeSpan.Zero) { Work = _ => throw failure };
        await chore.StartAsync(default);
        await chore.NextRound();

        chore.Work = _ => Task.CompletedTask;
        time.Advance(Period);
        await chore.NextRound();

        Assert.Same(failure, Assert.Single(chore.Told));
        await chore.StopAsync(default).WaitAsync(Soon);
    }

    [Fact]
    public async Task What_gives_up_by_itself_has_failed_and_is_not_taken_for_the_end()
    {
        using var chore = new Chore(time, TimeSpan.Zero) { Work = _ => throw new TaskCanceledException("No answer in time.") };
        await chore.StartAsync(default);
        await chore.NextRound();

        time.Advance(Period);
        await chore.NextRound();

        Assert.IsType<TaskCanceledException>(chore.Told[0]);
        await chore.StopAsync(default).WaitAsync(Soon);
    }

    [Fact]
    public async Task A_long_round_is_followed_by_one_other_and_not_by_all_that_it_missed()
    {
        var gate = new TaskCompletionSource();
        using var chore = new Chore(time, TimeSpan.Zero) { Work = _ => gate.Task };
        await chore.StartAsync(default);
        await chore.NextRound();

        time.Advance(Period * 5);
        Assert.Equal(1, chore.Begun);
        gate.SetResult();
        await chore.NextRound();
        time.Advance(Period);
        await chore.NextRound();

        Assert.Equal(3, chore.Begun);
        await chore.StopAsync(default).WaitAsync(Soon);
    }

    [Fact]
    public async Task A_round_that_somebody_asks_for_waits_for_the_one_that_is_on()
    {
        var gate = new TaskCompletionSource();
        using var chore = new Chore(time, TimeSpan.Zero) { Work = _ => gate.Task };
        await chore.StartAsync(default);
        await chore.NextRound();

        var asked = chore.Round(default);
        Assert.Equal(1, chore.Begun);
        Assert.False(asked.IsCompleted);
        gate.SetResult();
        await asked.WaitAsync(Soon);

        Assert.Equal(2, chore.Begun);
        await chore.StopAsync(default).WaitAsync(Soon);
    }

    [Fact]
    public async Task A_silo_that_stops_cuts_a_round_off_and_nothing_is_told_of_it()
    {
        using var chore = new Chore(time, TimeSpan.Zero)
        {
            // Not every call that is cut off says so.
            Work = async token =>
            {
                await Task.Delay(Timeout.Infinite, token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
                throw new InvalidOperationException("The connection is closed.");
            },
        };
        await chore.StartAsync(default);
        await chore.NextRound();

        await chore.StopAsync(default).WaitAsync(Soon);

        await chore.ExecuteTask!;
        Assert.Empty(chore.Told);
    }

    private sealed class Chore(FakeTime time, TimeSpan firstAfter) : Routine(Period, time)
    {
        private readonly SemaphoreSlim begun = new(0);
        private DateTimeOffset last;

        public Func<CancellationToken, Task> Work { get; set; } = _ => Task.CompletedTask;

        public List<Exception> Told { get; } = [];

        public int Begun { get; private set; }

        protected override TimeSpan FirstAfter => firstAfter;

        /// <summary>Waits until one more round has begun, and says when by the fake clock.</summary>
        public async Task<DateTimeOffset> NextRound()
        {
            Assert.True(await begun.WaitAsync(Soon), "No further round has begun.");
            return last;
        }

        protected override Task Do(CancellationToken cancellationToken)
        {
            last = Time.GetUtcNow();
            Begun++;
            begun.Release();
            return Work(cancellationToken);
        }

        protected override void Tell(Exception failure) => Told.Add(failure);

        public override void Dispose()
        {
            base.Dispose();
            begun.Dispose();
        }
    }
}
