using FteAgent.Conversations;
using FteAgent.Record;

namespace FteAgent.Postgres;

/// <summary>Group commit: many commits, one transaction, and each its own result.</summary>
public sealed class CommitPipelineTests : IAsyncLifetime
{
    private static readonly CommitLimits OneLane = new() { Lanes = 1, Wait = TimeSpan.FromMinutes(1), Send = TimeSpan.FromMinutes(1) };
    private PipelineFixture at = null!;

    public async Task InitializeAsync() => at = await PipelineFixture.Create();

    public async Task DisposeAsync() => await at.DisposeAsync();

    [Fact]
    public async Task Lone_commit_and_load_are_one_round_trip_each()
    {
        var pipeline = at.Pipeline(OneLane);
        var conversation = await at.Started();
        var act = at.In(conversation).CustomerSays("Two.", "m-2").OpensExchange();
        // The first one also connects.
        await pipeline.Commit(at.In(await at.Started()).CustomerSays("Two.").Changes(), default);
        await at.Record.Roster.ClaimDue(100, default);

        Assert.Equal(1, await at.RoundTrips(() => pipeline.Commit(act.Changes(), default)));
        Assert.Equal(1, await at.RoundTrips(() => at.Record.Load(conversation)));
        Assert.Equal(1, await at.RoundTrips(() => at.Record.Roster.ClaimDue(100, default)));
        Assert.Equal(1, await at.RoundTrips(() => at.Record.Outbox.Claim(conversation.Customer, "me", TimeSpan.FromSeconds(30), default)));
    }

    [Fact]
    public async Task Commits_that_wait_together_share_one_transaction()
    {
        var pipeline = at.Pipeline(OneLane);
        var conversations = new List<Conversation>();
        for (var i = 0; i < 20; i++)
            conversations.Add(i % 2 == 0 ? await at.Started() : await at.Record.NewConversation());
        var (held, first) = await at.Occupy(pipeline);

        var commits = conversations.Select(c => pipeline.Commit(at.In(c).Opens("Another").CustomerSays("Two.").Sends("web").OpensExchange().Changes(), default)).ToArray();
        Assert.All(commits, commit => Assert.False(commit.IsCompleted));
        await held.DisposeAsync();

        Assert.All(await Task.WhenAll([first, .. commits]), outcome => Assert.Equal(CommitOutcome.Committed, outcome));
        Assert.Equal(1, await at.TransactionsOf([.. conversations]));
        foreach (var conversation in conversations)
        {
            var loaded = await at.Record.Load(conversation);
            Assert.Equal((conversation.Version + 1, "Two.", "Another"), (loaded.Version, loaded.Recent[^1].Text, loaded.CurrentTicket!.Subject));
            Assert.Single(await at.Record.Outbox.Claim(conversation.Customer, "me", TimeSpan.FromSeconds(30), default));
        }
    }

    [Fact]
    public async Task Each_member_of_a_group_gets_its_own_result()
    {
        var pipeline = at.Pipeline(OneLane);
        var done = new CommandId(Guid.NewGuid());
        var (good, stale, twice, again, elsewhere) = (await at.Started(), await at.Started(), await at.Started(), await at.Started(), await at.Record.NewConversation());
        var moved = await at.Record.Commit(at.In(stale).CustomerSays("Moved on."));
        twice = await at.Record.Commit(at.In(twice).CustomerSays("Hello", "same-id"));
        again = await at.Record.Commit(at.In(again).By(done).OperatorNotes(new(Guid.NewGuid(), "Ana"), "Noted."));
        var (held, first) = await at.Occupy(pipeline);

        Task<CommitOutcome> Commit(Act act) => pipeline.Commit(act.Changes(), default);
        Task<CommitOutcome>[] commits =
        [
            Commit(at.In(good).CustomerSays("Good.", "new-id").Sends("web")),
            Commit(at.In(stale).CustomerSays("Stale.", "stale-id").Opens("Stale").Sends("web")),
            Commit(at.In(twice).Opens("Twice").CustomerSays("Beside it.").CustomerSays("Hello", "same-id")),
            Commit(at.In(again).By(done).CustomerSays("Noted again.", "again-id")),
            Commit(at.In(elsewhere).CustomerSays("Hello", "same-id").OpensExchange()),
        ];
        await held.DisposeAsync();

        Assert.Equal(
            [CommitOutcome.Committed, CommitOutcome.VersionConflict, CommitOutcome.DuplicateMessage, CommitOutcome.VersionConflict, CommitOutcome.DuplicateMessage],
            await Task.WhenAll(commits));
        Assert.Equal(CommitOutcome.Committed, await first);
        Assert.Equal("Good.", (await at.Record.Load(good)).Recent[^1].Text);
        foreach (var refused in new[] { moved, twice, again })
            Same.Conversation(refused, await at.Record.Load(refused));
        Same.Conversation(elsewhere, await at.Record.Load(elsewhere));
        Assert.Equal(0, await at.Database.Scalar<long>($"select count(*) from fte.conversations where customer_id = '{elsewhere.Customer}'"));
        Assert.Equal(0, await at.Database.Scalar<long>("select count(*) from fte.messages where channel_message_id in ('stale-id', 'again-id') or text = 'Beside it.'"));
        Assert.True(await at.Record.Conversations.WasCommitted(again.Customer, done, default));
    }

    [Fact]
    public async Task Message_that_comes_to_two_conversations_at_once_is_stored_in_one()
    {
        var pipeline = at.Pipeline(OneLane);
        var (one, other) = (await at.Started(), await at.Started());
        var (held, first) = await at.Occupy(pipeline);

        var commits = new[] { one, other }.Select(c => pipeline.Commit(at.In(c).CustomerSays("Hello", "same-id").Changes(), default)).ToArray();
        await held.DisposeAsync();

        Assert.Equal([CommitOutcome.Committed, CommitOutcome.DuplicateMessage], (await Task.WhenAll(commits)).Order());
        await first;
        Assert.Equal(1, await at.Database.Scalar<long>("select count(*) from fte.messages where channel_message_id = 'same-id'"));
    }

    [Fact]
    public async Task Member_that_breaks_a_rule_of_the_record_fails_alone()
    {
        var pipeline = at.Pipeline(OneLane);
        var conversations = new List<Conversation>();
        for (var i = 0; i < 3; i++)
            conversations.Add(await at.Started());
        var (held, first) = await at.Occupy(pipeline);

        var commits = conversations.Select((c, i) =>
        {
            var act = at.In(c).CustomerSays("Two.").OpensExchange();
            // An exchange that nobody works on would never be taken over.
            return pipeline.Commit((i == 1 ? act.With(a => a with { Exchange = a.Exchange! with { WorkedBy = null! } }) : act).Changes(), default);
        }).ToArray();
        await held.DisposeAsync();

        Assert.Equal(CommitOutcome.Committed, await first);
        Assert.Equal(CommitOutcome.Committed, await commits[0]);
        Assert.Equal("23514", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => commits[1])).SqlState);
        Assert.Equal(CommitOutcome.Committed, await commits[2]);
        Same.Conversation(conversations[1], await at.Record.Load(conversations[1]));
    }

    [Fact]
    public async Task Member_of_somebody_whom_the_record_does_not_have_is_told_so_alone()
    {
        var pipeline = at.Pipeline(OneLane);
        Conversation[] members = [await at.Started(), Conversation.New(new(Guid.NewGuid())), await at.Started()];
        var (held, first) = await at.Occupy(pipeline);

        var commits = members.Select(c => pipeline.Commit(at.In(c).CustomerSays("Two.").Changes(), default)).ToArray();
        await held.DisposeAsync();

        Assert.Equal([CommitOutcome.Committed, CommitOutcome.NoCustomer, CommitOutcome.Committed], await Task.WhenAll(commits));
        Assert.Equal(CommitOutcome.Committed, await first);
    }

    [Fact]
    public async Task Member_whose_row_somebody_holds_for_too_long_does_not_take_the_others_with_it()
    {
        var pipeline = at.Pipeline(OneLane with { Send = TimeSpan.FromSeconds(2), Wait = TimeSpan.FromSeconds(15) });
        var (stuck, free) = (await at.Started(), await at.Started());
        var (held, first) = await at.Occupy(pipeline);
        await using var stuckHeld = await at.Hold(stuck);

        var commits = new[] { stuck, free }.Select(c => pipeline.Commit(at.In(c).CustomerSays("Two.").Changes(), default)).ToArray();
        await held.DisposeAsync();

        Assert.Equal([CommitOutcome.Committed, CommitOutcome.Committed], await Task.WhenAll(first, commits[1]));
        await Assert.ThrowsAsync<RecordUnavailableException>(() => commits[0]);
    }

    [Fact]
    public async Task Two_commits_of_one_conversation_are_never_on_their_way_at_once()
    {
        var pipeline = at.Pipeline(OneLane with { Lanes = 4 });
        var (mine, other) = (await at.Started(), await at.Started());
        var held = await at.Hold(mine);
        var one = at.In(mine).CustomerSays("Two.");
        var first = pipeline.Commit(one.Changes(), default);
        var second = pipeline.Commit(at.In(one.Changes().Conversation).CustomerSays("Three.").Changes(), default);

        // The first is on its way, the second behind it, and a lane is free all the while.
        await PipelineFixture.Until(() => Task.FromResult(pipeline.Waiting == 1));
        Assert.Equal(CommitOutcome.Committed, await pipeline.Commit(at.In(other).CustomerSays("Two.").Changes(), default));
        Assert.Equal(1, pipeline.Waiting);
        await held.DisposeAsync();

        Assert.Equal([CommitOutcome.Committed, CommitOutcome.Committed], await Task.WhenAll(first, second));
        Assert.Equal(["One.", "Two.", "Three."], (await at.Record.Load(mine)).Recent.Select(m => m.Text));
    }

    [Fact]
    public async Task Waiting_commit_can_be_cancelled_and_one_that_was_sent_is_finished()
    {
        var pipeline = at.Pipeline(OneLane);
        using var cancellation = new CancellationTokenSource();
        var (mine, other) = (await at.Started(), await at.Started());
        var held = await at.Hold(mine);
        var sent = pipeline.Commit(at.In(mine).CustomerSays("Two.").Changes(), cancellation.Token);
        await PipelineFixture.Until(() => Task.FromResult(pipeline.Waiting == 0));
        var waiting = pipeline.Commit(at.In(other).CustomerSays("Two.").Changes(), cancellation.Token);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await held.DisposeAsync();

        Assert.Equal(CommitOutcome.Committed, await sent);
        Assert.Equal(CommitOutcome.Committed, await pipeline.Commit(at.In(other).CustomerSays("Two, later.").Changes(), default));
        Assert.Equal("Two, later.", (await at.Record.Load(other)).Recent[^1].Text);
    }

    [Fact]
    public async Task Full_queue_refuses_further_commits()
    {
        var pipeline = at.Pipeline(OneLane with { Queue = 2 });
        var conversations = new List<Conversation>();
        for (var i = 0; i < 3; i++)
            conversations.Add(await at.Started());
        var (held, first) = await at.Occupy(pipeline);

        var commits = conversations.Select(c => pipeline.Commit(at.In(c).CustomerSays("Two.").Changes(), default)).ToArray();
        await Assert.ThrowsAsync<RecordUnavailableException>(() => commits[2]);
        await held.DisposeAsync();

        Assert.All(await Task.WhenAll(first, commits[0], commits[1]), outcome => Assert.Equal(CommitOutcome.Committed, outcome));
        Same.Conversation(conversations[2], await at.Record.Load(conversations[2]));
    }

    [Fact]
    public async Task Commit_that_waits_too_long_is_given_up()
    {
        var pipeline = at.Pipeline(OneLane with { Wait = TimeSpan.FromMilliseconds(300) });
        var conversation = await at.Started();
        var (held, first) = await at.Occupy(pipeline);

        await Assert.ThrowsAsync<RecordUnavailableException>(() => pipeline.Commit(at.In(conversation).CustomerSays("Two.").Changes(), default));
        await held.DisposeAsync();

        await first;
        Same.Conversation(conversation, await at.Record.Load(conversation));
    }

    [Fact]
    public async Task What_waits_when_the_record_closes_is_written_and_what_comes_later_refused()
    {
        var pipeline = at.Pipeline(OneLane);
        var conversation = await at.Started();
        var (held, first) = await at.Occupy(pipeline);
        var waiting = pipeline.Commit(at.In(conversation).CustomerSays("Two.").Changes(), default);

        var closing = pipeline.DisposeAsync().AsTask();
        await held.DisposeAsync();
        await closing;

        Assert.Equal([CommitOutcome.Committed, CommitOutcome.Committed], await Task.WhenAll(first, waiting));
        var late = at.In(await at.Started()).CustomerSays("Late.").Changes();
        await Assert.ThrowsAsync<RecordUnavailableException>(() => pipeline.Commit(late, default));
    }

    [Fact]
    public async Task Commits_that_found_no_connection_go_together_once_there_is_one()
    {
        var conversations = new List<Conversation>();
        for (var i = 0; i < 3; i++)
            conversations.Add(await at.Started());
        await using var source = new PostgresSource(new() { Url = at.Database.Url + ";Maximum Pool Size=2;Timeout=1" });
        await using var pipeline = new CommitPipeline(source.Work, OneLane with { Pause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(1) }, TimeProvider.System);
        var one = await source.Work.OpenConnectionAsync();
        await using var other = await source.Work.OpenConnectionAsync();

        var first = pipeline.Commit(at.In(conversations[0]).CustomerSays("Two.").Changes(), default);
        await PipelineFixture.Until(() => Task.FromResult(pipeline.Waiting == 0));
        var others = conversations[1..].Select(c => pipeline.Commit(at.In(c).CustomerSays("Two.").Changes(), default)).ToArray();
        // The first has waited for a connection in vain, and waits again with the others.
        await PipelineFixture.Until(() => Task.FromResult(pipeline.Waiting == 3));
        await one.DisposeAsync();

        Assert.All(await Task.WhenAll([first, .. others]), outcome => Assert.Equal(CommitOutcome.Committed, outcome));
        Assert.Equal(1, await at.TransactionsOf([.. conversations]));
    }

    [Fact]
    public async Task Connection_that_dies_before_the_commit_is_replaced_and_the_group_sent_again()
    {
        var pipeline = at.Pipeline(OneLane);
        var conversation = await at.Started();
        var (held, first) = await at.Occupy(pipeline);
        var waiting = pipeline.Commit(at.In(conversation).CustomerSays("Two.").Changes(), default);
        await PipelineFixture.Until(() => at.Database.Scalar<bool>("select exists (select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')"));

        await at.Database.Execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
        await held.DisposeAsync();

        Assert.Equal([CommitOutcome.Committed, CommitOutcome.Committed], await Task.WhenAll(first, waiting));
        Assert.Equal(["One.", "Two."], (await at.Record.Load(conversation)).Recent.Select(m => m.Text));
    }
}
