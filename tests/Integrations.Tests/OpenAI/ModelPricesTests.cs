using System.Collections.Concurrent;
using System.Collections.Immutable;
using FteAgent.Answering;
using FteAgent.Customers;
using FteAgent.Knowledge;
using FteAgent.Testing.OpenAI;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.OpenAI;

/// <summary>What each of two models costs, wired as a silo wires them.</summary>
public sealed class ModelPricesTests
{
    private const string Sent = """{"sentences":[],"intent":"export","confidence":0.5,"needs_person":"no_evidence"}""";

    [Fact]
    public async Task Each_model_is_paid_by_its_own_prices()
    {
        await using var endpoint = await ScriptedEndpoint.Start();
        endpoint.Script.Otherwise(_ => Step.Call("send_response", Sent).Using(1_000, 400, 50));
        var spend = new Spend();
        await using var services = new ServiceCollection().AddLogging().AddMetrics().AddSingleton(TimeProvider.System).AddSingleton<IModelSpend>(spend)
            .AddOpenAi(
                new() { BaseUrl = endpoint.BaseUrl, Key = ScriptedEndpoint.Key, Model = "model-a", FallbackModel = "model-b" },
                new(1_000_000, 0), new(2, 0.5m, 8), new(10, 10, 40), fallsBackToQuotes: true)
            .BuildServiceProvider();

        foreach (var model in services.GetRequiredService<ConfiguredModels>().Models)
            await model.Draft(new(["How?"], [], SearchResult.Nothing) { Customer = new(Guid.NewGuid()), Exchange = new(Guid.NewGuid()) }, new NoLooking(), default);

        // 600 at 2, 400 at 0.5 and 50 at 8 for a million; and 1,000 at 10 and 50 at 40.
        Assert.Equal([1_800, 12_000], spend.Calls.Select(call => call.Use.CostMicros));
        // What may be spent at most is reserved by the same prices.
        Assert.True(spend.Reserved.Last() > 4 * spend.Reserved.First());
    }

    private sealed class Spend : IModelSpend
    {
        public ConcurrentQueue<ModelCall> Calls { get; } = [];

        public ConcurrentQueue<long> Reserved { get; } = [];

        public Task<ModelReservation?> Reserve(CustomerId customer, ModelBudget budget, long micros, CancellationToken cancellationToken)
        {
            Reserved.Enqueue(micros);
            return Task.FromResult<ModelReservation?>(new(DateTimeOffset.UnixEpoch, micros));
        }

        public Task Note(ModelCall call, ModelReservation? reserved, CancellationToken cancellationToken)
        {
            Calls.Enqueue(call);
            return Task.CompletedTask;
        }
    }

    private sealed class NoLooking : IDraftTools
    {
        public Task<SearchResult> Search(string query, int maxResults, string? category, CancellationToken cancellationToken) => Task.FromResult(SearchResult.Nothing);

        public Task<ImmutableArray<PastMessage>> History(CancellationToken cancellationToken) => Task.FromResult<ImmutableArray<PastMessage>>([]);
    }
}
