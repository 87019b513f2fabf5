using FteAgent.Jobs;

namespace FteAgent.Record;

/// <summary>Work that one silo of the fleet does, once.</summary>
public abstract class JobRosterContract : RecordContract
{
    private const string Job = "report/2026-11-29";

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    private IJobRoster Roster => Record.Get<IJobRoster>();

    [Fact]
    public async Task Job_is_given_to_one_of_many_who_ask_at_once()
    {
        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Roster.Claim(Job, Lease, default)));

        Assert.Single(claims, claim => claim is not null);
    }

    [Fact]
    public async Task Jobs_of_other_names_are_jobs_of_their_own()
    {
        Assert.NotNull(await Roster.Claim(Job, Lease, default));
        Assert.NotNull(await Roster.Claim("report/2026-11-30", Lease, default));
    }

    [Fact]
    public async Task Job_that_is_done_is_not_given_again_however_late()
    {
        var claim = await Roster.Claim(Job, Lease, default);
        Assert.True(await Roster.Finish(claim!, default));
        Record.Advance(59 * 86_400);

        Assert.Null(await Roster.Claim(Job, Lease, default));
        Assert.True(await Roster.Finish(claim!, default));
    }

    [Fact]
    public async Task Job_whose_lease_ran_out_is_the_next_ones_and_the_first_finishes_nothing()
    {
        var first = await Roster.Claim(Job, Lease, default);
        Record.Advance(299);
        Assert.Null(await Roster.Claim(Job, Lease, default));
        Record.Advance(1);
        var second = await Roster.Claim(Job, Lease, default);

        Assert.NotNull(second);
        Assert.False(await Roster.Finish(first!, default));
        Assert.True(await Roster.Finish(second, default));
    }

    [Fact]
    public async Task Late_but_alone_it_still_counts()
    {
        var claim = await Roster.Claim(Job, Lease, default);
        Record.Advance(3_600);

        Assert.True(await Roster.Finish(claim!, default));
        Assert.Null(await Roster.Claim(Job, Lease, default));
    }

    [Fact]
    public async Task What_was_done_is_forgotten_in_the_end()
    {
        await Roster.Finish((await Roster.Claim(Job, Lease, default))!, default);
        Record.Advance(61 * 86_400);
        await Roster.Finish((await Roster.Claim("report/2027-01-29", Lease, default))!, default);

        Assert.NotNull(await Roster.Claim(Job, Lease, default));
    }
}
