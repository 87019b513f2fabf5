using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Testing;
using FteAgent.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Channels;

/// <summary>How a mail gets on its road, and what is asked of the record.</summary>
public sealed class MailIntakeTests
{
    private static readonly InboundMessage Mail = new(Channel.Email, "m1", new(IdentifierKind.Email, "mira@example.com", Proved: true), "I am away", default)
    {
        Thread = new("m1@example.com", ["gmail-id@mail.example"]),
        AutomaticIfAnswer = "auto_reply",
    };

    [Fact]
    public async Task Mail_goes_on_its_road_while_the_record_is_away()
    {
        var road = new Road();
        var intake = new MailIntake(new Reader(new(Mail)), road, new Mails(isAway: true), null!, new FakeTime());

        Assert.Null(await intake.Take(ReadOnlyMemory<byte>.Empty, MailRoad.Webhook, default));

        // What only the record knows goes along, for whoever takes it.
        Assert.Equal(Mail, Assert.Single(road.Taken));
    }

    [Fact]
    public async Task Notice_of_a_mail_that_came_back_waits_for_the_record()
    {
        var intake = new MailIntake(new Reader(new(Mail, new("fte.1@support.example", "5.1.1", IsFinal: true))), new Road(), new Mails(isAway: true), null!, new FakeTime());

        await Assert.ThrowsAsync<RecordUnavailableException>(() => intake.Take(ReadOnlyMemory<byte>.Empty, MailRoad.Webhook, default));
    }

    [Theory]
    [InlineData("m1@example.com", false, "own")]
    [InlineData("gmail-id@mail.example", false, "auto_reply")]
    [InlineData("another@mail.example", false, null)]
    [InlineData("gmail-id@mail.example", true, "list")]
    public async Task Why_nobody_waits_for_an_answer_is_asked_once_where_the_mail_is_taken(string ours, bool isList, string? why)
    {
        await using var support = await Support.Open();
        var customer = await support.NewCustomer();
        var mails = new Mails(isAway: false) { Sent = new(Guid.NewGuid(), customer, MessageId.Mint(support.Time), Channel.Email, "mira@example.com", null, DeliveryStatus.Sent, null, default, ours) };
        var intake = ActivatorUtilities.CreateInstance<ChannelIntake>(support.Silo, mails);

        var accepted = await intake.Take(Mail with { ReceivedAt = support.Time.GetUtcNow(), Automatic = isList ? "list" : null }, default);

        var origin = await support.Silo.GetRequiredService<IOrigins>().Find(accepted.MessageId, default);
        var kept = (await support.Load(origin!.Customer)).Recent[^1];
        Assert.Equal(why is null ? "I am away" : $"Received automatically ({why}), not answered:\nI am away", kept.Text);
        Assert.Equal(1, mails.Asked);
    }

    private sealed class Reader(MailReading reading) : IMailReader
    {
        public MailReading Read(ReadOnlyMemory<byte> raw, MailRoad road, DateTimeOffset receivedAt) => reading;

        public MailReading Read(MailFields fields, DateTimeOffset receivedAt) => reading;
    }

    /// <summary>A road that needs no record.</summary>
    private sealed class Road : IInboundRoad
    {
        public List<InboundMessage> Taken { get; } = [];

        public Task<CustomerId> CustomerOf(CustomerIdentifier session, CustomerProfile profile, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Accepted> Take(InboundMessage inbound, CancellationToken cancellationToken)
        {
            Taken.Add(inbound);
            var id = MessageId.Of(inbound.Channel, inbound.ChannelMessageId);
            return Task.FromResult(new Accepted(AcceptOutcome.Stored, id, 0, TicketId.Of(id), inbound.ReceivedAt));
        }
    }

    /// <summary>The record of one mail of ours, which may be away.</summary>
    private sealed class Mails(bool isAway) : IDeliveries
    {
        public Delivery? Sent { get; init; }

        public int Asked { get; private set; }

        public Task<ImmutableArray<Delivery>> FindMails(ImmutableArray<string> messageIds, CancellationToken cancellationToken)
        {
            Asked++;
            if (isAway)
                throw new RecordUnavailableException("It is away.");
            return Task.FromResult(Sent is { } sent && messageIds.Any(id => MailIds.Names(id, sent)) ? [sent] : ImmutableArray<Delivery>.Empty);
        }

        public Task Note(Delivery delivery, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Delivery?> Update(Guid item, DeliveryStatus status, string? error, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Delivery?> Find(Guid item, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<int> CountUnseen(string address, Guid except, DateTimeOffset since, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ImmutableArray<Delivery>> List(CustomerId customer, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
