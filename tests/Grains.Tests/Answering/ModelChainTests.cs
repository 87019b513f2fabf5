using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using FteAgent.Answering;
using FteAgent.Customers;
using FteAgent.Knowledge;
using FteAgent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace FteAgent.Tests.Answering;

/// <summary>Which model drafts where one cannot be had, and that the last one always has its time.</summary>
public sealed class ModelChainTests
{
    private static readonly TimeSpan Left = TimeSpan.FromSeconds(40);

    private readonly FakeTime time = new();

    [Fact]
    public async Task Two_that_hang_leave_the_last_its_time()
    {
        var (first, second) = (new Model("first", Hang), new Model("second", Hang));
        var drafting = Draft(first, second, Quoting());

        time.Advance(Left / 2);
        await second.Begun;
        time.Advance(Left / 2);

        Assert.Equal("quotes", (await drafting).Model);
    }

    [Fact]
    public async Task Each_can_tell_that_its_own_time_is_over()
    {
        var (first, second, quotes) = (new Model("first", Hang), new Model("second", Hang), Quoting());
        var drafting = Draft(first, second, quotes);

        time.Advance(Left / 2);
        await second.Begun;

        Assert.Equal((true, false), (first.Request!.TimeIsOver.IsCancellationRequested, second.Request!.TimeIsOver.IsCancellationRequested));
        time.Advance(Left / 2);
        await drafting;
        Assert.Equal((true, false), (second.Request.TimeIsOver.IsCancellationRequested, quotes.Request!.TimeIsOver.IsCancellationRequested));
    }

    [Fact]
    public async Task One_that_cannot_be_had_and_one_that_stumbles_are_stepped_past_at_once() => Assert.Equal(
        "quotes", (await Draft(new("first", _ => throw new ModelUnavailableException("gone")), new("second", _ => throw new InvalidOperationException()), Quoting())).Model);

    [Fact]
    public async Task Where_no_time_is_left_nobody_elsewhere_is_asked()
    {
        var first = new Model("first", Hang);

        var draft = await Chain(first, Quoting()).Draft(Request, NoTools.Instance, time.GetUtcNow() + TimeSpan.FromMilliseconds(900), default);

        Assert.Equal(("quotes", 0), (draft.Model, first.Asked));
    }

    [Fact]
    public async Task Whoever_leaves_is_followed_by_nobody()
    {
        var quotes = Quoting();
        using var enough = new CancellationTokenSource();
        var drafting = Chain(new Model("first", Hang), quotes).Draft(Request, NoTools.Instance, time.GetUtcNow() + Left, enough.Token);

        await enough.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => drafting);
        Assert.Equal(0, quotes.Asked);
    }

    [Fact]
    public async Task What_the_last_one_fails_with_is_told() =>
        await Assert.ThrowsAsync<ModelUnavailableException>(() => Draft(new Model("first", _ => throw new ModelUnavailableException("gone"))));

    private static DraftRequest Request { get; } = new(["How?"], [], new(1, [], 0)) { Customer = new CustomerId(Guid.NewGuid()) };

    private static Model Quoting() => new("quotes", _ => Task.FromResult(new Draft("Here.", [], 1)), leaves: false);

    private static async Task<Draft> Hang(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        throw new InvalidOperationException();
    }

    private Task<Draft> Draft(params Model[] models) => Chain(models).Draft(Request, NoTools.Instance, time.GetUtcNow() + Left, default);

    private ModelChain Chain(params Model[] models) => new(
        [.. models], new Cores(), new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>()), time, NullLogger<ModelChain>.Instance);

    private sealed class Model(string name, Func<CancellationToken, Task<Draft>> draft, bool leaves = true) : IChatModel
    {
        private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completes when it is asked.</summary>
        public Task Begun => begun.Task;

        public string Name => name;

        public bool LeavesTheDeployment => leaves;

        public int Asked { get; private set; }

        public DraftRequest? Request { get; private set; }

        public Task<Draft> Draft(DraftRequest request, IDraftTools tools, CancellationToken cancellationToken)
        {
            Asked++;
            Request = request;
            begun.TrySetResult();
            return draft(cancellationToken);
        }
    }

    private sealed class NoTools : IDraftTools
    {
        public static NoTools Instance { get; } = new();

        public Task<SearchResult> Search(string query, int maxResults, string? category, CancellationToken cancellationToken) => throw new InvalidOperationException();

        public Task<ImmutableArray<PastMessage>> History(CancellationToken cancellationToken) => throw new InvalidOperationException();
    }
}
