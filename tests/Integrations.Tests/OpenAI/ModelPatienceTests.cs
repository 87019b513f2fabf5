using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.RegularExpressions;
using FteAgent.Answering;
using FteAgent.Customers;
using FteAgent.Knowledge;
using FteAgent.Testing.OpenAI;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.OpenAI;

/// <summary>A draft ends in its time, whatever it waits for: its turn, the record that keeps the budget, or the model.</summary>
public sealed partial class ModelPatienceTests : IDisposable
{
    private const string Sent = """{"sentences":[],"intent":"export report","confidence":0,"needs_person":"no_evidence"}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly Record record = new();

    public void Dispose() => services.Dispose();

    [Fact]
    public async Task Who_waits_at_the_gate_leaves_when_the_drafts_time_is_over()
    {
        await using var world = await OneAtATime();
        world.Endpoint.Script.Then(Step.Hang());
        using var enough = new CancellationTokenSource();
        var before = Draft(world, enough.Token);
        await world.Endpoint.Arrived(1);
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(3), world.Time);
        var draft = Draft(world, time.Token);
        await Until(() => world.Gate.Waiting == 1);

        // Less than the gate's own patience.
        world.Time.Advance(TimeSpan.FromSeconds(3));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => draft.WaitAsync(Patience));
        Assert.Equal(0, world.Gate.Waiting);
        Assert.Equal("cancelled", Assert.Single(record.Calls).Call.Outcome);
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => before.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_person_who_was_called_for_comes_though_the_time_is_over()
    {
        await using var world = await OneAtATime();
        world.Endpoint.Script.Then(Step.Call("escalate_to_human", """{"reason":"legal","urgency":"high"}"""), Step.Hang());
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(7), world.Time);
        var draft = Draft(world, time.Token, timeIsOver: time.Token);
        await world.Endpoint.Arrived(2);

        world.Time.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal(EscalationReason.Legal, (await draft.WaitAsync(Patience)).NeedsPerson);
        Assert.Equal("needs_person", Assert.Single(record.Calls).Call.Outcome);
    }

    [Fact]
    public async Task A_person_who_was_called_for_does_not_come_where_the_customer_writes_again()
    {
        await using var world = await OneAtATime();
        world.Endpoint.Script.Then(Step.Call("escalate_to_human", """{"reason":"legal","urgency":"high"}"""), Step.Hang());
        using var again = new CancellationTokenSource();
        var draft = Draft(world, again.Token);
        await world.Endpoint.Arrived(2);

        await again.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => draft.WaitAsync(Patience));
    }

    [Fact]
    public async Task Nobody_starves_at_the_gate_however_many_come_after()
    {
        await using var world = await OneAtATime();
        var open = new TaskCompletionSource();
        world.Endpoint.Script.Then(Step.Call("send_response", Sent).Slow(open.Task)).Otherwise(_ => Step.Call("send_response", Sent));
        var first = Draft(world);
        await world.Endpoint.Arrived(1);
        var drafts = new List<Task<Draft>>();
        for (var waiting = 1; waiting <= 20; waiting++)
        {
            drafts.Add(Draft(world, words: $"Question {waiting}."));
            await Until(() => world.Gate.Waiting == waiting);
        }

        open.SetResult();
        await Task.WhenAll([first, .. drafts]).WaitAsync(Patience);

        // In the order in which they came, and all within no time: nobody is overtaken.
        Assert.Equal(Enumerable.Range(1, 20), world.Endpoint.Requests.Skip(1).Select(request => int.Parse(Number().Match(request.Text).Groups[1].Value, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task A_record_that_does_not_answer_holds_no_draft_beyond_its_time_and_nobody_at_the_gate()
    {
        await using var world = await OneAtATime();
        world.Endpoint.Script.Otherwise(_ => Step.Call("send_response", Sent));
        record.Reserving = new();
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(40), world.Time);
        var draft = Draft(world, time.Token, bounded: true);
        await record.Asked.Task.WaitAsync(Patience);
        Assert.Equal((0, 0), (world.Gate.UnderWay, world.Gate.Waiting));
        // Others, who have no budget to ask for, pass it by.
        await Draft(world).WaitAsync(Patience);

        world.Time.Advance(TimeSpan.FromSeconds(40));
        await world.Time.WhenWaiting();
        world.Time.Advance(ModelAccounts.LongestNote);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => draft.WaitAsync(Patience));
        Assert.False(world.Road.IsOpen);
        Assert.Single(world.Endpoint.Requests);
    }

    [Fact]
    public async Task What_is_reserved_after_the_draft_has_left_is_given_back()
    {
        await using var world = await OneAtATime();
        record.Reserving = new();
        using var enough = new CancellationTokenSource();
        var draft = Draft(world, enough.Token, bounded: true);
        await record.Asked.Task.WaitAsync(Patience);
        await enough.CancelAsync();
        await world.Time.WhenWaiting();

        record.Reserving.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => draft.WaitAsync(Patience));
        var (call, reserved) = Assert.Single(record.Calls);
        Assert.Equal((0, 0L, "cancelled"), (call.Use.Calls, call.Use.CostMicros, call.Outcome));
        Assert.Equal(record.Reserved.Single(), reserved!.Micros);
    }

    [Fact]
    public async Task A_finished_draft_waits_for_its_account_for_two_seconds_at_most()
    {
        await using var world = await OneAtATime();
        world.Endpoint.Script.Then(Step.Call("send_response", Sent));
        record.Noting = new();

        var draft = Draft(world);
        await record.Asked.Task.WaitAsync(Patience);
        await world.Time.WhenWaiting();
        Assert.False(draft.IsCompleted);
        world.Time.Advance(ModelAccounts.LongestNote);

        Assert.Equal("export_report", (await draft.WaitAsync(Patience)).Intent);
        Assert.Empty(record.Calls);
        // It is noted all the same.
        record.Noting.SetResult();
        await Until(() => !record.Calls.IsEmpty);
    }

    [GeneratedRegex(@"Question (\d+)\.")]
    private static partial Regex Number();

    private static Task<ModelWorld> OneAtATime() =>
        ModelWorld.Open(url => new() { BaseUrl = url, Key = ScriptedEndpoint.Key, Model = "model-a", Concurrency = 1 });

    private static async Task Until(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private Task<Draft> Draft(ModelWorld world, CancellationToken cancellationToken = default, bool bounded = false, string words = "How do I export a report?", CancellationToken timeIsOver = default)
    {
        var accounts = new ModelAccounts(
            record, bounded ? new(1_000_000, 0) : new(0, 0), new(2, 1, 8), 1_000, new(services.GetRequiredService<IMeterFactory>()), world.Time, new HeardLog<ModelAccounts>());
        var model = new OpenAiModel(world.Chat, world.Road, "model-a", ModelStyle.Tools, accounts, new HeardLog<OpenAiModel>());
        return model.Draft(
            new([words], [], new(1, [], 0.9)) { Customer = new(Guid.NewGuid()), Exchange = new(Guid.NewGuid()), TimeIsOver = timeIsOver }, new NoLooking(), cancellationToken);
    }

    /// <summary>Keeps the accounts, as slowly as a test wants.</summary>
    private sealed class Record : IModelSpend
    {
        public TaskCompletionSource? Reserving { get; set; }

        public TaskCompletionSource? Noting { get; set; }

        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<long> Reserved { get; } = [];

        public ConcurrentQueue<(ModelCall Call, ModelReservation? Reserved)> Calls { get; } = [];

        public async Task<ModelReservation?> Reserve(CustomerId customer, ModelBudget budget, long micros, CancellationToken cancellationToken)
        {
            Reserved.Enqueue(micros);
            Asked.TrySetResult();
            await (Reserving?.Task ?? Task.CompletedTask);
            return new(DateTimeOffset.UnixEpoch, micros);
        }

        public async Task Note(ModelCall call, ModelReservation? reserved, CancellationToken cancellationToken)
        {
            if (Noting is { } noting)
            {
                Asked.TrySetResult();
                await noting.Task;
            }

            Calls.Enqueue((call, reserved));
        }
    }

    private sealed class NoLooking : IDraftTools
    {
        public Task<SearchResult> Search(string query, int maxResults, string? category, CancellationToken cancellationToken) => Task.FromResult(SearchResult.Nothing);

        public Task<ImmutableArray<PastMessage>> History(CancellationToken cancellationToken) => Task.FromResult<ImmutableArray<PastMessage>>([]);
    }
}
