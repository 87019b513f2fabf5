using FteAgent.Channels;
using FteAgent.Customers;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Conversations;

/// <summary>What was erased with somebody in somebody else's conversation, since the two had been one, and is brought again.</summary>
public sealed class ErasedMessagesTests : IAsyncLifetime
{
    private Support support = null!;

    private ChannelIntake Intake => ActivatorUtilities.CreateInstance<ChannelIntake>(support.Silo);

    private IIdentities Identities => support.Silo.GetRequiredService<IIdentities>();

    private IOrigins Origins => support.Silo.GetRequiredService<IOrigins>();

    public async Task InitializeAsync() => support = await Support.Open();

    public async Task DisposeAsync() => await support.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Message_that_was_erased_is_nobodys_when_it_is_brought_again_though_its_writer_is_still_there(bool isAfterADay)
    {
        var (mira, ben) = (await Customer(Mail("m1", "mira@example.com")), await Customer(Mail("b1", "ben@example.com")));
        var merge = await Identities.Merge(mira, ben, "Ana", "they said so", default);
        // In a thread of his own, from his address alone, and on a page, as it comes from its topic.
        InboundMessage[] brought =
        [
            Mail("b2", "ben@example.com", "b1") with { Text = "How do I import documents?" },
            Mail("b3", "ben@example.com") with { Text = "How do I make a backup?" },
            Page(ben),
            Mail("m2", "mira@example.com") with { Text = "How do I share a folder?" },
        ];
        foreach (var message in brought)
        {
            Assert.Equal(AcceptOutcome.Stored, (await Intake.Take(message, default)).Outcome);
            await support.Settled(ben);
        }

        await Identities.Part(merge.Merge!.Value, "Ana", default);
        await support.Silo.GetRequiredService<IPersonalData>().Erase(mira, "Ana", default);
        var left = await support.Load(ben);
        // For a day the record knows what was done as well; then only what was erased.
        if (isAfterADay)
            await support.Leap(TimeSpan.FromDays(2));

        foreach (var message in brought)
        {
            Assert.Equal(AcceptOutcome.NoCustomer, (await Intake.Take(message, default)).Outcome);
            await Intake.CallPerson(message, new(Guid.NewGuid()), "It is dead letter 3-17.", default);
        }

        var now = await support.Load(ben);
        Assert.Null(now.Escalation);
        Assert.DoesNotContain(now.Recent, message => message.Sequence > left.LastSequence && (message.Author.Kind is ActorKind.Customer || message.Kind is MessageKind.Note));
        // What he writes is his as ever.
        Assert.Equal(AcceptOutcome.Stored, (await Intake.Take(Mail("b4", "ben@example.com", "b1"), default)).Outcome);
        Assert.Equal(MessageKind.Text, Assert.Single((await support.Load(ben)).Recent, message => message.ChannelMessageId == "b4").Kind);
    }

    private async Task<CustomerId> Customer(InboundMessage first)
    {
        var owner = (await Origins.Find((await Intake.Take(first, default)).MessageId, default))!.Customer;
        await support.Settled(owner);
        return owner;
    }

    private InboundMessage Mail(string id, string from, string? named = null) =>
        new(Channel.Email, id, new(IdentifierKind.Email, from, Proved: true, ""), "How do I export my data?", support.Time.GetUtcNow())
        {
            Thread = new($"{id}@example.com", named is null ? [] : [$"{named}@example.com"]),
        };

    private InboundMessage Page(CustomerId customer) =>
        new(Channel.Web, $"{customer}/1", new(IdentifierKind.WebSession, customer.ToString(), true, "Ben"), "That solved it, thank you!", support.Time.GetUtcNow())
        {
            Id = MessageId.Of(Channel.Web, $"{customer}/1"),
            Customer = customer,
            WasAcknowledged = true,
        };
}
