using FteAgent.Testing.OpenAI;

namespace FteAgent.OpenAI;

public sealed class ModelRoadTests
{
    private static readonly Step Good = Step.Say("Open Reports and press Export.");

    [Fact]
    public async Task A_stream_cut_off_is_asked_for_again()
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(Good.Cut(2), Good.EndQuietly(3), Good);

        var sending = world.Send();
        var first = await world.Pause();
        var second = await world.Pause();
        var answer = await sending;

        Assert.Equal("Open Reports and press Export.", answer.Text);
        Assert.Equal((ModelFault.CutOff, 1), (first.Fault, first.Attempt));
        Assert.Equal((ModelFault.CutOff, 2), (second.Fault, second.Attempt));
        Assert.Equal(3, world.Endpoint.Requests.Count);
    }

    [Fact]
    public async Task Retry_After_is_waited_for()
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then([.. Step.Storm(1, "7"), Good]);

        var sending = world.Send();
        var retry = await world.Pausing();
        world.Time.Advance(TimeSpan.FromSeconds(6.9));
        Assert.Single(world.Endpoint.Requests);
        world.Time.Advance(TimeSpan.FromSeconds(0.1));
        await sending;

        Assert.Equal(new RoadRetry(ModelFault.RateLimited, 1, TimeSpan.FromSeconds(7)), retry);
        Assert.Equal(2, world.Endpoint.Requests.Count);
    }

    [Fact]
    public async Task Those_who_were_refused_together_do_not_come_back_together()
    {
        await using var world = await ModelWorld.Open();
        var asked = new ModelFailure(ModelFault.RateLimited, 429, TimeSpan.FromSeconds(5));
        var silent = new ModelFailure(ModelFault.Unavailable, 503);

        Assert.Equal((5, 0.25), (world.Road.Pause(asked, 1)!.Value.TotalSeconds, world.Road.Pause(silent, 1)!.Value.TotalSeconds));
        world.Chance = 1;
        Assert.Equal((6, 0.5), (world.Road.Pause(asked, 1)!.Value.TotalSeconds, world.Road.Pause(silent, 1)!.Value.TotalSeconds));
        Assert.Equal(1, world.Road.Pause(silent, 2)!.Value.TotalSeconds);
    }

    [Fact]
    public async Task Who_asks_for_too_long_a_wait_is_not_waited_for()
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(Step.TooMany("120"));

        var failure = await Assert.ThrowsAsync<ModelFailure>(() => world.Send());

        Assert.Equal((ModelFault.RateLimited, TimeSpan.FromSeconds(120)), (failure.Fault, failure.RetryAfter));
        Assert.Single(world.Endpoint.Requests);
    }

    [Fact]
    public async Task An_empty_account_is_not_asked_again()
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(Step.QuotaSpent());

        var failure = await Assert.ThrowsAsync<ModelFailure>(() => world.Send());

        Assert.Equal(ModelFault.QuotaSpent, failure.Fault);
        Assert.Single(world.Endpoint.Requests);
    }

    [Fact]
    public async Task A_request_that_is_not_taken_is_not_made_again()
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(Step.Fail(400, "context_length_exceeded"));

        await Assert.ThrowsAsync<ModelFailure>(() => world.Send());

        Assert.Single(world.Endpoint.Requests);
    }

    [Fact]
    public async Task After_the_last_attempt_the_failure_is_told()
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(Step.Fail(500), Step.Fail(502), Step.Fail(503));

        var sending = world.Send();
        await world.Pause();
        await world.Pause();
        var failure = await Assert.ThrowsAsync<ModelFailure>(() => sending);

        Assert.Equal((ModelFault.Unavailable, 503), (failure.Fault, failure.Status));
    }

    [Fact]
    public async Task A_first_token_that_does_not_come_ends_the_attempt()
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(Step.Hang(), Good.Slow(new TaskCompletionSource().Task), Good);

        var sending = world.Send();
        await world.Endpoint.Arrived(1);
        world.Time.Advance(world.Options.FirstToken);
        Assert.Equal(ModelFault.TimedOut, (await world.Pause()).Fault);
        await world.Endpoint.Arrived(2);
        world.Time.Advance(world.Options.FirstToken);
        Assert.Equal(ModelFault.TimedOut, (await world.Pause()).Fault);

        Assert.Equal("Open Reports and press Export.", (await sending).Text);
    }

    [Fact]
    public async Task A_slow_answer_that_has_begun_is_waited_for()
    {
        await using var world = await ModelWorld.Open();
        // Four pieces, three pauses: more than a first token may take, less than the whole may.
        world.Endpoint.Script.Then(Good.Slow(TimeSpan.Zero, TimeSpan.FromSeconds(4)));
        using var heard = new SemaphoreSlim(0);

        var sending = world.Road.Send(attempt => world.Chat.Ask(ModelWorld.Question(), () => Hear(attempt), attempt.Token), CancellationToken.None);
        for (var pause = 0; pause < 3; pause++)
        {
            Assert.True(await heard.WaitAsync(TimeSpan.FromSeconds(30)));
            await world.Time.WhenWaiting(2);
            world.Time.Advance(TimeSpan.FromSeconds(4));
        }

        Assert.Equal("Open Reports and press Export.", (await sending).Text);
        Assert.Single(world.Endpoint.Requests);

        void Hear(ModelAttempt attempt)
        {
            attempt.Heard();
            heard.Release();
        }
    }

    [Fact]
    public async Task An_answer_that_drags_on_is_given_up()
    {
        await using var world = await ModelWorld.Open(url => new() { BaseUrl = url, Key = ScriptedEndpoint.Key, Model = "model-a", Attempts = 1 });
        world.Endpoint.Script.Then(Good.Slow(TimeSpan.Zero, TimeSpan.FromMinutes(1)));
        using var heard = new SemaphoreSlim(0);

        var sending = world.Road.Send(attempt => world.Chat.Ask(ModelWorld.Question(), () => Hear(attempt), attempt.Token), CancellationToken.None);
        Assert.True(await heard.WaitAsync(TimeSpan.FromSeconds(30)));
        await world.Time.WhenWaiting(2);
        world.Time.Advance(world.Options.Timeout);

        Assert.Equal(ModelFault.TimedOut, (await Assert.ThrowsAsync<ModelFailure>(() => sending)).Fault);

        void Hear(ModelAttempt attempt)
        {
            attempt.Heard();
            heard.Release();
        }
    }

    [Fact]
    public async Task Who_asked_can_end_it_at_any_time()
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(Step.Hang(), Step.Fail(503));
        using var enough = new CancellationTokenSource();

        var sending = world.Send(cancellationToken: enough.Token);
        await world.Endpoint.Arrived(1);
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);

        using var later = new CancellationTokenSource();
        sending = world.Send(cancellationToken: later.Token);
        await world.Pausing();
        await later.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.Equal(0, world.Gate.UnderWay);
    }

    [Fact]
    public async Task A_model_that_fails_too_often_is_left_alone_and_tried_again_later()
    {
        await using var world = await ModelWorld.Open(url => new() { BaseUrl = url, Key = ScriptedEndpoint.Key, Model = "model-a", Attempts = 1 });
        world.Endpoint.Script.Then([.. Enumerable.Repeat(Step.Fail(503), 10), Good, Good]);
        for (var time = 0; time < 10; time++)
            Assert.Equal(ModelFault.Unavailable, (await Assert.ThrowsAsync<ModelFailure>(() => world.Send())).Fault);

        Assert.True(world.Road.IsOpen);
        Assert.Equal(ModelFault.CircuitOpen, (await Assert.ThrowsAsync<ModelFailure>(() => world.Send())).Fault);
        Assert.Equal(10, world.Endpoint.Requests.Count);

        world.Time.Advance(ModelRoad.OpenFor);
        await world.Send();
        await world.Send();
        Assert.False(world.Road.IsOpen);
        Assert.Equal([2201, 2202], world.Log.Lines.Select(line => line.Id));
    }

    [Fact]
    public async Task Whoever_leaves_while_it_is_tried_again_has_not_shown_that_it_answers()
    {
        await using var world = await ModelWorld.Open(url => new() { BaseUrl = url, Key = ScriptedEndpoint.Key, Model = "model-a", Attempts = 1 });
        world.Endpoint.Script.Then([.. Enumerable.Repeat(Step.Fail(503), 10), Step.Hang(), Good]);
        for (var time = 0; time < 10; time++)
            await Assert.ThrowsAsync<ModelFailure>(() => world.Send());
        world.Time.Advance(ModelRoad.OpenFor);
        using var enough = new CancellationTokenSource();
        var trying = world.Send(cancellationToken: enough.Token);
        await world.Endpoint.Arrived(11);

        await enough.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trying);
        Assert.True(world.Road.IsOpen);
        world.Time.Advance(ModelRoad.OpenFor);
        // Nobody is asked to find out that the pause is over.
        Assert.False(world.Road.IsOpen);
        await world.Send();
    }

    [Fact]
    public async Task Whoever_waits_too_long_at_the_gate_goes_elsewhere()
    {
        await using var world = await ModelWorld.Open(url => new() { BaseUrl = url, Key = ScriptedEndpoint.Key, Model = "model-a", Concurrency = 1 });
        world.Endpoint.Script.Then(Good.Slow(TimeSpan.FromSeconds(7)));
        var first = world.Send();
        await world.Endpoint.Arrived(1);
        var second = world.Send();
        while (world.Gate.Waiting == 0)
            await Task.Yield();
        await world.Time.WhenWaiting(4);

        world.Time.Advance(ModelRoad.LongestQueue);

        Assert.Equal(ModelFault.Crowded, (await Assert.ThrowsAsync<ModelFailure>(() => second)).Fault);
        world.Time.Advance(TimeSpan.FromSeconds(2));
        await first;
        Assert.False(world.Road.IsOpen);
    }

    [Fact]
    public async Task A_whole_answer_counts_though_its_stream_stays_open()
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(Good.StayingOpen());

        var sending = world.Send();
        await world.Endpoint.Arrived(1);
        await Task.Run(async () =>
        {
            while (!sending.IsCompleted)
            {
                world.Time.Advance(TimeSpan.FromMilliseconds(100));
                await Task.Delay(10);
            }
        });

        Assert.Equal("Open Reports and press Export.", (await sending).Text);
        Assert.Single(world.Endpoint.Requests);
    }

    [Fact]
    public async Task A_question_that_cannot_be_answered_says_nothing_about_the_model()
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then([.. Enumerable.Repeat(Step.Fail(400), 20)]);
        for (var time = 0; time < 20; time++)
            Assert.Equal(ModelFault.NotAccepted, (await Assert.ThrowsAsync<ModelFailure>(() => world.Send())).Fault);

        Assert.False(world.Road.IsOpen);
    }

    [Fact]
    public async Task No_more_are_under_way_than_the_gate_lets_through()
    {
        await using var world = await ModelWorld.Open(url => new() { BaseUrl = url, Key = ScriptedEndpoint.Key, Model = "model-a", Concurrency = 4 });
        var open = new TaskCompletionSource();
        world.Endpoint.Script.Otherwise(_ => Good.Slow(open.Task));

        var sending = Enumerable.Range(0, 12).Select(_ => world.Send()).ToList();
        await world.Endpoint.Arrived(4);
        Assert.Equal((4, 8, 4), (world.Gate.UnderWay, world.Gate.Waiting, world.Endpoint.Open));
        open.SetResult();
        await Task.WhenAll(sending);

        Assert.Equal((0, 0, 4), (world.Gate.UnderWay, world.Gate.Waiting, world.Gate.Limit));
    }

    [Fact]
    public async Task A_storm_of_429_makes_us_slower_and_loses_nobody()
    {
        await using var world = await ModelWorld.Open(url => new() { BaseUrl = url, Key = ScriptedEndpoint.Key, Model = "model-a", Concurrency = 8 });
        var open = new TaskCompletionSource();
        world.Endpoint.Script.Then([.. Step.Storm(8, "1").Select(step => step.Slow(open.Task))]).Otherwise(_ => Good);

        var sending = Enumerable.Range(0, 8).Select(_ => world.Send()).ToList();
        await world.Endpoint.Arrived(8);
        open.SetResult();
        for (var refused = 0; refused < 8; refused++)
            await world.Pausing();
        await world.Time.WhenWaiting(8);
        var limit = world.Gate.Limit;
        world.Time.Advance(TimeSpan.FromSeconds(1));
        var answers = await Task.WhenAll(sending);

        Assert.Equal(4, limit);
        Assert.All(answers, answer => Assert.Equal("Open Reports and press Export.", answer.Text));
        Assert.Equal(16, world.Endpoint.Requests.Count);
        Assert.Equal(8, world.Gate.Limit);
    }
}
