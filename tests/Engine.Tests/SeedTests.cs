using FteAgent.Testing;

namespace FteAgent.Engine.Tests;

public sealed class SeedTests
{
    [Fact]
    public void A_printed_seed_gives_the_same_chance_in_another_process()
    {
        var said = "";
        var seed = TestSeed.Take(line => said = line);

        Assert.Equal($"FTE_SEED={seed}", said);
        // Written down by another process: what depends on anything but the numbers changes from one to the next.
        Assert.Equal([2012435592, 417137248, 1678592914], Enumerable.Range(0, 3).Select(part => TestSeed.For(4711, part, 7).Next()));
    }
}
