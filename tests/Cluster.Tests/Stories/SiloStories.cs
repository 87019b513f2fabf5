using FteAgent.Cluster.Load;
using FteAgent.Cluster.Silos;

namespace FteAgent.Cluster.Stories;

/// <summary>What customers notice when one silo of three dies, freezes, leaves or is cut off: nothing that lasts.</summary>
[Collection(nameof(FleetFixture))]
public sealed class SiloStories(FleetFixture fixture) : IAsyncLifetime
{
    private const int Conversations = 30;
    private static readonly TimeSpan Answered = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongPastALease = TimeSpan.FromSeconds(12);

    // SIGTERM to the end, by the issue; the process' own end comes on top.
    private static readonly TimeSpan DrainsWithin = TimeSpan.FromSeconds(30);

    private FleetClient client = null!;
    private Talk[] talks = null!;

    private Fleet Fleet => fixture.Fleet;

    public async Task InitializeAsync()
    {
        await fixture.Whole();
        client = new(fixture.Balancer);
        talks = fixture.Talks(client, Conversations);
    }

    public Task DisposeAsync()
    {
        client.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_killed_silos_conversations_are_answered_by_the_others()
    {
        var marks = await All(talk => talk.Write());
        await Fleet.Silos[1].Kill();
        await AllAnswered(marks);
        await AllAnswered(await All(talk => talk.Write()));
    }

    [Fact]
    public async Task A_frozen_silo_that_wakes_after_its_lease_commits_nothing_stale_and_rejoins()
    {
        await AllAnswered(await All(talk => talk.Write()));
        var marks = await All(talk => talk.Write());
        // In the midst of drafting: what it would bring back when it wakes is old by then.
        Fleet.Silos[2].Freeze();
        await AllAnswered(marks);
        var meanwhile = await All(talk => talk.Write());
        await Task.Delay(LongPastALease);
        Fleet.Silos[2].Thaw();
        await AllAnswered(meanwhile);
        await fixture.Whole();
        // Answered() insists on one answer: what the frozen silo had at hand may not come a second time.
        await Task.Delay(FleetFixture.ModelTakes * 3);
        await AllAnswered([.. marks, .. meanwhile]);
        await AllAnswered(await All(talk => talk.Write(Fleet.Silos[2])));
    }

    [Fact]
    public async Task A_silo_asked_to_go_drains_within_thirty_seconds_and_no_request_fails()
    {
        using var writing = new CancellationTokenSource();
        var marks = WriteOn(writing.Token);
        await Task.Delay(TimeSpan.FromSeconds(1));
        var (code, took) = await Fleet.Silos[0].Terminate();
        await writing.CancelAsync();

        Assert.Equal(0, code);
        Assert.True(took <= DrainsWithin, $"it took {took}");
        await AllAnswered(await marks);
        AssertNoFailedCalls();
    }

    [Fact]
    public async Task A_silo_cut_off_from_the_database_answers_503_and_rejoins_without_a_restart()
    {
        await AllAnswered(await All(talk => talk.Write()));
        var cut = Fleet.Silos[1];
        var process = cut.ProcessId;
        Fleet.Network.ToDatabase(cut.Number).Cut();
        await Eventually(() => !fixture.Balancer.IsReady(cut), "its readiness never went off");
        await AllAnswered(await All(talk => talk.Write(cut)));
        Assert.Contains(client.Complaints, complaint => complaint.Silo == cut.Number && complaint.What == "503");
        Assert.Empty(client.Unexpected);

        Fleet.Network.ToDatabase(cut.Number).Heal();
        await Eventually(() => fixture.Balancer.IsReady(cut), "it never rejoined");
        Assert.Equal(process, cut.ProcessId);
        await AllAnswered(await All(talk => talk.Write(cut)));
    }

    [Fact]
    public async Task Two_silos_cut_off_from_each_other_still_answer_everybody()
    {
        await AllAnswered(await All(talk => talk.Write()));
        Fleet.Network.Between(1, 2).Cut();
        await AllAnswered(await All(talk => talk.Write(Fleet.Silos[0])));
        await AllAnswered(await All(talk => talk.Write(Fleet.Silos[1])));
        Fleet.Network.Between(1, 2).Heal();
        await AllAnswered(await All(talk => talk.Write(Fleet.Silos[0])));
        Assert.Empty(client.Unexpected);
    }

    private async Task<(Talk Talk, string Mark)[]> All(Func<Talk, Task<string>> write) =>
        await Task.WhenAll(talks.Select(async talk => (talk, await write(talk))));

    private static Task AllAnswered(IEnumerable<(Talk Talk, string Mark)> marks) =>
        Task.WhenAll(marks.Select(mark => mark.Talk.Answered(mark.Mark, Answered)));

    /// <summary>Everybody writes, waits for the answer, and writes again.</summary>
    private async Task<(Talk Talk, string Mark)[]> WriteOn(CancellationToken ending)
    {
        var written = await Task.WhenAll(talks.Select(async talk =>
        {
            var marks = new List<(Talk, string)>();
            do
            {
                marks.Add((talk, await talk.Write()));
                await talk.Answered(marks[^1].Item2, Answered);
            }
            while (!ending.IsCancellationRequested);
            return marks;
        }));
        return [.. written.SelectMany(marks => marks)];
    }

    /// <summary>
    /// A balancer notices that a silo leaves within half a second; until then the silo goes on taking calls, and ends those that it took.
    /// Only a call that finds its door shut may be sent elsewhere: nothing of it was taken.
    /// </summary>
    private void AssertNoFailedCalls()
    {
        Assert.Empty(client.Unexpected);
        Assert.Empty(client.Complaints.Where(complaint => complaint is not { State: SiloState.Leaving or SiloState.Down, What: nameof(HttpRequestError.ConnectionError) }));
    }

    private static async Task Eventually(Func<bool> condition, string otherwise)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Answered, otherwise);
            await Task.Delay(50);
        }
    }
}
