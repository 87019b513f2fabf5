using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Channels.Email;

public sealed class EmailSenderTests : IAsyncLifetime
{
    private SendingDesk desk = null!;

    public async Task InitializeAsync() => desk = await SendingDesk.Open();

    public async Task DisposeAsync() => await desk.DisposeAsync();

    [Fact]
    public async Task Answer_goes_back_into_the_thread_that_it_answers()
    {
        var (conversation, asked) = await desk.Mailed(subject: "RE: Backup");
        var (_, said) = await desk.Says(conversation, "Run it.", Channel.Email);

        Assert.Equal(SendResult.Sent, await Send(conversation, Outbound(said) with { ReplyTo = asked }));

        var mail = Assert.Single(desk.Mails);
        Assert.Equal(("ana@example.com", "Re: Backup"), (mail.To.ToString(), mail.Subject));
        Assert.Equal("1@example.com", mail.InReplyTo);
        Assert.Equal(["0@example.com", "1@example.com"], mail.References);
        Assert.Equal("auto-replied", mail.Headers["Auto-Submitted"]);
        Assert.Equal("Hello Ana Pires,\n\nRun it.\n", mail.TextBody!.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Answer_without_a_mail_that_it_is_said_to_answer_goes_to_the_latest()
    {
        var (conversation, _) = await desk.Mailed(proved: false);
        var (_, said) = await desk.Says(conversation, "Run it.", Channel.Email);

        await Send(conversation, Outbound(said));

        Assert.Equal("1@example.com", Assert.Single(desk.Mails).InReplyTo);
    }

    [Fact]
    public async Task Operators_answer_bears_no_mark_of_a_machine()
    {
        var (conversation, asked) = await desk.Mailed();
        var (_, said) = await desk.Says(conversation, "It's me.", Channel.Email, Actor.Of(new(Guid.NewGuid(), "Bo")));

        await Send(conversation, Outbound(said) with { ReplyTo = asked });

        Assert.Null(Assert.Single(desk.Mails).Headers["Auto-Submitted"]);
    }

    [Fact]
    public async Task Sent_mail_is_noted_and_is_not_sent_again()
    {
        var (conversation, asked) = await desk.Mailed();
        var (_, said) = await desk.Says(conversation, "Run it.", Channel.Email);
        var item = desk.Item(conversation.Customer, Outbound(said) with { ReplyTo = asked });

        await desk.Email.Send(item, default);
        await desk.Email.Send(item with { Attempts = 1 }, default);

        Assert.Single(desk.Mails);
        var noted = await desk.Record.Get<IDeliveries>().Find(item.Id, default);
        Assert.Equal((Channel.Email, "ana@example.com", said.Id, DeliveryStatus.Sent), (noted!.Channel, noted.Address, noted.Message, noted.Status));
        Assert.Equal(item.Id, MailIds.ItemOf(desk.Mails[0].MessageId!));
    }

    [Fact]
    public async Task Mail_whose_fate_is_unknown_is_sent_again_under_the_same_id()
    {
        var (conversation, asked) = await desk.Mailed();
        var (_, said) = await desk.Says(conversation, "Run it.", Channel.Email);
        var item = desk.Item(conversation.Customer, Outbound(said) with { ReplyTo = asked });
        desk.Ends.Enqueue(HandedOver.Unavailable("broken off"));

        Assert.Equal(SendOutcome.TryAgain, (await desk.Email.Send(item, default)).Outcome);
        Assert.Equal(SendResult.Sent, await desk.Email.Send(item with { Attempts = 1 }, default));

        Assert.Equal(MailIds.Of(item.Id, "example.org"), Assert.Single(desk.Mails).MessageId);
    }

    [Fact]
    public async Task Refused_mail_is_noted_as_failed()
    {
        var (conversation, asked) = await desk.Mailed();
        var (_, said) = await desk.Says(conversation, "Run it.", Channel.Email);
        var item = desk.Item(conversation.Customer, Outbound(said) with { ReplyTo = asked });
        desk.Ends.Enqueue(new(new(SendOutcome.Refused, "SMTP 550 5.1.1")));

        Assert.Equal(SendOutcome.Refused, (await desk.Email.Send(item, default)).Outcome);

        var noted = await desk.Record.Get<IDeliveries>().Find(item.Id, default);
        Assert.Equal((DeliveryStatus.Failed, "SMTP 550 5.1.1"), (noted!.Status, noted.Error));
    }

    [Fact]
    public async Task Code_goes_to_the_address_that_it_is_for_and_into_no_thread()
    {
        var (conversation, _) = await desk.Mailed();

        await Send(conversation, new(MessageId.Mint(desk.Record.Time), 0, null, "", "Your code is 123456.", Address: "new@example.com", Subject: "Is this you?"));

        var mail = Assert.Single(desk.Mails);
        Assert.Equal(("new@example.com", "Is this you?"), (mail.To.ToString(), mail.Subject));
        Assert.Null(mail.InReplyTo);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
    }

    [Fact]
    public async Task Message_that_another_channel_could_not_bring_goes_to_the_proved_address()
    {
        var customer = await desk.Record.Customers.Resolve(new(IdentifierKind.Email, "ana@example.com", Proved: true), new("Ana"), default);
        var (conversation, said) = await desk.Says(Conversation.New(customer), "Run it.", Channel.WhatsApp);

        Assert.Equal(SendResult.Sent, await Send(conversation, Outbound(said)));

        var mail = Assert.Single(desk.Mails);
        Assert.Equal(("ana@example.com", "Your support request"), (mail.To.ToString(), mail.Subject));
    }

    [Fact]
    public async Task Message_of_another_channel_goes_to_no_address_that_was_only_given()
    {
        var customer = await desk.Record.Customers.Resolve(new(IdentifierKind.Phone, "+15550100", Proved: true), new("Ana", "ana@example.com"), default);
        var (conversation, said) = await desk.Says(Conversation.New(customer), "Run it.", Channel.WhatsApp);
        await desk.Record.Get<IOrigins>().Note(
            new(MessageId.Of(Channel.Email, "9"), customer, Channel.Email, "ana@example.com", "", Proved: false, null, null, desk.Record.Now), default);

        var result = await Send(conversation, Outbound(said));

        Assert.Equal(SendOutcome.Refused, result.Outcome);
        Assert.Empty(desk.Mails);
    }

    [Fact]
    public async Task Answer_to_no_known_mail_is_not_sent_to_a_stranger_who_wrote_last_in_a_merged_conversation()
    {
        var (conversation, _) = await desk.Mailed();
        var (_, said) = await desk.Says(conversation, "Run it.", Channel.Email);
        desk.Record.Advance(1);
        var (strangers, _) = await desk.Mailed("typed@example.com", proved: false, id: "2@example.com");
        await desk.Record.Identities.Merge(strangers.Customer, conversation.Customer, "Bo", "they said so", default);

        Assert.Equal(SendResult.Sent, await Send(conversation, Outbound(said)));

        Assert.Equal("ana@example.com", Assert.Single(desk.Mails).To.ToString());
    }

    [Fact]
    public async Task Answer_to_a_message_of_another_channel_is_not_mailed_to_a_phone_number()
    {
        var customer = await desk.Record.Customers.Resolve(new(IdentifierKind.Phone, "+15550100", Proved: true), new("Ana"), default);
        var asked = MessageId.Of(Channel.WhatsApp, "SM1");
        await desk.Record.Get<IOrigins>().Note(new(asked, customer, Channel.WhatsApp, "+15550100", "", Proved: true, null, null, desk.Record.Now), default);
        var (conversation, said) = await desk.Says(Conversation.New(customer), "Run it.", Channel.WhatsApp);

        Assert.Equal(SendOutcome.Refused, (await Send(conversation, Outbound(said) with { ReplyTo = asked })).Outcome);
    }

    [Fact]
    public async Task Fault_of_the_server_is_remembered_until_it_works_and_what_it_says_of_one_mail_is_none()
    {
        var (conversation, asked) = await desk.Mailed();
        var (_, said) = await desk.Says(conversation, "Run it.", Channel.Email);
        desk.Ends.Enqueue(HandedOver.Unavailable("away"));
        desk.Ends.Enqueue(new(new(SendOutcome.TryAgain, "SMTP 451")));

        await Send(conversation, Outbound(said) with { ReplyTo = asked });
        Assert.Equal(new MailTry(desk.Record.Now, "away"), desk.Tries.Last);
        await Send(conversation, Outbound(said) with { ReplyTo = asked });

        Assert.Null(desk.Tries.Last!.Fault);
    }

    private Task<SendResult> Send(Conversation conversation, OutboundMessage outbound) => desk.Email.Send(desk.Item(conversation.Customer, outbound), default);

    private static OutboundMessage Outbound(Message said) => new(said.Id, said.Sequence, null, "T", said.Text);
}
