using FteAgent.Testing;
using Xunit.Abstractions;

namespace FteAgent.Limits;

/// <summary>How often addresses may do a thing in a minute, each for itself and a block together.</summary>
public sealed class AddressWindowTests(ITestOutputHelper output)
{
    private const string Mira = "203.0.113.7";
    private readonly AddressWindow window = new();
    private readonly FakeTime time = new();

    [Fact]
    public void An_address_has_its_places_and_then_none()
    {
        Assert.All(Enumerable.Range(0, 3), _ => Assert.True(Take(Mira, ofAddress: 3).IsTaken));

        Assert.False(Take(Mira, ofAddress: 3).IsTaken);
        Assert.True(Take("203.0.113.8", ofAddress: 3).IsTaken);
    }

    [Fact]
    public void Who_comes_when_told_to_is_let_in_and_who_comes_a_moment_sooner_is_not()
    {
        Take(Mira, ofAddress: 2);
        time.Advance(TimeSpan.FromSeconds(20));
        Take(Mira, ofAddress: 2);
        time.Advance(TimeSpan.FromSeconds(10));

        var refused = Take(Mira, ofAddress: 2);

        Assert.Equal((false, TimeSpan.FromSeconds(30)), (refused.IsTaken, refused.RetryAfter));
        time.Advance(refused.RetryAfter - TimeSpan.FromMilliseconds(1));
        Assert.False(Take(Mira, ofAddress: 2).IsTaken);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(Take(Mira, ofAddress: 2).IsTaken);
        Assert.False(Take(Mira, ofAddress: 2).IsTaken);
    }

    [Fact]
    public void Addresses_of_one_block_share_its_places_however_many_they_are()
    {
        var taken = Enumerable.Range(0, 256).Count(last => Take($"203.0.113.{last}", ofAddress: 30, ofBlock: 40).IsTaken);

        Assert.Equal(40, taken);
        Assert.InRange(Take(Mira, ofAddress: 30, ofBlock: 40).RetryAfter, TimeSpan.FromSeconds(1), AddressWindow.Length);
    }

    [Fact]
    public void Being_refused_costs_nothing_so_whoever_keeps_asking_gets_in_as_soon_as_the_patient()
    {
        Take(Mira, ofAddress: 1);
        for (var i = 0; i < 59; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            Assert.False(Take(Mira, ofAddress: 1).IsTaken);
        }

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(Take(Mira, ofAddress: 1).IsTaken);
    }

    [Fact]
    public void No_minute_has_more_than_the_limit_wherever_it_begins()
    {
        var random = new Random(TestSeed.Take(output.WriteLine));
        var taken = new List<DateTimeOffset>();
        for (var i = 0; i < 2_000; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(random.Next(700)));
            if (Take(Mira, ofAddress: 10).IsTaken)
                taken.Add(time.GetUtcNow());
        }

        Assert.All(taken, from => Assert.InRange(taken.Count(at => at >= from && at < from + AddressWindow.Length - TimeSpan.FromSeconds(5)), 1, 10));
        Assert.True(taken.Count > 100);
    }

    [Fact]
    public void A_clock_that_goes_back_makes_nobody_wait_longer_than_a_minute()
    {
        Take(Mira, ofAddress: 1);

        var refused = window.Take(Mira, 1, 100, time.GetUtcNow() - TimeSpan.FromHours(1));

        Assert.Equal((false, AddressWindow.Length), (refused.IsTaken, refused.RetryAfter));
    }

    private LimitAnswer Take(string address, int ofAddress, int ofBlock = 1_000) => window.Take(address, ofAddress, ofBlock, time.GetUtcNow());
}
