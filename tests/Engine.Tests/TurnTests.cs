using FteAgent.Engine.Tests.Grains;
using FteAgent.Testing;
using Xunit.Abstractions;

namespace FteAgent.Engine.Tests;

[Collection(ClusterCollection.Name)]
public sealed class TurnTests(ClusterFixture fixture, ITestOutputHelper output)
{
    private const int Callers = 24;
    private const int CallsEach = 60;
    private const int Grains = 3;

    [Fact]
    public async Task What_follows_an_await_stays_on_the_grain_and_what_Task_Run_starts_does_not() =>
        Assert.True(await fixture.Grain<IBankGrain>().RunsInTurn());

    [Fact]
    public Task No_sum_is_lost_whatever_the_pauses_within_a_call() => MakeRandomCalls(endsIn: 0);

    [Fact]
    public Task No_call_is_lost_and_no_grain_is_active_twice_while_grains_end_under_load() => MakeRandomCalls(endsIn: 5);

    private async Task MakeRandomCalls(int endsIn)
    {
        var seed = TestSeed.Take(output.WriteLine);
        var grains = Enumerable.Range(0, Grains).Select(_ => fixture.Grain<IBankGrain>()).ToArray();
        var expected = new int[Grains];

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var random = new Random(seed + caller);
            for (var i = 0; i < CallsEach; i++)
            {
                var (which, amount) = (random.Next(Grains), random.Next(1, 100));
                await grains[which].Deposit(amount, random.Next(4), endsIn > 0 && random.Next(endsIn) == 0);
                Interlocked.Add(ref expected[which], amount);
            }
        })));

        Assert.Equal(expected, grains.Select(grain => BankGrain.SumOf(grain.GetPrimaryKeyString())));
        Assert.Equal(0, BankGrain.DoubleActivations);
    }
}
