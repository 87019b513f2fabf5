using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Record;

namespace FteAgent.Channels.Email;

/// <summary>Answers on the pages that nobody has seen.</summary>
public sealed class UnseenSenderTests : IAsyncLifetime
{
    private SendingDesk desk = null!;

    public async Task InitializeAsync() => desk = await SendingDesk.Open();

    public async Task DisposeAsync() => await desk.DisposeAsync();

    [Fact]
    public async Task Answer_that_nobody_saw_goes_to_the_address_that_was_given_with_a_private_link()
    {
        var (conversation, said) = await desk.Says(await Asked(), "Run it.", Channel.Web);
        var item = Item(conversation, said);

        Assert.Equal(SendOutcome.Sent, (await desk.Unseen.Send(item, default)).Outcome);

        var mail = Assert.Single(desk.Mails);
        Assert.Equal("ana@example.com", mail.To.ToString());
        Assert.Contains($"https://support.example.org/chat/#token=token-of-{conversation.Customer}", mail.TextBody!, StringComparison.Ordinal);
        Assert.Contains("Run it.\n\nbelow", mail.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.Equal(item.Id, MailIds.ItemOf(mail.MessageId!));
        Assert.Equal("ana@example.com", (await desk.Record.Get<IDeliveries>().Find(item.Id, default))!.Address);
    }

    [Fact]
    public async Task Answer_that_was_seen_is_not_mailed()
    {
        var (conversation, said) = await desk.Says(await Asked(), "Run it.", Channel.Web);
        await desk.Record.Get<ISeenMarks>().Mark(conversation.Customer, said.Sequence, default);

        Assert.Equal(SendOutcome.Sent, (await desk.Unseen.Send(Item(conversation, said), default)).Outcome);

        Assert.Empty(desk.Mails);
    }

    [Fact]
    public async Task Who_gave_no_address_gets_no_mail()
    {
        var (conversation, said) = await desk.Says(await Asked(email: null), "Run it.", Channel.Web);

        Assert.Equal(SendOutcome.Sent, (await desk.Unseen.Send(Item(conversation, said), default)).Outcome);

        Assert.Empty(desk.Mails);
    }

    [Fact]
    public async Task Several_unseen_answers_are_one_mail()
    {
        var (conversation, first) = await desk.Says(await Asked(), "First answer.", Channel.Web);
        desk.Record.Advance(1);
        (conversation, var second) = await desk.Says(conversation, "Second answer.", Channel.Web);
        desk.Record.Advance(1);
        (conversation, _) = await desk.Says(conversation, "By mail.", Channel.Email);
        desk.Record.Advance(1);
        (conversation, var third) = await desk.Says(conversation, "Third answer.", Channel.Web);

        foreach (var said in (Message[])[first, second, third])
            Assert.Equal(SendOutcome.Sent, (await desk.Unseen.Send(Item(conversation, said), default)).Outcome);

        Assert.Contains("First answer.\n\nSecond answer.\n\nThird answer.\n\nbelow", Assert.Single(desk.Mails).TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.DoesNotContain("By mail.", desk.Mails[0].TextBody!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Later_unseen_answer_is_a_mail_of_its_own_in_the_same_thread()
    {
        var (conversation, first) = await desk.Says(await Asked(), "First answer.", Channel.Web);
        await desk.Unseen.Send(Item(conversation, first), default);
        desk.Record.Advance(60);
        (conversation, var second) = await desk.Says(conversation, "Second answer.", Channel.Web);

        await desk.Unseen.Send(Item(conversation, second), default);

        Assert.Equal(2, desk.Mails.Count);
        Assert.Equal(desk.Mails[0].MessageId, desk.Mails[1].InReplyTo);
        Assert.Equal(desk.Mails[0].Subject, desk.Mails[1].Subject);
        Assert.DoesNotContain("First answer.", desk.Mails[1].TextBody!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_that_is_tried_again_says_what_it_said_first()
    {
        var (conversation, first) = await desk.Says(await Asked(), "First answer.", Channel.Web);
        var item = Item(conversation, first);
        desk.Ends.Enqueue(HandedOver.Unavailable("away"));
        await desk.Unseen.Send(item, default);
        desk.Record.Advance(60);
        (conversation, var second) = await desk.Says(conversation, "Second answer.", Channel.Web);

        await desk.Unseen.Send(item with { Attempts = 1 }, default);
        await desk.Unseen.Send(Item(conversation, second), default);

        Assert.Equal(2, desk.Mails.Count);
        Assert.DoesNotContain("Second answer.", desk.Mails[0].TextBody!, StringComparison.Ordinal);
        Assert.Contains("Second answer.", desk.Mails[1].TextBody!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operators_notes_are_never_mailed()
    {
        var (conversation, said) = await desk.Says(await Asked(), "Run it.", Channel.Web);
        conversation = await desk.Record.Commit(new Act(conversation, desk.Record.Now).OperatorNotes(new(Guid.NewGuid(), "Bo"), "a rude one"));

        await desk.Unseen.Send(Item(conversation, said), default);

        Assert.DoesNotContain("rude", Assert.Single(desk.Mails).TextBody!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Later_unseen_answer_names_the_mail_before_as_its_carrier_named_it()
    {
        desk.Notes = slip => slip.Note($"message/{slip.Item:N}", $"{slip.Item:N}@mail.example");
        var (conversation, first) = await desk.Says(await Asked(), "First answer.", Channel.Web);
        var item = Item(conversation, first);
        await desk.Unseen.Send(item, default);
        desk.Record.Advance(60);
        (conversation, var second) = await desk.Says(conversation, "Second answer.", Channel.Web);

        await desk.Unseen.Send(Item(conversation, second), default);

        Assert.Equal($"{item.Id:N}@mail.example", desk.Mails[1].InReplyTo);
    }

    [Fact]
    public async Task Address_that_nobody_proved_gets_three_mails_a_day_whoever_asks_until_its_owner_answers()
    {
        var conversations = new List<(Conversation Conversation, Message Said)>();
        for (var i = 0; i < 6; i++)
            conversations.Add(await desk.Says(await Asked(), "Run it.", Channel.Web));

        foreach (var (conversation, said) in conversations[..5])
            Assert.Equal(SendOutcome.Sent, (await desk.Unseen.Send(Item(conversation, said), default)).Outcome);
        Assert.Equal(3, desk.Mails.Count);

        desk.Record.Advance(60);
        await desk.Record.Get<IOrigins>().Note(
            new(MessageId.Of(Channel.Email, "1"), conversations[0].Conversation.Customer, Channel.Email, "ana@example.com", "", Proved: false, null, null, desk.Record.Now), default);
        await desk.Unseen.Send(Item(conversations[4].Conversation, conversations[4].Said), default);
        Assert.Equal(4, desk.Mails.Count);
        await desk.Unseen.Send(Item(conversations[5].Conversation, conversations[5].Said), default);
        Assert.Equal(4, desk.Mails.Count);

        desk.Record.Advance(24 * 60 * 60);
        await desk.Unseen.Send(Item(conversations[5].Conversation, conversations[5].Said), default);
        Assert.Equal(5, desk.Mails.Count);
    }

    [Fact]
    public async Task Mail_to_an_address_that_nobody_proved_says_who_can_read_an_answer()
    {
        var (conversation, said) = await desk.Says(await Asked(), "Run it.", Channel.Web);
        await desk.Unseen.Send(Item(conversation, said), default);

        Assert.Contains("If it was not you, there is nothing to do.", desk.Mails[0].TextBody!, StringComparison.Ordinal);
        Assert.Contains("whoever asked can read your answer", desk.Mails[0].TextBody!, StringComparison.Ordinal);
        Assert.DoesNotContain("You asked us", desk.Mails[0].TextBody!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_proved_the_address_is_told_that_it_was_they_and_is_mailed_each_time()
    {
        var customer = await desk.Record.Customers.Resolve(new(IdentifierKind.Email, "bo@example.com", Proved: true), new("Bo", "bo@example.com"), default);
        var conversation = await desk.Record.Commit(new Act(Conversation.New(customer), desk.Record.Now).Opens("Backup").CustomerSays("How?"));
        for (var i = 0; i < 5; i++)
        {
            (conversation, var said) = await desk.Says(conversation, $"Answer {i}.", Channel.Web);
            await desk.Unseen.Send(Item(conversation, said), default);
            desk.Record.Advance(60);
        }

        Assert.Equal(5, desk.Mails.Count);
        Assert.All(desk.Mails, mail => Assert.Contains("You asked us on our website", mail.TextBody!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Link_to_a_proved_address_is_one_that_leads_wherever_the_customer_goes_on()
    {
        var (conversation, said) = await desk.Says(await Asked(), "Run it.", Channel.Web);
        await desk.Record.Identities.Ask(conversation.Customer, IdentifierKind.Email, "ana@example.com", [1], TimeSpan.FromMinutes(1), null, default);
        await desk.Record.Identities.Prove(conversation.Customer, [1], isKnown: false, null, default);

        await desk.Unseen.Send(Item(conversation, said), default);

        Assert.Contains($"token=token-of-{conversation.Customer}-proved-0", Assert.Single(desk.Mails).TextBody!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_to_a_proved_address_is_its_owners_own_whoever_they_are_one_with()
    {
        var (web, said) = await desk.Says(await Asked(email: null), "Run it.", Channel.Web);
        var mail = await desk.Record.Customers.Resolve(new(IdentifierKind.Email, "ana@example.com", Proved: true), new("Ana"), default);
        var wrong = await desk.Record.Identities.Merge(mail, web.Customer, "Bo", "they said so", default);
        await desk.Record.Identities.Part(wrong.Merge!.Value, "Bo", default);
        // In either direction: with whom contact goes on says nothing of whose the address is.
        await desk.Record.Identities.Merge(mail, web.Customer, "Bo", "they said so", default);

        await desk.Unseen.Send(Item(web, said), default);

        Assert.Contains($"token=token-of-{mail}-proved-1", Assert.Single(desk.Mails).TextBody!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_that_was_only_typed_hears_nothing_of_the_person_whom_its_customer_turned_out_to_be()
    {
        var (typed, said) = await desk.Says(await Asked("mria@example.com"), "Run it.", Channel.Web);
        var person = await desk.Record.Customers.Resolve(new(IdentifierKind.Phone, "+4930123456", Proved: true), new("Mira"), default);
        var (whole, words) = await desk.Says(await desk.Record.Commit(new Act(Conversation.New(person), desk.Record.Now).Opens("Backup").CustomerSays("How?")), "For Mira.", Channel.Web);
        await desk.Record.Identities.Merge(typed.Customer, person, "Ana", "they said so", default);

        Assert.Equal(SendOutcome.Sent, (await desk.Unseen.Send(Item(typed, said), default)).Outcome);
        Assert.Equal(SendResult.Unsendable(OutboundMessage.NotShown), await desk.Unseen.Send(Item(whole, words), default));

        Assert.Empty(desk.Mails);
    }

    [Fact]
    public async Task Address_that_was_only_typed_hears_nothing_of_what_was_said_while_its_customer_was_one_with_another()
    {
        var (typed, before) = await desk.Says(await Asked("mria@example.com"), "Said before.", Channel.Web);
        var person = await desk.Record.Customers.Resolve(new(IdentifierKind.Phone, "+4930123456", Proved: true), new("Mira"), default);
        var wrong = await desk.Record.Identities.Merge(person, typed.Customer, "Ana", "they said so", default);
        var (whole, words) = await desk.Says(await desk.Record.Load(typed), "For Mira.", Channel.Web);
        await desk.Record.Identities.Part(wrong.Merge!.Value, "Ana", default);
        var (_, after) = await desk.Says(await desk.Record.Load(typed), "Said after.", Channel.Web);

        Assert.Equal(SendResult.Unsendable(OutboundMessage.NotShown), await desk.Unseen.Send(Item(whole, words), default));
        Assert.Empty(desk.Mails);
        await desk.Unseen.Send(Item(typed, before), default);

        var text = Assert.Single(desk.Mails).TextBody!;
        Assert.Contains(before.Text, text, StringComparison.Ordinal);
        Assert.Contains(after.Text, text, StringComparison.Ordinal);
        Assert.DoesNotContain(words.Text, text, StringComparison.Ordinal);
    }

    private async Task<Conversation> Asked(string? email = "ana@example.com")
    {
        var customer = await desk.Record.Customers.Resolve(new(IdentifierKind.WebSession, Guid.NewGuid().ToString("N"), Proved: true), new("Ana", email), default);
        return await desk.Record.Commit(new Act(Conversation.New(customer), desk.Record.Now).Opens("Backup").CustomerSays("How?"));
    }

    private OutboxItem Item(Conversation conversation, Message said) => desk.Item(
        conversation.Customer, new(said.Id, said.Sequence, null, conversation.CurrentTicket!.Id.Value, $"{said.Text}\n\nbelow"), OutboundMessage.Unseen);
}
