using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Tickets;

namespace FteAgent.Record;

/// <summary>What was said with a person, over every conversation that proof has made theirs.</summary>
public abstract class CustomerHistoryContract : RecordContract
{
    [Fact]
    public async Task History_holds_the_latest_messages_of_everyone_who_is_one_in_order_of_time()
    {
        var web = await Record.Commit(In(await Record.NewConversation()).CustomerSays("web 1", sentiment: 0.2).Opens("Import").CustomerSays("web 2"));
        Record.Advance(60);
        var mail = await Record.Commit(In(await Record.NewConversation()).CustomerSays("mail 1", channel: Channel.Email));
        Record.Advance(60);
        await Record.Commit(In(web).AssistantSays("web 3"));
        await Record.Identities.Merge(web.Customer, mail.Customer, "Ana", "they said so", default);
        await Record.Commit(In(await Record.Load(mail)).CustomerSays("mail 2", channel: Channel.Email));

        foreach (var asked in (CustomerId[])[web.Customer, mail.Customer])
        {
            var history = await Record.History.Read(asked, 20, default);
            Assert.Equal(["web 1", "web 2", "mail 1"], history.Take(3).Select(entry => entry.Message.Text));
            Assert.Equal(["mail 2", "web 3"], history.Skip(3).Select(entry => entry.Message.Text).Order());
            Assert.Equal((0.2, Channel.Web, web.Customer), (history[0].Message.Sentiment!.Value, history[0].Message.Channel, history[0].Conversation));
        }

        Assert.Equal(2, (await Record.History.Read(mail.Customer, 2, default)).Length);
    }

    [Fact]
    public async Task Each_message_bears_its_matter_as_it_stands_now_and_whether_the_channel_changed()
    {
        var conversation = await Record.Commit(In(await Record.NewConversation()).Opens("Import").CustomerSays("One"));
        Record.Advance(1);
        conversation = await Record.Commit(In(conversation).AssistantSays("Two").Ticket(ticket => ticket with { Status = TicketStatus.Waiting }));
        Record.Advance(1);
        await Record.Commit(In(conversation).CustomerSays("Three", channel: Channel.WhatsApp));

        var history = await Record.History.Read(conversation.Customer, 20, default);

        Assert.All(history, entry => Assert.Equal(("Import", TicketStatus.Waiting, TicketCategory.General), (entry.Matter!.Subject, entry.Matter.Status, entry.Matter.Category)));
        Assert.Equal([false, false, true], history.Select(entry => entry.Switched));
    }

    [Fact]
    public async Task Notes_and_strangers_words_are_not_in_it()
    {
        var conversation = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Mine").OperatorNotes(Ana, "A note"));
        await Record.Commit(In(await Record.NewConversation()).CustomerSays("Another's"));

        Assert.Equal("Mine", Assert.Single(await Record.History.Read(conversation.Customer, 20, default)).Message.Text);
        Assert.Empty(await Record.History.Read(new(Guid.NewGuid()), 20, default));
    }
}
