using FteAgent.Testing;

namespace FteAgent.Checks;

/// <summary>The clock that tests move.</summary>
public sealed class FakeTimeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTime time = new();
    private readonly List<DateTimeOffset> fired = [];

    [Fact]
    public void What_repeats_fires_at_each_of_its_moments()
    {
        var start = time.GetUtcNow();
        using var timer = Every(Second);

        time.Advance(Second * FakeTime.MostRepeats);

        Assert.Equal(Enumerable.Range(1, FakeTime.MostRepeats).Select(number => start + number * Second), fired);
    }

    [Fact]
    public void In_a_longer_move_it_fires_so_often_and_once_more_at_the_end_and_goes_on_from_there()
    {
        var start = time.GetUtcNow();
        using var timer = Every(Second);

        time.Advance(TimeSpan.FromDays(3) + Second / 2);

        Assert.Equal(FakeTime.MostRepeats + 1, fired.Count);
        Assert.Equal(start + FakeTime.MostRepeats * Second, fired[^2]);
        Assert.Equal(start + TimeSpan.FromDays(3), fired[^1]);
        time.Advance(Second);
        Assert.Equal(start + TimeSpan.FromDays(3) + Second, fired[^1]);
        Assert.Equal(FakeTime.MostRepeats + 2, fired.Count);
    }

    private ITimer Every(TimeSpan period) => time.CreateTimer(_ => fired.Add(time.GetUtcNow()), null, period, period);
}
