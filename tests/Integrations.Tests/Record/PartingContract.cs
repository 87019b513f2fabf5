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
        Assert.Equal(1, Assert.Single(await Identities.Merges(others.Customer, default)).IntoSequence);
        others = await Record.Load(others);
        Assert.Empty(others.Hidden);
        others = await Record.Commit(In(others).CustomerSays("While they were one."));
        await Record.Commit(In(others).CustomerSays("And once more."));

        await Identities.Part(merge, "Ana", default);
        await Record.Commit(In(await Record.Load(others)).CustomerSays("On my own again."));

        // The conversation knows of it, so that nothing is made of what may be the other's.
        Assert.Equal(new HiddenPart(1, 3), Assert.Single((await Record.Load(others)).Hidden));
        Assert.Empty((await Record.Conversations.Load(mine.Customer, default)).Hidden);
    }

    [Fact]
    public async Task Undone_merge_hides_what_was_said_in_every_conversation_in_which_it_went_on()
    {
        var (mine, first, last) = (await Spoken(), await Spoken(), await Spoken());
        var merge = await Merge(mine.Customer, first.Customer);
        first = await Record.Commit(In(await Record.Load(first)).CustomerSays("In the first."));
        await Merge(first.Customer, last.Customer);
        last = await Record.Commit(In(await Record.Load(last)).CustomerSays("In the last.").CustomerSays("There, too."));

        await Identities.Part(merge, "Ana", default);

        Assert.Equal(new HiddenPart(1, 2), Assert.Single((await Record.Load(first)).Hidden));
        Assert.Equal(new HiddenPart(1, 3), Assert.Single((await Record.Load(last)).Hidden));
        Assert.Empty((await Record.Load(mine)).Hidden);
        // Whoever holds one of them in memory has to read it again.
        Assert.Equal(CommitOutcome.VersionConflict, await Record.Conversations.Commit(In(last).CustomerSays("Stale").Changes(), default));
    }

    [Fact]
    public async Task Matter_that_was_opened_while_two_were_one_may_be_anothers_and_one_from_before_is_not_however_much_was_said_under_it()
    {
        var (mine, others) = (await Spoken(), await Record.Commit(In(await Record.NewConversation()).Opens("Own").CustomerSays("Hello")));
        var merge = await Merge(mine.Customer, others.Customer);
        others = await Record.Load(others);
        for (var said = 0; said < Conversation.RecentLimit + 1; said++)
            others = await Record.Commit(In(others).CustomerSays($"Under my own matter, {said}."));
        others = await Record.Commit(In(others).Opens("Theirs").CustomerSays("Another matter."));

        await Identities.Part(merge, "Ana", default);

        others = await Record.Load(others);
        Assert.Equal([("Own", false), ("Theirs", true)], others.Tickets.Select(ticket => (ticket.Subject, ticket.MayBeAnothers)));
        Assert.Equal("Own", others.CurrentTicket!.Subject);
        // A commit of the ticket changes nothing of that.
        others = await Record.Commit(In(others).CustomerSays("On."));
        Assert.Equal([false, true], (await Record.Load(others)).Tickets.Select(ticket => ticket.MayBeAnothers));
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
