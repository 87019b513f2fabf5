using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Record;

/// <summary>What an undone merge leaves behind: who held what for a proof while it held, and what was said.</summary>
public abstract class PartingContract : RecordContract
{
    private static readonly byte[] Right = [1, 2, 3, 4];

    private IIdentities Identities => Record.Identities;

    [Fact]
    public async Task Undone_merge_is_counted_for_everybody_who_was_one_by_it_and_for_nobody_else()
    {
        var (first, second, third, fourth, stranger) = (await Customer(), await Customer(), await Customer(), await Customer(), await Customer());
        await Merge(first, second);
        var middle = await Merge(second, third);
        await Merge(third, fourth);
        Assert.Equal("0, 0, 0, 0, 0", await Counted());

        Assert.True(await Identities.Part(middle, "Ana", default));
        Assert.Equal("1, 1, 1, 1, 0", await Counted());
        Assert.False(await Identities.Part(middle, "Ana", default));
        Assert.Equal("1, 1, 1, 1, 0", await Counted());

        var again = await Merge(stranger, first);
        Assert.True(await Identities.Part(again, "Ana", default));
        Assert.Equal("2, 2, 1, 1, 1", await Counted());

        async Task<string> Counted() => string.Join(", ", await Task.WhenAll(((CustomerId[])[first, second, third, fourth, stranger]).Select(async one => (await Record.Conversations.Load(one, default)).Parted)));
    }

    [Fact]
    public async Task Nobody_whom_the_record_has_not_heard_of_was_parted() =>
        Assert.Equal(0, (await Record.Conversations.Load(new(Guid.NewGuid()), default)).Parted);

    [Fact]
    public async Task Undone_merge_notes_how_far_the_conversation_that_went_on_had_come_by_then()
    {
        var (mine, others) = (await Spoken(), await Spoken());
        var merge = await Merge(mine.Customer, others.Customer);
        Assert.Null(Assert.Single(await Identities.Merges(others.Customer, default)).UndoneSequence);
        others = await Record.Load(others);
        Assert.Empty(others.Hidden);
        others = await Record.Commit(In(others).CustomerSays("While they were one."));
        await Record.Commit(In(others).CustomerSays("And once more."));

        await Identities.Part(merge, "Ana", default);
        await Record.Commit(In(await Record.Load(others)).CustomerSays("On my own again."));

        var undone = Assert.Single(await Identities.Merges(mine.Customer, default));
        Assert.Equal((1, 3), (undone.IntoSequence, undone.UndoneSequence));
        // The conversation knows of it, so that nothing is made of what may be the other's.
        Assert.Equal(new HiddenPart(1, 3, undone.At, undone.UndoneAt!.Value), Assert.Single((await Record.Load(others)).Hidden));
        Assert.Empty((await Record.Conversations.Load(mine.Customer, default)).Hidden);
    }

    [Fact]
    public async Task History_says_of_each_message_whether_it_may_be_anothers_who_was_parted()
    {
        var (mine, others, third) = (await Spoken(), await Spoken(), await Customer());
        var merge = await Merge(mine.Customer, others.Customer);
        others = await Record.Commit(In(await Record.Load(others)).CustomerSays("While they were one."));
        Assert.All(await Record.History.Read(others.Customer, 20, default), entry => Assert.False(entry.MayBeAnothers));
        await Identities.Part(merge, "Ana", default);
        await Record.Commit(In(await Record.Load(others)).CustomerSays("On my own again."));
        await Merge(others.Customer, third);

        var history = await Record.History.Read(third, 20, default);

        Assert.Equal([("Hello", false), ("While they were one.", true), ("On my own again.", false)], history.Select(entry => (entry.Message.Text, entry.MayBeAnothers)));
    }

    [Fact]
    public async Task Proved_address_is_at_home_with_whom_it_goes_back_to()
    {
        var (mira, ben, ada) = (await Mailer("mira@example.com"), await Mailer("ben@example.com"), await Mailer("ada@example.com"));
        Assert.Equal(new AddressHome(mira, 0), await Home("mira@example.com"));

        var lower = await Merge(mira, ben);
        await Merge(ben, ada);
        // Proved while they are one, it is with whom contact goes on.
        await Identities.Ask(mira, IdentifierKind.Email, "since@example.com", Right, TimeSpan.FromMinutes(15), null, default);
        await Identities.Prove(mira, Right, isKnown: true, null, default);

        Assert.Equal(
            [mira, ben, ada, ada],
            (CustomerId[])[(await Home("mira@example.com"))!.Customer, (await Home("ben@example.com"))!.Customer, (await Home("ada@example.com"))!.Customer, (await Home("since@example.com"))!.Customer]);

        await Identities.Part(lower, "Ana", default);

        Assert.Equal(new AddressHome(mira, 1), await Home("mira@example.com"));
        Assert.Equal(new AddressHome(ben, 1), await Home("ben@example.com"));
    }

    [Fact]
    public async Task Address_that_nobody_has_proved_is_at_home_with_nobody()
    {
        await Record.Customers.Resolve(new(IdentifierKind.WebSession, Guid.NewGuid().ToString("N"), Proved: true), new("Mira", "mira@example.com"), default);

        Assert.Null(await Home("mira@example.com"));
    }

    private Task<AddressHome?> Home(string address) => Identities.Home(IdentifierKind.Email, address, default);

    private Task<CustomerId> Customer() => Record.NewCustomer();

    private async Task<Guid> Merge(CustomerId from, CustomerId into) => (await Identities.Merge(from, into, "Ana", "they said so", default)).Merge!.Value;

    private Task<CustomerId> Mailer(string address) => Record.Customers.Resolve(new(IdentifierKind.Email, address, Proved: true), new(""), default);

    private async Task<Conversation> Spoken() => await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello"));
}
