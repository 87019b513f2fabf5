using System.Text.Json;
using FteAgent.Answering;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Tickets;

namespace FteAgent.Record;

/// <summary>A copy of what is kept of a person, and its erasure.</summary>
public abstract class PersonalDataContract : RecordContract
{
    private IPersonalData Data => Record.PersonalData;

    private IOrigins Origins => Record.Get<IOrigins>();

    [Fact]
    public async Task Export_holds_what_a_person_wrote_and_was_told_in_all_their_conversations()
    {
        var (web, mail) = await TwoConversations();
        await Record.Identities.Merge(web.Customer, mail.Customer, "Ana", "they said so", default);

        var copy = await Export(mail.Customer);

        Assert.Equal(["web question", "web answer", "mail question"], copy.GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("text").GetString()).OrderBy(text => text![..1] == "m"));
        Assert.Equal([web.Customer.ToString(), mail.Customer.ToString()], copy.GetProperty("customers").EnumerateArray().Select(c => c.GetProperty("id").GetString()));
        Assert.Equal("Matter", copy.GetProperty("tickets")[0].GetProperty("subject").GetString());
        Assert.Equal("mira@example.com", Assert.Single(copy.GetProperty("identifiers").EnumerateArray(), i => i.GetProperty("kind").GetString() == "email").GetProperty("value").GetString());
        Assert.Single(copy.GetProperty("merges").EnumerateArray());
        Assert.Equal("payload", copy.GetProperty("outbox")[0].GetProperty("payload").GetString());
    }

    [Fact]
    public async Task Export_of_one_person_holds_nothing_of_another()
    {
        var (web, mail) = await TwoConversations();

        var copy = (await Export(web.Customer)).GetRawText();

        Assert.Contains("web question", copy, StringComparison.Ordinal);
        Assert.DoesNotContain("mail question", copy, StringComparison.Ordinal);
        Assert.DoesNotContain(mail.Customer.ToString(), copy, StringComparison.Ordinal);
        Assert.False(await Data.Export(new(Guid.NewGuid()), "Ana", Stream.Null, default));
    }

    [Fact]
    public async Task Erasure_takes_everyone_who_is_this_person_and_nobody_else()
    {
        var (web, mail) = await TwoConversations();
        var other = await Record.Commit(In(await Record.NewConversation("Ben")).CustomerSays("Ben's"));
        await Record.Identities.Merge(web.Customer, mail.Customer, "Ana", "they said so", default);

        var erasure = await Data.Erase(web.Customer, "Ana", default);

        Assert.Equal(new HashSet<CustomerId> { web.Customer, mail.Customer }, erasure.Customers.ToHashSet());
        Assert.True(erasure.Rows > 8);
        foreach (var gone in (Conversation[])[web, mail])
        {
            var now = await Record.Load(gone);
            Assert.Equal((0, true), (now.Version, now.IsGone));
            Assert.Null(await Record.Customers.Find(gone.Customer, default));
            Assert.Empty(await Record.Conversations.Read(gone.Customer, 0, 100, true, default));
            Assert.Empty(await Record.Conversations.Tickets(gone.Customer, default));
            Assert.Empty(await Record.Conversations.Escalations(gone.Customer, default));
            Assert.Empty(await Record.Outbox.Claim(gone.Customer, "silo-1", TimeSpan.FromMinutes(1), default));
        }

        Assert.False((await Record.Load(other)).IsGone);
        Assert.Single(await Record.Conversations.Read(other.Customer, 0, 100, true, default));
        Assert.NotEqual(mail.Customer, await Record.Customers.Resolve(new(IdentifierKind.Email, "mira@example.com", true), new(""), default));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Erasure_takes_what_was_said_in_anothers_conversation_while_the_two_were_one(bool belowAnother)
    {
        var (mira, wrong) = (await Record.Commit(In(await Record.NewConversation()).CustomerSays("Mira's")), await Record.Commit(In(await Record.NewConversation("Ben")).CustomerSays("Before")));
        var merge = (await Record.Identities.Merge(mira.Customer, wrong.Customer, "Ana", "they said so", default)).Merge!.Value;
        if (belowAnother)
        {
            var last = await Record.Commit(In(await Record.NewConversation("Eve")).CustomerSays("Before"));
            await Record.Identities.Merge(wrong.Customer, last.Customer, "Ana", "they said so", default);
            wrong = last;
        }

        var matter = TicketId.Mint(Record.Time);
        await Record.Roster.Renew("silo-1", default);
        wrong = await Record.Commit(In(await Record.Load(wrong))
            .Opens(new Ticket(matter, Canary.Word, TicketStatus.Open, TicketCategory.General, TicketPriority.Medium, Channel.Email, Record.Now, null))
            .CustomerSays($"While one {Canary.Word}", "while-one", Channel.Email).Sends("email", Canary.Word)
            .Escalation(new Escalation(
                Guid.NewGuid(), matter, EscalationReason.PersonRequested, "rule", Urgency.Normal, "support", Canary.Word, Actor.Assistant, Record.Now, AckDue: null))
            .OpensExchange());
        var said = wrong.Recent.Last(message => message.Author.Kind is ActorKind.Customer).Id;
        await Origins.Note(new(said, mira.Customer, Channel.Email, $"{Canary.Word}@example.com", "us", true, Canary.Word, null, Record.Now), default);
        Record.Advance(1);
        await Record.Identities.Part(merge, "Ana", default);
        Record.Advance(1);
        wrong = await Record.Commit(In(await Record.Load(wrong)).CustomerSays("After"));
        Assert.Contains(Canary.Word, await Everything(wrong.Customer), StringComparison.Ordinal);
        // Nobody is given a copy of what may be another's.
        Assert.DoesNotContain(Canary.Word, (await Export(wrong.Customer)).GetRawText(), StringComparison.Ordinal);

        var erasure = await Data.Erase(mira.Customer, "Ana", default);

        Assert.Equal(mira.Customer, Assert.Single(erasure.Customers));
        Assert.Contains(said, erasure.Messages);
        Assert.Null(await Origins.Find(said, default));
        Assert.DoesNotContain(Canary.Word, await Everything(wrong.Customer), StringComparison.Ordinal);
        Assert.Equal(["Before", "After"], (await Record.Conversations.Read(wrong.Customer, 0, 100, true, default)).Select(message => message.Text));
        // Whoever holds the conversation in memory writes nothing of it back, and a draft in the making is of the past.
        Assert.Equal(CommitOutcome.VersionConflict, await Record.Conversations.Commit(In(wrong).CustomerSays("Stale").Changes(), default));
        var now = await Record.Load(wrong);
        Assert.Equal((null, wrong.Epoch + 1), (now.Exchange, now.Epoch));
        // Nothing is left to be done for it.
        Assert.Empty(await Record.Outbox.Claim(wrong.Customer, "silo-1", TimeSpan.FromMinutes(1), default));
        Record.Advance(TimeSpan.FromDays(1).TotalSeconds);
        Assert.DoesNotContain(await Record.Roster.ClaimDue(100, default), due => due.Customer == wrong.Customer);
    }

    /// <summary>All words that stand in a customer's conversation.</summary>
    private async Task<string> Everything(CustomerId customer) => string.Join('\n',
    [
        .. (await Record.Conversations.Read(customer, 0, 100, true, default)).Select(message => message.Text),
        .. (await Record.Conversations.Tickets(customer, default)).Select(ticket => ticket.Subject),
        .. (await Record.Conversations.Escalations(customer, default)).Select(escalation => escalation.Summary),
    ]);

    [Fact]
    public async Task Erasure_is_noted_once_under_ids_alone()
    {
        var (web, _) = await TwoConversations();

        var erasure = await Data.Erase(web.Customer, "Ana", default);
        var again = await Data.Erase(web.Customer, "Ana", default);

        Assert.Empty(again.Customers);
        var noted = Assert.Single(await Data.Erasures(default));
        Assert.Equal((erasure.By, erasure.At, erasure.Rows), (noted.By, noted.At, noted.Rows));
        Assert.Equal(erasure.Customers.ToArray(), noted.Customers.ToArray());
    }

    [Fact]
    public async Task What_somebody_still_holds_in_memory_does_not_bring_a_person_back()
    {
        var (web, _) = await TwoConversations();
        var begun = await Record.NewConversation();
        await Data.Erase(web.Customer, "Ana", default);
        await Data.Erase(begun.Customer, "Ana", default);

        Assert.Equal(CommitOutcome.VersionConflict, await Record.Conversations.Commit(In(web).CustomerSays("I am back").Sends("web").Changes(), default));
        // One who takes it for a conversation that is just beginning is refused by the record itself.
        Assert.Equal(CommitOutcome.NoCustomer, await Record.Conversations.Commit(In(begun).CustomerSays("I am back").Changes(), default));
        Assert.Equal(CommitOutcome.NoCustomer, await Record.Conversations.Commit(In(Conversation.New(web.Customer)).CustomerSays("I am back").Changes(), default));

        Assert.All(await Task.WhenAll(Record.Load(web), Record.Load(begun)), conversation => Assert.Equal((0, true), (conversation.Version, conversation.IsGone)));
        Assert.Empty(await Record.Conversations.Read(web.Customer, 0, 100, true, default));
    }

    [Fact]
    public async Task Messages_of_an_erased_person_are_known_by_their_ids_for_as_long_as_anything_may_bring_them_again()
    {
        var (web, _) = await TwoConversations();
        var other = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello"));
        var ids = (await Record.Conversations.Read(web.Customer, 0, 100, true, default)).Where(message => message.Author.Kind is ActorKind.Customer).Select(message => message.Id).OrderBy(id => id.Value).ToList();
        var kept = Assert.Single(await Record.Conversations.Read(other.Customer, 0, 100, true, default)).Id;
        Assert.NotNull(await For(ids[0], "before"));

        var erasure = await Data.Erase(web.Customer, "Ana", default);

        Assert.Equal(ids, erasure.Messages.Order(Comparer<MessageId>.Create((a, b) => a.Value.CompareTo(b.Value))));
        Assert.Equal(ids, Assert.Single(await Data.Erasures(default)).Messages);
        // Nobody begins with one of them, and it is not taken as new by whoever is there already; what is none of theirs begins as ever.
        Assert.All(await Task.WhenAll(ids.SelectMany(id => (Task<CustomerId?>[])[For(id, "new"), For(id, "before")])), Assert.Null);
        Assert.All(await Task.WhenAll(ids.Select(id => Record.Customers.WasErased(id, default))), Assert.True);
        Assert.False(await Record.Customers.WasErased(kept, default));
        Assert.NotNull(await For(kept, "before"));
        Assert.Empty(await Record.Customers.Search("new@example.com", 10, default));
        Assert.NotNull(await For(kept, "another"));
        Record.Advance(TimeSpan.FromDays(ICustomerDirectory.ErasedKeptDays).TotalSeconds);
        Assert.NotNull(await For(ids[0], "new"));
        Assert.False(await Record.Customers.WasErased(ids[0], default));

        Task<CustomerId?> For(MessageId message, string name) =>
            Record.Customers.Resolve(new(IdentifierKind.Email, $"{name}@example.com", Proved: true), new(name, $"{name}@example.com"), message, default);
    }

    [Fact]
    public async Task What_was_erased_before_a_restore_is_known_again_though_the_restored_record_never_had_it()
    {
        var (customer, message) = (new CustomerId(Guid.NewGuid()), MessageId.Of(Channel.Email, "written after the backup"));

        Assert.Empty((await Data.EraseAgain([customer], Record.Now, [message], "Ana", default)).Customers);

        Assert.Null(await Record.Customers.Resolve(new(IdentifierKind.Email, "mira@example.com", Proved: true), new("Mira"), message, default));
    }

    [Fact]
    public async Task Who_was_never_heard_of_is_not_gone_and_who_begins_anew_is_not_either()
    {
        Assert.False((await Record.Conversations.Load(new(Guid.NewGuid()), default)).IsGone);
        var session = new CustomerIdentifier(IdentifierKind.WebSession, "session", Proved: true);
        var before = await Record.Customers.Resolve(session, new(""), default);
        await Data.Erase(before, "Ana", default);
        Assert.True((await Record.Conversations.Load(before, default)).IsGone);

        var after = await Record.Customers.Resolve(session, new(""), default);

        Assert.False((await Record.Conversations.Load(after, default)).IsGone);
    }

    [Fact]
    public async Task Erasing_again_after_a_restore_takes_those_alone_who_were_erased()
    {
        // As it was before: merged by mistake, parted later, then one of them erased. The restored record knows the mistake only.
        var (web, mail) = await TwoConversations();
        await Record.Identities.Merge(web.Customer, mail.Customer, "Ana", "they said so", default);

        var erasure = await Data.EraseAgain([web.Customer, new(Guid.NewGuid())], Record.Now, [], "Ana", default);

        Assert.Equal([web.Customer], erasure.Customers.ToArray());
        Assert.Null(await Record.Customers.Find(web.Customer, default));
        Assert.Equal(mail.Customer, await Record.Customers.Resolve(new(IdentifierKind.Email, "mira@example.com", true), new(""), default));
        Assert.Single(await Record.Conversations.Read(mail.Customer, 0, 100, true, default));
        Assert.Empty((await Data.EraseAgain([web.Customer], Record.Now, [], "Ana", default)).Customers);
    }

    [Fact]
    public async Task Who_has_begun_anew_under_the_same_session_is_not_erased_by_doing_an_erasure_again()
    {
        // The id of a session's customer follows from the session.
        var key = new CustomerIdentifier(IdentifierKind.WebSession, "key:0123456789", Proved: true);
        var before = await Record.Customers.Resolve(key, new("Mira"), default);
        Record.Advance(1);
        var erasure = await Data.Erase(before, "Ana", default);
        Record.Advance(1);
        var after = await Record.Customers.Resolve(key, new("Mira"), default);

        Assert.Equal(before, after);
        Assert.Empty((await Data.EraseAgain(erasure.Customers, erasure.At, erasure.Messages, "Ana", default)).Customers);
        Assert.NotNull(await Record.Customers.Find(after, default));
        // A later erasure takes them.
        Assert.Equal([after], (await Data.EraseAgain(erasure.Customers, Record.Now, erasure.Messages, "Ana", default)).Customers.ToArray());
    }

    [Fact]
    public async Task Those_who_are_silent_for_long_are_erased_unless_something_is_open_or_they_are_one_with_somebody_who_is_not()
    {
        var silent = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Old"));
        var awaited = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Old").Opens("Matter").Escalates(EscalationReason.PersonRequested));
        var unsent = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Old").Sends("web"));
        var merged = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Old"));
        Record.Advance(TimeSpan.FromDays(29).TotalSeconds);
        var late = await Record.Commit(In(await Record.NewConversation()).CustomerSays("New"));
        await Record.Identities.Merge(merged.Customer, late.Customer, "Ana", "they said so", default);
        Record.Advance(TimeSpan.FromDays(2).TotalSeconds);

        Assert.Equal(1, (await Data.EraseOlderThan(TimeSpan.FromDays(30), 10, default)).People);

        Assert.True((await Record.Load(silent)).IsGone);
        Assert.All(
            await Task.WhenAll(((Conversation[])[awaited, unsent, merged, late]).Select(Record.Load)), conversation => Assert.False(conversation.IsGone));
        Assert.Equal("retention", Assert.Single(await Data.Erasures(default)).By);
    }

    [Fact]
    public async Task No_more_are_erased_at_once_than_are_asked_for()
    {
        for (var i = 0; i < 5; i++)
            await Record.NewCustomer();
        Record.Advance(TimeSpan.FromDays(31).TotalSeconds);

        Assert.Equal(2, (await Data.EraseOlderThan(TimeSpan.FromDays(30), 2, default)).People);
        Assert.Equal(3, (await Data.EraseOlderThan(TimeSpan.FromDays(30), 10, default)).People);
        Assert.Equal(0, (await Data.EraseOlderThan(TimeSpan.FromDays(30), 10, default)).People);
    }

    private async Task<(Conversation Web, Conversation Mail)> TwoConversations()
    {
        var web = await Record.Commit(In(await Record.NewConversation("Mira")).Opens("Matter").CustomerSays("web question", "web-1").AssistantSays("web answer").Sends("web", "payload"));
        Record.Advance(1);
        var mail = await Record.Customers.Resolve(new(IdentifierKind.Email, "mira@example.com", true), new("Mira"), default);
        return (web, await Record.Commit(In(Conversation.New(mail)).CustomerSays("mail question", "mail-1", Channel.Email)));
    }

    private async Task<JsonElement> Export(CustomerId customer)
    {
        using var copy = new MemoryStream();
        Assert.True(await Data.Export(customer, "Ana", copy, default));
        return JsonDocument.Parse(copy.ToArray()).RootElement;
    }
}
