using FteAgent.Channels;
using FteAgent.Customers;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Conversations;

/// <summary>What becomes of contact when a merge is undone: mails find their writer's own conversation, and what is said to one reaches nobody else.</summary>
public sealed class PartedContactTests : IAsyncLifetime
{
    private const string Address = "mira@small.example";
    private const string Domain = "support.example";

    private readonly ChannelReceiver mails = new(OutboundMessage.Email);
    private Support support = null!;

    private ChannelIntake Intake => ActivatorUtilities.CreateInstance<ChannelIntake>(support.Silo);

    private IOrigins Origins => support.Silo.GetRequiredService<IOrigins>();

    private IIdentities Identities => support.Silo.GetRequiredService<IIdentities>();

    public async Task InitializeAsync() => support = await Support.Open(services => services.AddSingleton<IChannelSender>(mails));

    public async Task DisposeAsync() => await support.DisposeAsync();

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Mail_in_a_thread_from_when_two_were_one_goes_to_its_writers_own_conversation_once_they_are_parted(bool proved, bool answersOurs)
    {
        var (web, mira, merge) = await Joined();
        await Intake.Take(Mail("m2"), default);
        await support.Settled(web);
        var ours = await Mailed(web);
        await Identities.Part(merge, "Ana", default);
        var before = (await support.Load(web)).LastSequence;

        var answer = await Intake.Take(Mail("m3", proved, answersOurs ? ours : "m2@small.example"), default);

        var writer = (await Origins.Find(answer.MessageId, default))!.Customer;
        Assert.NotEqual(web, writer);
        // Where nobody vouches for it, it is not theirs either.
        Assert.Equal(proved, writer == mira);
        Assert.Contains((await support.Load(writer)).Recent, message => message.Id == answer.MessageId);
        Assert.Equal(before, (await support.Load(web)).LastSequence);
    }

    [Fact]
    public async Task Mail_is_noted_under_its_writer_with_whomever_they_are_one()
    {
        var (web, mira, merge) = await Joined();

        var mail = await Intake.Take(Mail("m2"), default);

        Assert.Equal(mira, (await Origins.Find(mail.MessageId, default))!.Customer);
        Assert.Equal(mail.MessageId, (await Origins.Latest(web, Channel.Email, default))!.Message);
        await Identities.Part(merge, "Ana", default);
        Assert.Null(await Origins.Latest(web, Channel.Email, default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_said_to_one_of_two_who_were_parted_goes_out_to_nobody_else(bool byOperator)
    {
        var (web, _, merge) = await Joined();
        await Intake.Take(Mail("m2"), default);
        await support.Settled(web);
        await support.Until(() => Task.FromResult(mails.Taken.Count > 1));
        await Identities.Part(merge, "Ana", default);
        var sent = mails.Taken.Count;

        if (byOperator)
        {
            await support.Grain(web).TakeOver(new(Guid.NewGuid()), Support.Ana);
            await support.Grain(web).Reply(new(Guid.NewGuid()), Support.Ana, "About your invoice.");
        }
        else
        {
            await support.Grain(web).RequestPerson(new(Guid.NewGuid()), "A person, please.");
        }

        var conversation = await support.Load(web);
        Assert.Equal(Channel.Web, conversation.Recent[^1].Channel);
        // What is due to be sent is sent in order: a later mail shows that none was before it.
        await Intake.Take(Mail("m3") with { Text = "How do I export documents?" }, default);
        await support.Until(() => Task.FromResult(mails.Taken.Count > sent));
        Assert.All(mails.Taken.Skip(sent), taken => Assert.NotEqual(web, taken.Item.Customer));
    }

    [Fact]
    public async Task What_was_said_to_the_other_and_did_not_arrive_goes_to_nobody_else_and_no_call_quotes_them()
    {
        var (web, _, merge) = await Joined();
        await Intake.Take(Mail("m2") with { Text = "My account number is 4711." }, default);
        var answer = (await support.Settled(web)).Recent.Last(message => message.Author.Kind is ActorKind.Assistant);
        await support.Until(() => Task.FromResult(mails.Taken.Any(taken => taken.Message.Message == answer.Id)));
        await Identities.Part(merge, "Ana", default);
        var sent = mails.Taken.Count;

        await support.Grain(web).Undeliverable(new(Guid.NewGuid()), OutboundMessage.WhatsApp, OutboundMessage.OutsideWindow, answer.Id);

        var conversation = await support.Load(web);
        Assert.Equal("M3.undeliverable", conversation.Escalation!.Rule);
        Assert.True(conversation.Escalation.IsAnothers);
        Assert.DoesNotContain(conversation.Tickets, ticket => ticket.Subject.Contains("person", StringComparison.Ordinal));
        Assert.DoesNotContain("4711", conversation.Escalation.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain(await support.Outbox.Claim(web, "silo", TimeSpan.FromMinutes(1), default), item => item.Destination == OutboundMessage.Email);
        Assert.Equal(sent, mails.Taken.Count);
    }

    [Fact]
    public async Task Nobody_is_told_by_which_channel_the_other_wrote_and_their_thanks_close_no_matter_of_the_others()
    {
        var (web, _, merge) = await Joined();
        await support.Ask(web, "That solved it, thank you.");
        await Intake.Take(Mail("m2") with { Text = "How do I export documents?" }, default);
        await support.Settled(web);
        await Identities.Part(merge, "Ana", default);

        var answered = await support.Ask(web, "How do I make a backup?");
        Assert.DoesNotContain("email", Support.Replies(answered).Last().Text, StringComparison.Ordinal);
        var confirmed = await support.Ask(web, "That solved it, thank you.");

        Assert.True(Assert.Single(confirmed.Tickets).MayBeAnothers);
    }

    /// <summary>Somebody on the web with whom mira, who wrote by mail and proved it, is one by mistake.</summary>
    private async Task<(CustomerId Web, CustomerId Mira, Guid Merge)> Joined()
    {
        var mira = (await Origins.Find((await Intake.Take(Mail("m1"), default)).MessageId, default))!.Customer;
        await support.Settled(mira);
        var web = await support.NewCustomer("Wanda");
        await support.Ask(web, "How do I import documents from the web?");
        return (web, mira, (await Identities.Merge(mira, web, "Ana", "they said so", default)).Merge!.Value);
    }

    /// <summary>The Message-ID of a mail of ours to mira's address, noted under the conversation in which it was said.</summary>
    private async Task<string> Mailed(CustomerId customer)
    {
        var item = Guid.CreateVersion7(support.Time.GetUtcNow());
        await support.Silo.GetRequiredService<IDeliveries>().Note(
            new(item, customer, MessageId.Mint(support.Time), Channel.Email, Address, null, DeliveryStatus.Sent, null, support.Time.GetUtcNow()), default);
        return MailIds.Of(item, Domain);
    }

    private InboundMessage Mail(string id, bool proved = true, string? named = null) =>
        new(Channel.Email, id, new(IdentifierKind.Email, Address, proved, "Mira"), "How do I import documents by mail?", support.Time.GetUtcNow())
        {
            Thread = new($"{id}@small.example", named is null ? [] : [named]),
        };
}
