using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Tickets;

namespace FteAgent.Contracts;

/// <summary>An engine that tells everything writes what grains pass to each other to its log, as text.</summary>
public sealed class LoggedTests
{
    private const string Words = "My kayak is blue.";

    [Fact]
    public void What_grains_pass_to_each_other_is_written_without_a_customers_words()
    {
        var ticket = new Ticket(TicketId.Mint(TimeProvider.System), Words, TicketStatus.Open, TicketCategory.General, TicketPriority.Medium, Channel.Web, default, null);
        var message = new Message(MessageId.Mint(TimeProvider.System), 1, Actor.Customer, MessageKind.Text, Words, default, Channel.Web, ticket.Id, []);
        var conversation = Conversation.New(new CustomerId(Guid.NewGuid())) with { Tickets = [ticket], Recent = [message] };

        Assert.Same(ticket, conversation.CurrentTicket);
        Assert.All((object[])[ticket, message, conversation], passed => Assert.DoesNotContain(Words, passed.ToString(), StringComparison.Ordinal));
    }
}
