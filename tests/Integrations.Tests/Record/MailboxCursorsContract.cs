using FteAgent.Channels;

namespace FteAgent.Record;

/// <summary>How far a mailbox was read.</summary>
public abstract class MailboxCursorsContract : RecordContract
{
    private const string Box = "box@example.org";

    private IMailboxCursors Cursors => Record.Get<IMailboxCursors>();

    [Fact]
    public async Task Place_of_a_mailbox_that_was_never_read_is_none() => Assert.Null(await Cursors.Find(Box, default));

    [Fact]
    public async Task Place_moves_on_from_where_it_stands()
    {
        Assert.True(await Cursors.Move(Box, null, 10, default));
        Record.Advance(60);
        Assert.True(await Cursors.Move(Box, 10, 12, default));

        Assert.Equal(new(12, Record.Now), await Cursors.Find(Box, default));
        Assert.Null(await Cursors.Find("other@example.org", default));
    }

    [Fact]
    public async Task Who_comes_second_moves_nothing()
    {
        await Cursors.Move(Box, null, 10, default);

        Assert.False(await Cursors.Move(Box, null, 5, default));
        Assert.False(await Cursors.Move(Box, 9, 11, default));
        Assert.False(await Cursors.Move("other@example.org", 10, 11, default));
        Assert.Equal(10, (await Cursors.Find(Box, default))!.Position);
    }

    [Fact]
    public async Task Of_many_that_read_at_once_one_moves_it()
    {
        await Cursors.Move(Box, null, 10, default);

        var moved = await Task.WhenAll(Enumerable.Range(1, 20).Select(i => Cursors.Move(Box, 10, 10 + i, default)));

        Assert.Single(moved, true);
    }

    [Fact]
    public async Task Reading_to_the_same_place_says_that_it_was_read()
    {
        await Cursors.Move(Box, null, long.MaxValue, default);
        Record.Advance(60);

        Assert.True(await Cursors.Move(Box, long.MaxValue, long.MaxValue, default));

        Assert.Equal(new(long.MaxValue, Record.Now), await Cursors.Find(Box, default));
    }
}
