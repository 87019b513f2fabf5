using System.Security.Cryptography;

namespace FteAgent.Record;

public abstract class OperatorDirectoryContract : RecordContract
{
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);
    private readonly byte[] session = RandomNumberGenerator.GetBytes(32);

    [Fact]
    public async Task Operator_is_found_by_their_key()
    {
        var ana = await Record.Operators.Add("Ana", key, default);

        Assert.Equal("Ana", ana!.Name);
        Assert.Equal(ana, await Record.Operators.FindByKey(key, default));
        Assert.Null(await Record.Operators.FindByKey(RandomNumberGenerator.GetBytes(32), default));
        Assert.Null(await Record.Operators.FindByKey([], default));
    }

    [Fact]
    public async Task Name_is_taken_until_it_is_revoked()
    {
        var first = await Record.Operators.Add("Ana", key, default);
        Assert.Null(await Record.Operators.Add("Ana", RandomNumberGenerator.GetBytes(32), default));
        Record.Advance(60);
        Assert.True(await Record.Operators.Revoke("Ana", default));

        var second = await Record.Operators.Add("Ana", RandomNumberGenerator.GetBytes(32), default);

        Assert.NotEqual(first!.Id, second!.Id);
        await Record.Operators.Add("Aaron", RandomNumberGenerator.GetBytes(32), default);
        var listed = await Record.Operators.List(default);
        Assert.Equal(["Aaron", "Ana", "Ana"], listed.Select(o => o.Operator.Name));
        Assert.Equal(new(first, Record.Now.AddSeconds(-60), Record.Now), listed[1]);
        Assert.Null(listed[2].RevokedAt);
    }

    [Fact]
    public async Task Parallel_additions_of_one_name_leave_one()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Record.Operators.Add("Ana", RandomNumberGenerator.GetBytes(32), default)));

        Assert.Single(added, a => a is not null);
    }

    [Fact]
    public async Task Revoked_key_and_its_sessions_open_nothing()
    {
        var ana = await Record.Operators.Add("Ana", key, default);
        await Record.Operators.StartSession(session, ana!.Id, Record.Now.AddHours(8), default);

        Assert.True(await Record.Operators.Revoke("Ana", default));

        Assert.Null(await Record.Operators.FindByKey(key, default));
        Assert.Null(await Record.Operators.FindSession(session, default));
        Assert.False(await Record.Operators.Revoke("Ana", default));
        Assert.False(await Record.Operators.Revoke("Nobody", default));
        Assert.Null(await Record.Operators.Add("Ana", key, default));
    }

    [Fact]
    public async Task Session_lasts_until_it_ends_by_time_or_by_hand()
    {
        var ana = await Record.Operators.Add("Ana", key, default);
        var other = RandomNumberGenerator.GetBytes(32);
        await Record.Operators.StartSession(session, ana!.Id, Record.Now.AddHours(8), default);
        await Record.Operators.StartSession(other, ana.Id, Record.Now.AddHours(8), default);
        Assert.Equal(ana, await Record.Operators.FindSession(session, default));

        await Record.Operators.EndSession(session, default);
        await Record.Operators.EndSession(session, default);
        Assert.Null(await Record.Operators.FindSession(session, default));
        Assert.Equal(ana, await Record.Operators.FindSession(other, default));

        Record.Advance(TimeSpan.FromHours(8).TotalSeconds);
        Assert.Null(await Record.Operators.FindSession(other, default));
    }
}
