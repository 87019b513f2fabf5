using FteAgent.Channels;
using FteAgent.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Conversations;

/// <summary>What another system brings for its own pages is answered there.</summary>
public sealed class BroughtTests
{
    [Fact]
    public async Task Nobody_who_writes_through_another_systems_page_is_mailed_that_ours_was_not_looked_at()
    {
        var unseen = new ChannelReceiver(OutboundMessage.Unseen);
        await using var support = await Support.Open(services => services.AddSingleton<IChannelSender>(unseen));
        var (brought, ours) = (await support.NewCustomer(), await support.NewCustomer());

        await support.Grain(brought).Accept(new(
            MessageId.Mint(support.Time), TicketId.Mint(support.Time), Channel.Web, BroughtIds.Of("/crm", "External:17", "1"), "How do I import documents?", support.Time.GetUtcNow(), null, []));
        await support.Settled(brought);
        await support.Ask(ours, "How do I import documents?");
        // What waits is what becomes due.
        support.Time.Advance(new ReplyOptions().UnseenAfter);
        await support.Until(() => Task.FromResult(!unseen.Taken.IsEmpty));

        Assert.Equal([ours], unseen.Taken.Select(taken => taken.Item.Customer).Distinct());
        Assert.Single(Support.Replies(await support.Load(brought)));
    }

    [Fact]
    public void An_id_that_is_as_long_as_it_may_be_is_still_an_id_of_ours() =>
        Assert.InRange(BroughtIds.Of(new string('s', 1_000), new string('c', 320), new string('i', BroughtIds.Limit)).Length, 1, InboundMessage.IdLimit);
}
