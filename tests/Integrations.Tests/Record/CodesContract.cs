using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Record;

/// <summary>Codes that come again, codes without end, and codes from whoever has not shown who they are.</summary>
public abstract class CodesContract : RecordContract
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);
    private static readonly byte[] Right = [1, 2, 3, 4];
    private static readonly byte[] Wrong = [4, 3, 2, 1];

    private IIdentities Identities => Record.Identities;

    [Fact]
    public async Task Neither_a_customer_nor_an_address_is_sent_a_fourth_code_within_an_hour()
    {
        var mira = await Record.NewCustomer();
        for (var i = 0; i < IIdentities.HourlyLimit; i++)
            Assert.True(await Ask(mira, $"{i}@example.com"));
        Assert.False(await Ask(mira, "more@example.com"));

        for (var i = 0; i < IIdentities.HourlyLimit; i++)
            Assert.True(await Ask(await Record.NewCustomer(), "victim@example.com"));
        Assert.False(await Ask(await Record.NewCustomer(), "victim@example.com"));

        Record.Advance(3_600);
        Assert.True(await Ask(mira, "more@example.com"));
        Assert.True(await Ask(await Record.NewCustomer(), "victim@example.com"));
    }

    [Fact]
    public async Task At_most_five_addresses_wait_at_once()
    {
        var mira = await Record.NewCustomer();
        for (var i = 0; i < IIdentities.WaitingLimit; i++)
        {
            Assert.True(await Ask(mira, $"{i}@example.com", validFor: TimeSpan.FromDays(1)));
            Record.Advance(1_800);
        }

        Assert.False(await Ask(mira, "sixth@example.com", validFor: TimeSpan.FromDays(1)));
        Assert.True(await Ask(mira, "0@example.com", validFor: TimeSpan.FromDays(1)));
    }

    [Fact]
    public async Task Address_is_sent_no_sixth_code_within_a_day()
    {
        for (var i = 0; i < IIdentities.DailyLimit; i++)
        {
            Assert.True(await Ask(await Record.NewCustomer(), "victim@example.com"));
            Record.Advance(3_600);
        }

        Assert.False(await Ask(await Record.NewCustomer(), "victim@example.com"));
        Assert.True(await Ask(await Record.NewCustomer(), "somebody.else@example.com"));
        Record.Advance(TimeSpan.FromDays(1).TotalSeconds);
        Assert.True(await Ask(await Record.NewCustomer(), "victim@example.com"));
    }

    [Fact]
    public async Task Message_that_is_brought_ten_times_at_once_asks_for_one_code()
    {
        var (mira, message) = (await Record.NewCustomer(), MessageId.Of(Channel.WhatsApp, "link"));

        var asked = await TenTimes(() => Identities.Ask(mira, IdentifierKind.Email, "mira@example.com", Right, Quarter, message, default));

        Assert.All(asked, Assert.True);
        // One of three was used.
        Assert.True(await Ask(mira, "mira@example.com"));
        Assert.True(await Ask(mira, "mira@example.com"));
        Assert.False(await Ask(mira, "mira@example.com"));
        // Also when it comes once more by then.
        Assert.True(await Identities.Ask(mira, IdentifierKind.Email, "mira@example.com", Right, Quarter, message, default));
    }

    [Fact]
    public async Task Wrong_code_that_is_brought_ten_times_at_once_costs_one_attempt()
    {
        var (mira, message) = (await Record.NewCustomer(), MessageId.Of(Channel.WhatsApp, "wrong"));
        await Ask(mira, "mira@example.com");

        var given = await TenTimes(() => Identities.Prove(mira, Wrong, isKnown: true, message, default));

        Assert.All(given, result => Assert.Equal(ProofOutcome.Wrong, result.Outcome));
        for (var i = 1; i < IIdentities.AttemptLimit; i++)
            Assert.Equal(ProofOutcome.Wrong, (await Identities.Prove(mira, [8, (byte)i], isKnown: true, null, default)).Outcome);
        Assert.Equal(ProofOutcome.NoneWaits, (await Identities.Prove(mira, Right, isKnown: true, null, default)).Outcome);
        // It ended so, and still does.
        Assert.Equal(ProofOutcome.Wrong, (await Identities.Prove(mira, Wrong, isKnown: true, message, default)).Outcome);
    }

    [Fact]
    public async Task Right_code_that_is_brought_ten_times_at_once_merges_once_and_is_right_each_time()
    {
        var (web, mail) = (await Record.NewCustomer("Mira"), await Mailer("mira@example.com"));
        var message = MessageId.Of(Channel.WhatsApp, "right");
        await Ask(web, "mira@example.com");

        var given = await TenTimes(() => Identities.Prove(web, Right, isKnown: true, message, default));

        Assert.All(given, result => Assert.Equal(
            (ProofOutcome.Merged, IdentifierKind.Email, "mira@example.com", mail), (result.Outcome, result.Kind, result.Value, result.Customer)));
        Assert.Single(await Identities.Merges(web, default));
        // Brought once more it is brought for the one with whom contact goes on, for whom the same digits have another hash.
        var again = await Identities.Prove(mail, Wrong, isKnown: true, message, default);
        Assert.Equal((ProofOutcome.Merged, mail), (again.Outcome, again.Customer));
    }

    [Fact]
    public async Task How_a_code_ended_is_told_of_the_message_that_brought_it_and_of_no_other()
    {
        var (web, mail) = (await Record.NewCustomer("Mira"), await Mailer("mira@example.com"));
        var (right, wrong) = (MessageId.Of(Channel.WhatsApp, "right"), MessageId.Of(Channel.WhatsApp, "wrong"));
        await Ask(web, "mira@example.com");
        Assert.Null(await Identities.Given(right, default));

        await Identities.Prove(web, Wrong, isKnown: true, wrong, default);
        await Identities.Prove(web, Right, isKnown: true, right, default);

        Assert.Equal(new(ProofOutcome.Wrong, null, null, mail), await Identities.Given(wrong, default));
        Assert.Equal(new(ProofOutcome.Merged, IdentifierKind.Email, "mira@example.com", mail), await Identities.Given(right, default));
        Assert.Null(await Identities.Given(MessageId.Of(Channel.WhatsApp, "other"), default));
    }

    [Fact]
    public async Task Whoever_only_holds_the_token_of_a_joined_conversation_confirms_an_address_of_its_person_and_adds_none()
    {
        var (web, mail) = (await Record.NewCustomer("Mira"), await Mailer("mira@example.com"));
        await Ask(web, "mira@example.com");
        Assert.Equal(ProofOutcome.Merged, (await Identities.Prove(web, Right, isKnown: false, null, default)).Outcome);
        var eve = await Mailer("eve@example.com");

        await Ask(web, "eve@example.com");
        var strange = await Identities.Prove(web, Right, isKnown: false, null, default);
        await Ask(web, "new@example.com");
        var added = await Identities.Prove(web, Right, isKnown: false, null, default);
        Record.Advance(3_600);
        await Ask(web, "mira@example.com", Wrong);
        var confirmed = await Identities.Prove(web, Wrong, isKnown: false, null, default);

        Assert.Equal((ProofOutcome.OtherAddress, ProofOutcome.OtherAddress), (strange.Outcome, added.Outcome));
        Assert.Equal((ProofOutcome.Proved, mail), (confirmed.Outcome, confirmed.Customer));
        Assert.Equal(eve, await Identities.Canonical(eve, default));
        Assert.Equal([mail, web], (await Identities.Group(web, default)).ToArray());
        Assert.NotEqual(mail, await Owner("new@example.com"));
    }

    [Fact]
    public async Task Whoever_only_holds_the_token_of_somebody_with_a_proved_address_joins_nobody_to_them()
    {
        // Eve has proved her address in a conversation whose link a stranger was sent; that stranger proves their own.
        var (web, victim) = (await Record.NewCustomer("Eve"), await Mailer("victim@example.com"));
        await Ask(web, "eve@example.com");
        Assert.Equal(ProofOutcome.Proved, (await Identities.Prove(web, Right, isKnown: false, null, default)).Outcome);

        await Ask(web, "victim@example.com");
        Assert.Equal(ProofOutcome.OtherAddress, (await Identities.Prove(web, Right, isKnown: false, null, default)).Outcome);

        Assert.Equal(victim, await Identities.Canonical(victim, default));
        Assert.Equal([web], (await Identities.Group(web, default)).ToArray());
        // Whoever is known adds a further address as ever.
        await Ask(web, "eve@work.example.com");
        Assert.Equal(ProofOutcome.Proved, (await Identities.Prove(web, Right, isKnown: true, null, default)).Outcome);
    }

    private static Task<T[]> TenTimes<T>(Func<Task<T>> act) => Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(act)));

    private Task<bool> Ask(CustomerId customer, string address, byte[]? code = null, TimeSpan? validFor = null) =>
        Identities.Ask(customer, IdentifierKind.Email, address, code ?? Right, validFor ?? Quarter, null, default);

    private Task<CustomerId> Owner(string address) => Mailer(address);

    private Task<CustomerId> Mailer(string address) => Record.Customers.Resolve(new(IdentifierKind.Email, address, Proved: true), new(""), default);
}
