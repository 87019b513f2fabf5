using System.Globalization;
using FteAgent.Testing;
using Xunit.Abstractions;

namespace FteAgent.Engine.Tests.Clustering;

/// <summary>Everything that can go wrong, in random order, many times, each from a seed that is printed.</summary>
public sealed class MembershipSimulation(ITestOutputHelper output)
{
    private const int Runs = 30;
    private static readonly TimeSpan FaultyTime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan TimeToHeal = TimeSpan.FromSeconds(12);

    [Fact]
    public void Whatever_happens_no_evicted_silo_holds_its_lease_and_all_who_live_come_back()
    {
        var seeds = TestSeed.Given is { } given
            ? [given]
            : Enumerable.Range(Random.Shared.Next(1_000_000), Number("FTE_RUNS") ?? Runs).ToArray();
        output.WriteLine($"Seeds {seeds[0]} to {seeds[^1]}; {TestSeed.Variable}=… runs one again.");

        var (evictions, losses, views) = (0, 0, 0L);
        foreach (var seed in seeds)
        {
            var troubles = new Troubles(seed);
            try
            {
                troubles.Run(FaultyTime);
                troubles.Heal(TimeToHeal);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                throw new InvalidOperationException($"{TestSeed.Variable}={seed} fails: {exception.Message}\n{string.Join('\n', troubles.History.TakeLast(40))}", exception);
            }

            (evictions, losses, views) = (evictions + troubles.Evictions, losses + troubles.Losses, views + troubles.LastVersion);
        }

        output.WriteLine($"{evictions} evictions, {losses} leases lost, {views} views.");
        Assert.True(seeds.Length == 1 || (evictions > seeds.Length && losses > seeds.Length), "The simulation is too kind: it shows nothing.");
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : null;
}
