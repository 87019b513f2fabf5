using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Record;

/// <summary>What is kept of channels beside the messages themselves.</summary>
public abstract class ChannelRecordContract : RecordContract
{
    private static readonly MessageId First = MessageId.Of(Channel.Email, "first");
    private static readonly MessageId Second = MessageId.Of(Channel.Email, "second");

    private IOrigins Origins => Record.Get<IOrigins>();

    private IAttachments Attachments => Record.Get<IAttachments>();

    private IDeliveries Deliveries => Record.Get<IDeliveries>();

    private ISeenMarks Seen => Record.Get<ISeenMarks>();

    [Fact]
    public async Task Origin_is_found_as_it_was_noted_first()
    {
        var origin = Mail(await Record.NewCustomer(), First);

        await Origins.Note(origin, default);
        await Origins.Note(origin with { Address = "other@example.com", Subject = "Other" }, default);

        Equal(origin, await Origins.Find(First, default));
        Assert.Null(await Origins.Find(Second, default));
    }

    [Fact]
    public async Task Latest_origin_is_the_one_received_last_by_that_channel()
    {
        var customer = await Record.NewCustomer();
        var later = Mail(customer, Second) with { ReceivedAt = Record.Now.AddMinutes(1), Thread = null, Subject = null, Proved = false };
        await Origins.Note(later, default);
        await Origins.Note(Mail(customer, First), default);

        Equal(later, await Origins.Latest(customer, Channel.Email, default));
        Assert.Null(await Origins.Latest(customer, Channel.WhatsApp, default));
        Assert.Null(await Origins.Latest(await Record.NewCustomer(), Channel.Email, default));
    }

    [Fact]
    public async Task Thread_is_found_by_any_of_its_mails_and_only_for_whoever_wrote_it()
    {
        var customer = await Record.NewCustomer();
        await Origins.Note(Mail(customer, First), default);

        Assert.Equal(customer, await Origins.FindThread(["other@b", "a@b"], "pat@example.com", true, default));
        Assert.Null(await Origins.FindThread(["a@b"], "eve@example.com", true, default));
        Assert.Null(await Origins.FindThread(["x@y"], "pat@example.com", true, default));
        Assert.Null(await Origins.FindThread([], "pat@example.com", true, default));
    }

    [Fact]
    public async Task Thread_of_a_proved_sender_is_not_found_for_one_who_proves_nothing()
    {
        var (proved, unproved) = (await Record.NewCustomer(), await Record.NewCustomer());
        await Origins.Note(Mail(proved, First), default);
        Assert.Null(await Origins.FindThread(["a@b"], "pat@example.com", false, default));

        await Origins.Note(Mail(unproved, Second) with { Proved = false, ReceivedAt = Record.Now.AddMinutes(-1) }, default);

        Assert.Equal(unproved, await Origins.FindThread(["a@b"], "pat@example.com", false, default));
        Assert.Equal(proved, await Origins.FindThread(["a@b"], "pat@example.com", true, default));
    }

    [Fact]
    public async Task Who_began_unproved_from_one_address_is_told_in_order_within_the_hour_of_the_clock()
    {
        var hour = new DateTimeOffset(2026, 3, 1, 14, 0, 0, TimeSpan.Zero);
        var sent = new List<(MessageId Message, CustomerId Customer, DateTimeOffset At)>();
        foreach (var (at, proved, address) in ((DateTimeOffset, bool, string)[])
            [
                (hour.AddMinutes(-1), false, "desk@example.net"), (hour, false, "desk@example.net"), (hour.AddMinutes(1), true, "desk@example.net"),
                (hour.AddMinutes(2), false, "other@example.net"), (hour.AddMinutes(50), false, "desk@example.net"), (hour.AddMinutes(59), false, "desk@example.net"),
            ])
        {
            sent.Add((MessageId.Of(Channel.Email, $"m{sent.Count}"), await Record.NewCustomer(), at));
            var origin = Mail(sent[^1].Customer, sent[^1].Message) with { Address = address, Proved = proved, ReceivedAt = at };
            await Origins.Note(origin, default);
            await Origins.Note(origin with { ReceivedAt = at.AddMinutes(5) }, default);
            // What was merely noted so far has begun nobody.
            Assert.DoesNotContain(sent[^1].Customer, await Before(hour.AddMinutes(59.5), MessageId.Of(Channel.Email, "next"), limit: 10));
            await Record.Commit(In(Conversation.New(sent[^1].Customer))
                .Says(new(sent[^1].Message, 0, Actor.Customer, MessageKind.Text, "Hello", at, Channel.Email, null, [], ChannelMessageId: $"m{sent.Count}")));
        }

        // Nor has what goes on in a conversation.
        var further = Mail(sent[1].Customer, MessageId.Of(Channel.Email, "further")) with { Address = "desk@example.net", Proved = false, ReceivedAt = hour.AddMinutes(10) };
        await Origins.Note(further, default);
        await Record.Commit(In(await Record.Conversations.Load(sent[1].Customer, default))
            .Says(new(further.Message, 0, Actor.Customer, MessageKind.Text, "Hello?", hour.AddMinutes(10), Channel.Email, null, [], ChannelMessageId: "further")));

        var next = MessageId.Of(Channel.Email, "next");
        Assert.Equal([sent[1].Customer, sent[4].Customer, sent[5].Customer], await Before(hour.AddMinutes(59.5), next, limit: 10));
        Assert.Equal([sent[1].Customer, sent[4].Customer], await Before(hour.AddMinutes(59.5), next, limit: 2));
        Assert.Equal([sent[1].Customer], await Before(hour.AddMinutes(30), next, limit: 10));
        // One that comes again, later than it was noted, is not before itself.
        Assert.Equal([sent[1].Customer, sent[5].Customer], await Before(hour.AddMinutes(59.5), sent[4].Message, limit: 10));
        Assert.Empty(await Before(hour.AddMinutes(60), next, limit: 10));
        Assert.Empty(await Origins.UnprovedBefore(Channel.WhatsApp, "desk@example.net", hour.AddMinutes(59.5), next, 10, default));

        async Task<CustomerId[]> Before(DateTimeOffset at, MessageId message, int limit) =>
            [.. await Origins.UnprovedBefore(Channel.Email, "desk@example.net", at, message, limit, default)];
    }

    [Fact]
    public async Task What_came_to_any_of_those_who_are_one_person_is_found_for_each_of_them()
    {
        var (web, mail, other) = (await Record.NewCustomer(), await Record.NewCustomer(), await Record.NewCustomer());
        await Origins.Note(Mail(web, First) with { Proved = false }, default);
        await Save(web, First, new InboundFile(AttachmentKind.File, "a.txt", "text/plain", 1, new byte[1]));
        await Record.Identities.Merge(web, mail, "Ana", "they said so", default);

        foreach (var customer in (CustomerId[])[web, mail])
        {
            Assert.Equal("a.txt", Assert.Single(await Attachments.List(customer, [First, Second], default)).Name);
            Assert.NotNull(await Attachments.Open(customer, First, 0, default));
            Assert.Equal(First, (await Origins.Latest(customer, Channel.Email, default))!.Message);
            Assert.Equal([First], await Origins.Unproved(customer, [First, Second], default));
        }

        Assert.Empty(await Attachments.List(other, [First], default));
        Assert.Null(await Attachments.Open(other, First, 0, default));
        Assert.Empty(await Origins.Unproved(other, [First], default));
    }

    [Fact]
    public async Task Only_what_came_with_the_messages_that_are_asked_for_is_listed()
    {
        var customer = await Record.NewCustomer();
        foreach (var message in (MessageId[])[First, Second])
        {
            await Origins.Note(Mail(customer, message) with { Proved = false }, default);
            await Save(
                customer, message,
                new InboundFile(AttachmentKind.File, $"{message}/0", "text/plain", 1, new byte[1]), new InboundFile(AttachmentKind.File, $"{message}/1", "text/plain", 1, new byte[1]));
        }

        Assert.Equal([$"{Second}/0", $"{Second}/1"], (await Attachments.List(customer, [Second], default)).Select(file => file.Name));
        Assert.Equal([Second], await Origins.Unproved(customer, [Second], default));
        Assert.Equal(4, (await Attachments.List(customer, [First, Second], default)).Length);
        Assert.Empty(await Attachments.List(customer, [], default));
        Assert.Empty(await Origins.Unproved(customer, [], default));
    }

    [Fact]
    public async Task Files_come_back_byte_for_byte_and_only_to_their_owner()
    {
        var customer = await Record.NewCustomer();
        byte[] content = [0, 1, 2, 255, 0];
        await Save(customer, First, new InboundFile(AttachmentKind.File, "a.bin", "application/octet-stream", 5, content));
        await Save(customer, First, new InboundFile(AttachmentKind.File, "again.bin", "text/plain", 1, new byte[] { 9 }));

        var (attachment, bytes) = (await Attachments.Open(customer, First, 0, default))!.Value;

        Assert.Equal(new Attachment(First, 0, AttachmentKind.File, "a.bin", "application/octet-stream", 5, IsKept: true, Url: null), attachment);
        Assert.Equal(content, bytes);
        Assert.Null(await Attachments.Open(customer, First, 1, default));
        Assert.Null(await Attachments.Open(await Record.NewCustomer(), First, 0, default));
    }

    [Fact]
    public async Task Links_and_what_is_too_large_are_listed_and_not_kept()
    {
        var customer = await Record.NewCustomer();
        await Save(
            customer, First,
            new InboundFile(AttachmentKind.Link, "photo.jpg", "image/jpeg", 0, null, "https://example.com/photo"),
            new InboundFile(AttachmentKind.File, "large.zip", "application/zip", Attachment.SizeLimit + 1, new byte[Attachment.SizeLimit + 1]));

        var listed = await Attachments.List(customer, [First], default);

        Assert.Equal(["photo.jpg", "large.zip"], listed.Select(a => a.Name));
        Assert.All(listed, a => Assert.False(a.IsKept));
        Assert.Equal("https://example.com/photo", listed[0].Url);
        Assert.Equal(Attachment.SizeLimit + 1, listed[1].Size);
        Assert.Null(await Attachments.Open(customer, First, 1, default));
    }

    [Fact]
    public async Task Files_of_one_message_are_limited_in_number()
    {
        var customer = await Record.NewCustomer();
        await Save(customer, First, [.. Enumerable.Range(0, Attachment.CountLimit + 3).Select(i => new InboundFile(AttachmentKind.File, $"{i}", "text/plain", 0, Array.Empty<byte>()))]);

        Assert.Equal(Attachment.CountLimit, (await Attachments.List(customer, [First], default)).Length);
    }

    [Theory]
    [InlineData(new[] { DeliveryStatus.Sent, DeliveryStatus.Delivered, DeliveryStatus.Read }, DeliveryStatus.Read)]
    [InlineData(new[] { DeliveryStatus.Read, DeliveryStatus.Delivered, DeliveryStatus.Sent }, DeliveryStatus.Read)]
    [InlineData(new[] { DeliveryStatus.Delivered, DeliveryStatus.Failed }, DeliveryStatus.Delivered)]
    [InlineData(new[] { DeliveryStatus.Sent, DeliveryStatus.Failed, DeliveryStatus.Delivered }, DeliveryStatus.Failed)]
    public async Task Statuses_that_come_late_or_twice_change_nothing(DeliveryStatus[] told, DeliveryStatus expected)
    {
        var delivery = await Noted(await Record.NewCustomer());
        foreach (var status in told.Concat(told))
            await Deliveries.Update(delivery.Item, status, status is DeliveryStatus.Failed ? "63016" : null, default);

        var found = await Deliveries.Find(delivery.Item, default);

        Assert.Equal((expected, expected is DeliveryStatus.Failed ? "63016" : null), (found!.Status, found.Error));
    }

    [Fact]
    public async Task Providers_id_is_added_and_what_the_provider_told_meanwhile_stays()
    {
        var delivery = await Noted(await Record.NewCustomer());
        await Deliveries.Update(delivery.Item, DeliveryStatus.Delivered, null, default);
        await Deliveries.Note(delivery with { ProviderId = "SM1" }, default);
        await Deliveries.Note(delivery, default);

        var found = await Deliveries.Find(delivery.Item, default);

        Assert.Equal(("SM1", DeliveryStatus.Delivered), (found!.ProviderId, found.Status));
    }

    [Fact]
    public async Task Mail_is_found_by_our_id_and_by_the_one_that_its_carrier_gave_it()
    {
        var customer = await Record.NewCustomer();
        var (first, second) = (Sent(customer), Sent(customer));
        await Deliveries.Note(first, default);
        await Deliveries.Note(second, default);
        await Deliveries.Note(first with { ProviderId = "draft/1/2" }, default);
        await Deliveries.Note(first with { ProviderId = "message/3", InternetId = "CA+1@mail.example" }, default);
        await Deliveries.Note(first, default);

        var found = await Deliveries.FindMails(["x@y", "CA+1@mail.example", MailIds.Of(first.Item, "example.org"), MailIds.Of(second.Item, "example.org")], default);

        Assert.Equal(new[] { first.Item, second.Item }.Order(), found.Select(mail => mail.Item).Order());
        Assert.Equal(("message/3", "CA+1@mail.example"), (await Deliveries.Find(first.Item, default)) is { } noted ? (noted.ProviderId, noted.InternetId) : default);
        Assert.Equal(first.Item, Assert.Single(await Deliveries.FindMails(["CA+1@mail.example"], default)).Item);
        Assert.Empty(await Deliveries.FindMails(["ca+1@mail.example"], default));
        Assert.Empty(await Deliveries.FindMails([], default));
    }

    [Fact]
    public async Task Unseen_answers_to_an_address_are_counted_whosever_they_are_until_their_reader_answers()
    {
        var (mine, other) = (await Record.NewCustomer(), await Record.NewCustomer());
        var about = Sent(mine) with { Unseen = true };
        await Deliveries.Note(about, default);
        await Deliveries.Note(Sent(other) with { Unseen = true }, default);
        await Deliveries.Note(Sent(other) with { Unseen = true, Address = "bo@example.com" }, default);
        await Deliveries.Note(Sent(other), default);
        var failed = Sent(other) with { Unseen = true };
        await Deliveries.Note(failed, default);
        await Deliveries.Update(failed.Item, DeliveryStatus.Failed, "5.1.1", default);

        Assert.Equal(2, await Count(Guid.Empty));
        Assert.Equal(1, await Count(about.Item));
        Record.Advance(60);
        Assert.Equal(0, await Deliveries.CountUnseen("pat@example.com", Guid.Empty, Record.Now.AddSeconds(-30), default));

        await Origins.Note(Mail(other, First) with { ReceivedAt = Record.Now }, default);
        Assert.Equal(1, await Count(Guid.Empty));

        Task<int> Count(Guid except) => Deliveries.CountUnseen("pat@example.com", except, Record.Now.AddDays(-1), default);
    }

    [Fact]
    public async Task Status_of_an_unknown_item_is_none() =>
        Assert.Null(await Deliveries.Update(Guid.NewGuid(), DeliveryStatus.Sent, null, default));

    [Fact]
    public async Task Deliveries_are_listed_in_order_the_latest_within_the_limit()
    {
        var customer = await Record.NewCustomer();
        var items = new List<Guid>();
        for (var i = 0; i < 3; i++)
        {
            items.Add((await Noted(customer)).Item);
            Record.Advance(1);
        }

        Assert.Equal(items[1..], (await Deliveries.List(customer, 2, default)).Select(d => d.Item));
        Assert.Empty(await Deliveries.List(await Record.NewCustomer(), 2, default));
    }

    [Fact]
    public async Task Seen_mark_never_goes_back()
    {
        var customer = await Record.NewCustomer();
        Assert.Equal(0, await Seen.Find(customer, default));

        foreach (var sequence in (long[])[3, 7, 5])
            await Seen.Mark(customer, sequence, default);

        Assert.Equal(7, await Seen.Find(customer, default));
    }

    [Fact]
    public async Task Seen_mark_of_somebody_unknown_is_not_kept()
    {
        var nobody = new CustomerId(Guid.NewGuid());
        await Seen.Mark(nobody, 3, default);
        Assert.Equal(0, await Seen.Find(nobody, default));
    }

    private Task Save(CustomerId customer, MessageId message, params InboundFile[] files) => Attachments.Save(customer, message, [.. files], default);

    private async Task<Delivery> Noted(CustomerId customer)
    {
        var delivery = new Delivery(Guid.CreateVersion7(Record.Now), customer, First, Channel.WhatsApp, "+15550100", null, DeliveryStatus.Queued, null, Record.Now);
        await Deliveries.Note(delivery, default);
        return delivery;
    }

    private Delivery Sent(CustomerId customer) => new(
        Guid.CreateVersion7(Record.Now), customer, First, Channel.Email, "pat@example.com", null, DeliveryStatus.Queued, null, Record.Now);

    private Origin Mail(CustomerId customer, MessageId message) => new(
        message, customer, Channel.Email, "pat@example.com", "help@example.org", Proved: true, "It’s broken", new("a@b", ["x@y", "z@w"]), Record.Now);

    private static void Equal(Origin expected, Origin? found)
    {
        Assert.NotNull(found);
        Assert.Equal(expected with { Thread = null }, found with { Thread = null });
        Assert.Equal(expected.Thread?.MessageId, found.Thread?.MessageId);
        Assert.Equal(expected.Thread?.References.ToArray(), found.Thread?.References.ToArray());
    }
}
