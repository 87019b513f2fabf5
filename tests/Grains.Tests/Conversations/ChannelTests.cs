using FteAgent.Answering;
using FteAgent.Channels;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Conversations;

/// <summary>One conversation over several channels.</summary>
public sealed class ChannelTests : IAsyncLifetime
{
    private readonly ChannelReceiver whatsApp = new(OutboundMessage.WhatsApp);
    private readonly ChannelReceiver mail = new(OutboundMessage.Email);
    private Support support = null!;

    public async Task InitializeAsync() => support = await Support.Open(services =>
    {
        services.AddSingleton<IChannelSender>(whatsApp).AddSingleton<IChannelSender>(mail);
        services.Configure<ReplyOptions>(options => (options.Company, options.MailsPerHour) = ("Example Ltd", 2));
    });

    public async Task DisposeAsync() => await support.DisposeAsync();

    [Fact]
    public async Task An_answer_goes_by_the_channel_that_the_question_came_by()
    {
        var mira = await support.NewCustomer();

        await support.WriteBy(Channel.WhatsApp, mira, "How do I import documents?");
        await support.Settled(mira);
        await support.Until(() => Task.FromResult(!whatsApp.Taken.IsEmpty));

        Assert.Contains("Type 'human' to reach a person.", whatsApp.Texts.Last(), StringComparison.Ordinal);
        Assert.Empty(mail.Taken);
    }

    [Fact]
    public async Task The_first_answer_by_WhatsApp_tells_how_to_link_a_mail_address_and_further_ones_do_not()
    {
        await using var mailing = await Support.Open(services =>
            services.AddSingleton<IChannelSender>(whatsApp).AddSingleton<IChannelSender>(new ChannelReceiver(OutboundMessage.Unseen)));
        var mira = await mailing.NewCustomer();
        await mailing.WriteBy(Channel.WhatsApp, mira, "How do I import documents?");
        await mailing.Settled(mira);
        await mailing.Until(() => Task.FromResult(!whatsApp.Taken.IsEmpty));
        var first = whatsApp.Texts.ToList();

        await mailing.WriteBy(Channel.WhatsApp, mira, "Which browsers are supported?");
        await mailing.Settled(mira);
        await mailing.Until(() => Task.FromResult(whatsApp.Taken.Count > first.Count));

        Assert.EndsWith("Type 'link' and your address, and it is all one conversation.", first[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(whatsApp.Texts.Skip(first.Count), text => text.Contains("'link'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task How_to_link_a_mail_address_stands_below_no_call_for_a_person_and_below_the_answer_after_it()
    {
        await using var mailing = await Support.Open(services =>
            services.AddSingleton<IChannelSender>(whatsApp).AddSingleton<IChannelSender>(new ChannelReceiver(OutboundMessage.Unseen)));
        var mira = await mailing.NewCustomer();
        await mailing.WriteBy(Channel.WhatsApp, mira, "I want a refund for my last payment.");
        await mailing.Settled(mira);
        await mailing.Until(() => Task.FromResult(!whatsApp.Taken.IsEmpty));
        var called = whatsApp.Texts.ToList();

        await mailing.WriteBy(Channel.WhatsApp, mira, "How do I import documents?");
        await mailing.Settled(mira);
        await mailing.Until(() => Task.FromResult(whatsApp.Taken.Count > called.Count));

        Assert.DoesNotContain(called, text => text.Contains("'link'", StringComparison.Ordinal));
        await mailing.Until(() => Task.FromResult(whatsApp.Texts.Any(text => text.Contains("'link'", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Who_changes_the_channel_within_a_minute_gets_one_answer_where_they_are_now_and_earlier_contact_is_acknowledged()
    {
        var mira = await support.NewCustomer();
        support.Model.Hold();
        var begun = support.Model.Drafting();
        await support.Write(mira, "How do I import documents?");
        await support.Drafting(begun);
        support.Time.Advance(TimeSpan.FromSeconds(30));

        await support.WriteBy(Channel.WhatsApp, mira, "I am on my phone now. How do I import documents?");
        support.Model.LetGo();
        var conversation = await support.Settled(mira);

        var reply = Assert.Single(Support.Replies(conversation));
        Assert.Equal(Channel.WhatsApp, reply.Channel);
        Assert.StartsWith("Thank you for writing here as well; I have your earlier message by chat in mind.", reply.Text, StringComparison.Ordinal);
        Assert.Single(await support.Store.Tickets(mira, default));
    }

    [Fact]
    public async Task Earlier_contact_is_acknowledged_once()
    {
        var mira = await support.NewCustomer();
        await support.Ask(mira, "How do I import documents?");
        await support.WriteBy(Channel.WhatsApp, mira, "Where do I invite a colleague?");
        await support.Settled(mira);
        await support.WriteBy(Channel.WhatsApp, mira, "Which browsers are supported?");

        var replies = Support.Replies(await support.Settled(mira)).ToList();

        Assert.Equal([false, true, false], replies.Select(reply => reply.Text.Contains("earlier message by chat", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Earlier_contact_is_acknowledged_where_the_answer_is_that_a_person_comes()
    {
        var mira = await support.NewCustomer();
        await support.Ask(mira, "How do I import documents?");

        await support.WriteBy(Channel.WhatsApp, mira, "I want to speak to a human please");

        var reply = Support.Replies(await support.Settled(mira)).Last();
        Assert.Equal(Notice.Escalated, reply.Notice);
        Assert.StartsWith("Thank you for writing here as well; I have your earlier message by chat in mind.", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Contact_of_days_ago_is_another_matter()
    {
        var mira = await support.NewCustomer();
        await support.Ask(mira, "How do I import documents?");
        await support.Leap(TimeSpan.FromDays(3));
        await support.WriteBy(Channel.WhatsApp, mira, "And how do I export them?");

        var reply = Support.Replies(await support.Settled(mira)).Last();

        Assert.DoesNotContain("earlier message", reply.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auto_reply")]
    [InlineData("bounce")]
    [InlineData("list")]
    [InlineData("own")]
    public async Task Automatic_mail_is_kept_for_operators_and_not_answered(string why)
    {
        var mira = await support.NewCustomer();

        var accepted = await support.WriteBy(Channel.Email, mira, "I am on holiday until Monday. How are you?", automatic: why);
        await support.Leap(TimeSpan.FromMinutes(1));

        var conversation = await support.Load(mira);
        Assert.Equal(AcceptOutcome.Stored, accepted.Outcome);
        Assert.Null(conversation.Exchange);
        var note = Assert.Single(conversation.Recent);
        Assert.Equal((MessageKind.Note, ActorKind.Customer), (note.Kind, note.Author.Kind));
        Assert.Contains(why, note.Text, StringComparison.Ordinal);
        Assert.Empty(mail.Taken);
    }

    [Fact]
    public async Task An_automatic_mail_while_an_answer_is_made_neither_joins_nor_stops_it()
    {
        var mira = await support.NewCustomer();
        support.Model.Hold();
        var begun = support.Model.Drafting();
        await support.WriteBy(Channel.Email, mira, "How do I import documents?");
        await support.Drafting(begun);

        await support.WriteBy(Channel.Email, mira, "I am on holiday.", automatic: "auto_reply");
        support.Model.LetGo();

        Assert.Single(Support.Replies(await support.Settled(mira)));
    }

    [Fact]
    public async Task Two_machines_that_write_to_each_other_come_to_an_end_at_a_person()
    {
        var mira = await support.NewCustomer();
        foreach (var question in (string[])
        [
            "How do I import documents?", "Where do I invite a colleague?", "Which browsers are supported?", "How do I change the language?", "Where is the log kept?",
        ])
        {
            await support.WriteBy(Channel.Email, mira, question);
            await support.Settled(mira);
        }

        var conversation = await support.Load(mira);
        Assert.Equal(2, Support.Replies(conversation).Count());
        Assert.Equal("C2.loop", conversation.Escalation?.Rule);
        await support.Until(() => Task.FromResult(mail.Taken.Count == 2 && support.Escalations.Received.Count == 1));
    }

    [Fact]
    public async Task Operator_answers_where_the_customer_wrote_however_many_notes_came_since()
    {
        var mira = await support.NewCustomer();
        await support.WriteBy(Channel.Email, mira, "How do I import documents?");
        await support.Settled(mira);
        for (var n = 0; n <= Conversation.RecentLimit; n++)
            await support.WriteBy(Channel.Email, mira, $"Forged {n}", automatic: IncomingMessage.Loop);

        await support.Grain(mira).TakeOver(CommandId.Mint(support.Time), Support.Ana);
        await support.Grain(mira).Reply(CommandId.Mint(support.Time), Support.Ana, "I have looked.");

        Assert.Equal(Channel.Email, (await support.Load(mira)).Recent[^1].Channel);
    }

    [Fact]
    public async Task Human_on_whatsapp_reaches_a_person()
    {
        var mira = await support.NewCustomer();
        await support.WriteBy(Channel.WhatsApp, mira, "human");

        var conversation = await support.Settled(mira);

        Assert.Equal(EscalationReason.PersonRequested, conversation.Escalation?.Reason);
        await support.Until(() => Task.FromResult(!whatsApp.Taken.IsEmpty));
        Assert.Contains("colleague", whatsApp.Texts.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_says_who_wrote_it_and_under_which_ticket()
    {
        var mira = await support.NewCustomer();
        await support.WriteBy(Channel.Email, mira, "How do I import documents?", "Importing");

        var conversation = await support.Settled(mira);
        await support.Until(() => Task.FromResult(!mail.Taken.IsEmpty));

        var (_, sent) = Assert.Single(mail.Taken);
        Assert.Contains("Sources:\n- Guide › First steps", sent.Text, StringComparison.Ordinal);
        Assert.Contains("written by an AI", sent.Text, StringComparison.Ordinal);
        Assert.Contains("Your support assistant, Example Ltd", sent.Text, StringComparison.Ordinal);
        Assert.EndsWith($"Ticket {conversation.CurrentTicket!.Id.Value}", sent.Text, StringComparison.Ordinal);
        Assert.Equal(conversation.Recent[0].Id, sent.ReplyTo);
    }

    [Fact]
    public async Task Bubbles_of_one_message_go_in_order_each_as_an_item_of_its_own()
    {
        var mira = await support.NewCustomer();
        await support.WriteBy(Channel.WhatsApp, mira, "human");
        await support.Settled(mira);
        await support.Grain(mira).TakeOver(CommandId.Mint(support.Time), Support.Ana);
        var before = whatsApp.Taken.Count;

        await support.Grain(mira).Reply(CommandId.Mint(support.Time), Support.Ana, string.Concat(Enumerable.Range(0, 20).Select(i => $"This is sentence number {(char)('a' + i)} of what I have to say to you today. ")));
        await support.Until(() => Task.FromResult(whatsApp.Taken.LastOrDefault().Message is { } last && last.Part == last.Parts && last.Parts > 1));

        var parts = whatsApp.Taken.Select(taken => taken.Message).Where(message => message.Parts > 1).ToList();
        Assert.Equal(Enumerable.Range(1, parts[0].Parts), parts.Select(part => part.Part));
        Assert.All(parts, part => Assert.True(part.Text.Length <= 300 && part.Text.EndsWith('.')));
        Assert.Equal(parts.Count, whatsApp.Taken.Where(taken => taken.Message.Parts > 1).Select(taken => taken.Item.Id).Distinct().Count());
        Assert.True(before < whatsApp.Taken.Count);
    }
}
