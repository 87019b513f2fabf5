using FteAgent.Answering;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Record;

/// <summary>Who is who: proof by a code, merging and parting.</summary>
public abstract partial class IdentitiesContract : RecordContract
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    private static readonly byte[] Right = [1, 2, 3, 4];
    private static readonly byte[] Wrong = [4, 3, 2, 1];

    private IIdentities Identities => Record.Identities;

    [Fact]
    public async Task Right_code_makes_the_address_the_customers_own()
    {
        var mira = await Record.NewCustomer("Mira");
        Assert.True(await Ask(mira, "mira@example.com"));

        var proved = await Identities.Prove(mira, Right, isKnown: true, null, default);

        Assert.Equal((ProofOutcome.Proved, IdentifierKind.Email, "mira@example.com", mira), (proved.Outcome, proved.Kind, proved.Value, proved.Customer));
        Assert.Equal(mira, await Owner("mira@example.com"));
        // It was good for one use.
        Assert.Equal(ProofOutcome.NoneWaits, (await Identities.Prove(mira, Right, isKnown: true, null, default)).Outcome);
    }

    [Fact]
    public async Task Remark_becomes_proof_and_stays_one_identifier()
    {
        var mira = await Record.Customers.Resolve(Session(), new("Mira", "mira@example.com"), default);
        await Ask(mira, "mira@example.com");

        await Identities.Prove(mira, Right, isKnown: true, null, default);

        var email = Assert.Single((await Record.Customers.Find(mira, default))!.Identifiers, i => i.Kind is IdentifierKind.Email);
        Assert.True(email.Proved);
    }

    [Fact]
    public async Task Code_of_another_customer_is_wrong()
    {
        var (mira, ben) = (await Record.NewCustomer(), await Record.NewCustomer());
        await Ask(mira, "mira@example.com");

        Assert.Equal(ProofOutcome.NoneWaits, (await Identities.Prove(ben, Right, isKnown: true, null, default)).Outcome);
        await Ask(ben, "ben@example.com", [9]);
        Assert.Equal(ProofOutcome.Wrong, (await Identities.Prove(ben, Right, isKnown: true, null, default)).Outcome);
    }

    [Fact]
    public async Task Code_ends_with_its_time_on_the_records_clock()
    {
        var mira = await Record.NewCustomer();
        await Ask(mira, "mira@example.com");
        Record.Advance(Quarter.TotalSeconds);

        Assert.Equal(ProofOutcome.NoneWaits, (await Identities.Prove(mira, Right, isKnown: true, null, default)).Outcome);
        Assert.NotEqual(mira, await Owner("mira@example.com"));
    }

    [Fact]
    public async Task Five_wrong_codes_use_up_the_right_one()
    {
        var mira = await Record.NewCustomer();
        await Ask(mira, "mira@example.com");

        for (var i = 0; i < IIdentities.AttemptLimit; i++)
            Assert.Equal(ProofOutcome.Wrong, (await Identities.Prove(mira, Wrong, isKnown: true, null, default)).Outcome);

        Assert.Equal(ProofOutcome.NoneWaits, (await Identities.Prove(mira, Right, isKnown: true, null, default)).Outcome);
    }

    [Fact]
    public async Task Guesses_that_come_all_at_once_are_counted_one_by_one()
    {
        var mira = await Record.NewCustomer();
        await Ask(mira, "mira@example.com");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () => (await Identities.Prove(mira, [7, (byte)i], isKnown: true, null, default)).Outcome)));

        Assert.Equal(IIdentities.AttemptLimit, outcomes.Count(outcome => outcome is ProofOutcome.Wrong));
        Assert.All(outcomes.Where(outcome => outcome is not ProofOutcome.Wrong), outcome => Assert.Equal(ProofOutcome.NoneWaits, outcome));
    }

    [Fact]
    public async Task New_code_replaces_the_old_one_with_all_its_attempts()
    {
        var mira = await Record.NewCustomer();
        await Ask(mira, "mira@example.com", Wrong);
        await Identities.Prove(mira, [0], isKnown: true, null, default);

        await Ask(mira, "mira@example.com");

        Assert.Equal(ProofOutcome.Wrong, (await Identities.Prove(mira, Wrong, isKnown: true, null, default)).Outcome);
        Assert.Equal(ProofOutcome.Proved, (await Identities.Prove(mira, Right, isKnown: true, null, default)).Outcome);
    }

    [Fact]
    public async Task Nobody_asks_for_a_customer_who_does_not_exist()
    {
        var nobody = new CustomerId(Guid.NewGuid());

        Assert.False(await Ask(nobody, "mira@example.com"));
        Assert.Equal(ProofOutcome.NoneWaits, (await Identities.Prove(nobody, Right, isKnown: true, null, default)).Outcome);
        Assert.Equal(nobody, await Identities.Canonical(nobody, default));
        Assert.Equal([nobody], (await Identities.Group(nobody, default)).ToArray());
    }

    [Fact]
    public async Task Proof_of_an_address_that_another_has_proved_makes_both_one()
    {
        var (web, mail) = (await Record.NewCustomer("Mira"), await Mailer("mira@example.com"));
        await Ask(web, "mira@example.com");

        var proved = await Identities.Prove(web, Right, isKnown: true, null, default);

        Assert.Equal((ProofOutcome.Merged, mail), (proved.Outcome, proved.Customer));
        Assert.Equal(mail, await Identities.Canonical(web, default));
        Assert.Equal([mail, web], (await Identities.Group(web, default)).ToArray());
        Assert.Equal("proof", Assert.Single(await Identities.Merges(web, default)).By);
    }

    [Fact]
    public async Task After_a_merge_every_address_that_either_had_proved_leads_to_one_customer_and_a_session_to_whom_it_made()
    {
        var (session, address) = (Session(), "mira@example.com");
        var web = await Record.Customers.Resolve(session, new("Mira", address), default);
        var mail = await Mailer(address);

        Assert.Equal(MergeOutcome.Merged, (await Merge(web, mail)).Outcome);

        Assert.Equal(mail, await Owner(address));
        // Whoever shows the session again is told nothing of the other: its conversation forwards.
        Assert.Equal(web, await Record.Customers.Resolve(session, new(""), default));
        var known = (await Record.Customers.Find(mail, default))!;
        Assert.Contains(session, known.Identifiers);
        Assert.True(Assert.Single(known.Identifiers, i => i.Kind is IdentifierKind.Email).Proved);
        Assert.Equal(known.Identifiers.ToArray(), (await Record.Customers.Find(web, default))!.Identifiers.ToArray());
        Assert.Equal((null, mail), (known.MergedInto, (await Record.Customers.Find(web, default))!.MergedInto));
    }

    [Fact]
    public async Task Merged_customers_are_found_as_one_by_what_any_of_them_is_known_by()
    {
        var web = await Record.Customers.Resolve(Session(), new("Mira of the web", "old@example.com"), default);
        var mail = await Mailer("mira@example.com", "Mira Okafor");
        await Merge(web, mail);

        foreach (var words in (string[])["of the web", "old@example", "mira@example", "okafor", "mira"])
            Assert.Equal(mail, Assert.Single(await Record.Customers.Search(words, 100, default)).Id);
    }

    [Fact]
    public async Task Both_conversations_move_on_with_a_merge_and_with_its_undoing()
    {
        var (mine, others) = (await Spoken(), await Record.NewConversation());

        var merge = await Merge(mine.Customer, others.Customer);

        var (from, into) = (await Record.Load(mine), await Record.Load(others));
        Assert.Equal((mine.Version + 1, others.Customer, false), (from.Version, from.MergedInto!.Value, from.HasEarlier));
        Assert.Equal((1, null, true), (into.Version, into.MergedInto, into.HasEarlier));
        // Who takes either for what it was commits nothing.
        Assert.Equal(CommitOutcome.VersionConflict, await Record.Conversations.Commit(In(mine).CustomerSays("Hello").Changes(), default));
        Assert.Equal(CommitOutcome.VersionConflict, await Record.Conversations.Commit(In(others).CustomerSays("Hello").Changes(), default));
        into = await Record.Commit(In(into).CustomerSays("Here I am"));

        await Identities.Part(merge.Merge!.Value, "Ana", default);

        Assert.Equal((from.Version + 1, null), ((await Record.Load(mine)).Version, (await Record.Load(mine)).MergedInto));
        Assert.Equal((into.Version + 1, false), ((await Record.Load(others)).Version, (await Record.Load(others)).HasEarlier));
    }

    [Fact]
    public async Task Contact_goes_on_with_the_one_that_a_person_has_or_is_awaited_by()
    {
        var (held, other) = (await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hi").TakenBy(Ana)), await Spoken());
        Assert.Equal(held.Customer, (await Merge(held.Customer, other.Customer)).Into);

        var awaited = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hi").Opens("Help").Escalates(EscalationReason.PersonRequested));
        var third = await Spoken();
        Assert.Equal(awaited.Customer, (await Merge(awaited.Customer, third.Customer)).Into);
        Assert.Equal(awaited.Customer, (await Merge((await Spoken()).Customer, awaited.Customer)).Into);

        Assert.Equal(MergeOutcome.BothWithPeople, (await Merge(held.Customer, awaited.Customer)).Outcome);
        Assert.Equal(held.Customer, await Identities.Canonical(held.Customer, default));
    }

    [Fact]
    public async Task Proof_where_people_have_both_is_left_to_them()
    {
        var web = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hi").TakenBy(Ana));
        var mail = await Mailer("mira@example.com");
        await Record.Commit(In(Conversation.New(mail)).CustomerSays("Hi").TakenBy(Bo));
        await Ask(web.Customer, "mira@example.com");

        var proved = await Identities.Prove(web.Customer, Right, isKnown: true, null, default);

        Assert.Equal((ProofOutcome.NeedsPerson, web.Customer), (proved.Outcome, proved.Customer));
        Assert.Equal(mail, await Owner("mira@example.com"));
        Assert.Empty(await Identities.Merges(mail, default));
    }

    [Fact]
    public async Task Those_who_may_share_an_address_are_not_made_one_by_it()
    {
        // Two with mailboxes of their own and one telephone: whoever holds it can read the code.
        var (ada, ben) = (await Mailer("ada@example.com"), await Mailer("ben@example.com"));
        await Identities.Ask(ada, IdentifierKind.Phone, "+49301", Right, Quarter, null, default);
        Assert.Equal(ProofOutcome.Proved, (await Identities.Prove(ada, Right, isKnown: true, null, default)).Outcome);
        await Identities.Ask(ben, IdentifierKind.Phone, "+49301", Right, Quarter, null, default);

        var proved = await Identities.Prove(ben, Right, isKnown: true, null, default);

        Assert.Equal((ProofOutcome.NeedsPerson, ben), (proved.Outcome, proved.Customer));
        Assert.Equal((ada, ben), (await Identities.Canonical(ada, default), await Identities.Canonical(ben, default)));
        // A second mailbox of one's own is no sign of a second person.
        var other = await Mailer("ada.at.work@example.com");
        await Ask(ada, "ada.at.work@example.com");
        Assert.Equal(ProofOutcome.Merged, (await Identities.Prove(ada, Right, isKnown: true, null, default)).Outcome);
        Assert.Equal(other, await Identities.Canonical(ada, default));
    }

    [Fact]
    public async Task Number_that_was_silent_for_long_leads_to_somebody_new()
    {
        var number = new CustomerIdentifier(IdentifierKind.Phone, "+4930123456", Proved: true);
        var before = await Record.Customers.Resolve(number, new("Ada"), default);
        Record.Advance(TimeSpan.FromDays(ICustomerDirectory.NumberKeptDays - 1).TotalSeconds);
        Assert.Equal(before, await Record.Customers.Resolve(number, new("Ada"), default));
        Record.Advance(TimeSpan.FromDays(2).TotalSeconds);

        var after = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Record.Customers.Resolve(number, new("Ben"), default))));

        Assert.NotEqual(before, Assert.Single(after.Distinct()));
        Assert.False(Assert.Single((await Record.Customers.Find(before, default))!.Identifiers).Proved);
        Assert.True(Assert.Single((await Record.Customers.Find(after[0], default))!.Identifiers).Proved);
    }

    [Fact]
    public async Task Code_to_a_number_that_was_silent_for_long_leads_to_nobody_before()
    {
        var before = await Record.Customers.Resolve(new(IdentifierKind.Phone, "+4930123456", true), new("Ada"), default);
        Record.Advance(TimeSpan.FromDays(ICustomerDirectory.NumberKeptDays + 1).TotalSeconds);
        var ben = await Record.NewCustomer("Ben");
        await Identities.Ask(ben, IdentifierKind.Phone, "+4930123456", Right, Quarter, null, default);

        Assert.Equal(ProofOutcome.Proved, (await Identities.Prove(ben, Right, isKnown: true, null, default)).Outcome);
        Assert.Equal(before, await Identities.Canonical(before, default));
        Assert.Equal(ben, await Record.Customers.Resolve(new(IdentifierKind.Phone, "+4930123456", true), new(""), default));
    }

    [Fact]
    public async Task Merging_who_is_one_or_is_not_there_changes_nothing()
    {
        var (a, b, nobody) = (await Record.NewCustomer(), await Record.NewCustomer(), new CustomerId(Guid.NewGuid()));
        await Merge(a, b);

        Assert.Equal(new MergeResult(MergeOutcome.SameCustomer, null, b), await Merge(a, b));
        Assert.Equal(new MergeResult(MergeOutcome.SameCustomer, null, b), await Merge(b, a));
        Assert.Equal(new MergeResult(MergeOutcome.SameCustomer, null, b), await Merge(a, a));
        Assert.Equal(new MergeResult(MergeOutcome.NoCustomer, null, null), await Merge(nobody, b));
        Assert.Equal(new MergeResult(MergeOutcome.NoCustomer, null, null), await Merge(b, nobody));
        Assert.False(await Identities.Part(Guid.NewGuid(), "Ana", default));
    }

    [Fact]
    public async Task Undone_merge_gives_back_exactly_what_moved()
    {
        var (session, other) = (Session(), Session());
        var web = await Record.Customers.Resolve(session, new("Mira", "mira@example.com"), default);
        // The other has noted the same address, unproved: it is theirs to remark on again afterwards.
        var mail = await Record.Customers.Resolve(other, new("M. Okafor", "mira@example.com"), default);
        await Ask(web, "mira@example.com");
        await Identities.Prove(web, Right, isKnown: true, null, default);
        var before = (await Record.Customers.Find(web, default), await Record.Customers.Find(mail, default));

        var merge = await Merge(web, mail);
        await Ask(mail, "since@example.com");
        await Identities.Prove(mail, Right, isKnown: true, null, default);
        Assert.True(await Identities.Part(merge.Merge!.Value, "Ana", default));

        Assert.Equivalent(before.Item1!.Identifiers, (await Record.Customers.Find(web, default))!.Identifiers);
        var now = (await Record.Customers.Find(mail, default))!;
        // What was proved since stays where it was proved.
        Assert.Equivalent(before.Item2!.Identifiers.Add(new(IdentifierKind.Email, "since@example.com", true)), now.Identifiers);
        Assert.Equal((web, mail, mail), (await Owner("mira@example.com"), await Owner("since@example.com"), await Record.Customers.Resolve(other, new(""), default)));
        var undone = Assert.Single(await Identities.Merges(web, default));
        Assert.Equal(("Ana", Record.Now), (undone.UndoneBy, undone.UndoneAt!.Value));
        Assert.False(await Identities.Part(merge.Merge.Value, "Ana", default));
    }

    [Fact]
    public async Task Chain_has_one_end_and_comes_apart_in_any_order()
    {
        foreach (var order in (int[][])[[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
        {
            var people = new List<(CustomerId Id, CustomerIdentifier Known)>();
            for (var i = 0; i < 4; i++)
            {
                var known = Session();
                people.Add((await Record.Customers.Resolve(known, new($"Person {i}"), default), known));
            }

            // 0 into 1, 1 into 2, 2 into 3: given as any of those who are one already.
            var merges = new List<Guid>();
            for (var i = 0; i < 3; i++)
                merges.Add((await Merge(people[0].Id, people[i + 1].Id)).Merge!.Value);
            foreach (var person in people)
                Assert.Equal(people[3].Id, await Identities.Canonical(person.Id, default));
            Assert.Equal(4, (await Identities.Group(people[1].Id, default)).Length);

            foreach (var i in order)
                Assert.True(await Identities.Part(merges[i], "Ana", default));

            foreach (var (id, known) in people)
            {
                Assert.Equal(id, await Record.Customers.Resolve(known, new(""), default));
                Assert.Equal(known, Assert.Single((await Record.Customers.Find(id, default))!.Identifiers));
                Assert.Equal((id, false), (await Identities.Canonical(id, default), (await Record.Conversations.Load(id, default)).HasEarlier));
            }
        }
    }

    [Fact]
    public async Task Undoing_a_merge_below_another_takes_those_with_it_who_came_by_it()
    {
        var (first, second, third, fourth) = (await Record.NewCustomer(), await Record.NewCustomer(), await Record.NewCustomer(), await Record.NewCustomer());
        await Merge(first, second);
        var middle = await Merge(second, third);
        await Merge(third, fourth);

        await Identities.Part(middle.Merge!.Value, "Ana", default);

        Assert.Equal([second, first], (await Identities.Group(first, default)).ToArray());
        Assert.Equal([fourth, third], (await Identities.Group(third, default)).ToArray());
    }

    [Fact]
    public async Task Merge_notes_how_far_the_conversation_that_goes_on_had_come()
    {
        var (mine, others, silent) = (await Spoken(), await Spoken(), await Record.NewCustomer());

        await Merge(mine.Customer, others.Customer);
        await Merge(others.Customer, silent);

        Assert.Equal((1, others.Customer), (await Identities.Merges(mine.Customer, default))[0] is var first ? (first.IntoSequence, first.Into) : default);
        Assert.Equal(0, (await Identities.Merges(silent, default))[0].IntoSequence);
    }

    private Task<MergeResult> Merge(CustomerId from, CustomerId into) => Identities.Merge(from, into, "Ana", "they said so", default);

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task Number_that_its_owner_proves_anew_counts_from_then(int days)
    {
        var number = new CustomerIdentifier(IdentifierKind.Phone, "+4930123456", Proved: true);
        var ada = await Record.Customers.Resolve(number, new("Ada"), default);
        Record.Advance(TimeSpan.FromDays(ICustomerDirectory.NumberKeptDays + days).TotalSeconds);

        await Identities.Ask(ada, IdentifierKind.Phone, number.Value, Right, Quarter, null, default);
        Assert.Equal(ProofOutcome.Proved, (await Identities.Prove(ada, Right, isKnown: true, null, default)).Outcome);

        Record.Advance(TimeSpan.FromDays(ICustomerDirectory.NumberKeptDays - 1).TotalSeconds);
        Assert.Equal(ada, await Record.Customers.Resolve(number, new(""), default));
    }

    private Task<bool> Ask(CustomerId customer, string address, byte[]? code = null, TimeSpan? validFor = null) =>
        Identities.Ask(customer, IdentifierKind.Email, address, code ?? Right, validFor ?? Quarter, null, default);

    private Task<CustomerId> Owner(string address) => Mailer(address);

    private Task<CustomerId> Mailer(string address, string name = "") => Record.Customers.Resolve(new(IdentifierKind.Email, address, Proved: true), new(name), default);

    private async Task<Conversation> Spoken() => await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello"));

    private static CustomerIdentifier Session() => new(IdentifierKind.WebSession, Guid.NewGuid().ToString("N"), Proved: true);
}
