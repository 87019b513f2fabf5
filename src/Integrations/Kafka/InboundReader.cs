using System.Collections.Immutable;
using System.Net.Mail;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Confluent.Kafka;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Tickets;
using Attachment = FteAgent.Channels.Attachment;

namespace FteAgent.Kafka;

/// <summary>Reads a customer's message from a record, strictly: what does not fit is told, never guessed.</summary>
internal sealed partial class InboundReader(bool trustsProof, TimeProvider time)
{
    /// <summary>A message's characters: as many as the API takes.</summary>
    private const int TextLimit = 10_000;

    /// <summary>A record of any system, in bytes: as large as a request's body may be.</summary>
    private const int IncomingLimit = 256 * 1024;

    private const int NameLimit = 200;
    private const int SubjectLimit = 200;
    private const int IdentifierLimit = 320;
    private const int FileNameLimit = 255;
    private const int MetadataLimit = 20;
    private const int MetadataTextLimit = 200;

    /// <summary>A clock may be a little ahead. What was received longer ago than the topics keep was received now.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    /// <summary>Reads it.</summary>
    /// <param name="topic">Where it came from; decides whose word is taken.</param>
    /// <param name="message">The record.</param>
    /// <exception cref="UnreadableRecordException">It does not fit; the message says why in words without customer text.</exception>
    public (InboundMessage Message, string? Place) Read(string topic, Message<byte[]?, byte[]?> message)
    {
        var own = KafkaTopics.ChannelOfTopic(topic);
        if (message.Value is { Length: > IncomingLimit } && own is null)
            throw new UnreadableRecordException($"it has more than {IncomingLimit / 1024} KiB");
        var envelope = CloudEvent.Read(message.Headers, message.Value);
        // Anybody's place in a trace is nobody's; our own silos' goes on.
        return (Check(own, envelope.Source ?? "", Parse(envelope.Data), message.Timestamp), own is null ? null : envelope.Place);
    }

    private static InboundEvent Parse(ReadOnlyMemory<byte> data)
    {
        try
        {
            return JsonSerializer.Deserialize<InboundEvent>(data.Span, InboundEvent.Json) ?? throw new UnreadableRecordException("it is null");
        }
        catch (JsonException json)
        {
            throw new UnreadableRecordException(InboundEvent.Sentence(json));
        }
    }

    private InboundMessage Check(Channel? own, string source, InboundEvent read, Timestamp stamp)
    {
        // What our own silos bring was checked where it came in, by their channel's rules: a long mail is no fault here.
        var faults = new Faults(isStrict: own is null);
        var channel = KafkaTopics.ChannelOf(read.Channel);
        faults.Unless(channel is not null, "channel must be webform, email or whatsapp");
        faults.Unless(own is null || channel is null || channel == own, "channel must be that of the topic");
        var id = faults.Text("channel_message_id", read.ChannelMessageId, 1, BroughtIds.Limit)!;
        faults.Unless(id.AsSpan().IndexOfAnyInRange('\0', '\x1f') < 0, "channel_message_id must not hold control characters");
        faults.Unless(Encoding.UTF8.GetByteCount(id) <= InboundMessage.IdBytesLimit, $"channel_message_id must have at most {InboundMessage.IdBytesLimit} bytes in UTF-8");
        var text = faults.Text("text", read.Text, 0, TextLimit, required: true)!;
        var subject = faults.Text("subject", read.Subject, 0, SubjectLimit);
        var silo = own is null ? null : read.Silo;
        var (sender, identity, email) = Who(faults, channel ?? Channel.Web, read, own is not null, silo);
        var files = Files(faults, read.Attachments, silo);
        var metadata = Metadata(faults, read.Metadata);
        var parts = Parts(faults, silo);
        faults.Throw();

        if (own is null)
            id = BroughtIds.Of(source, read.Customer?.ExternalId is { } theirs ? $"{IdentifierKind.External}:{theirs}" : $"{sender!.Kind}:{sender.Address}", id);
        return new(channel!.Value, id, sender!, text, Received(read.ReceivedAt, stamp))
        {
            Id = parts.Id ?? MessageId.Of(channel.Value, id),
            TicketId = parts.Ticket,
            Customer = identity is null ? parts.Customer : null,
            Identity = identity,
            Email = sender!.Kind is IdentifierKind.Email ? null : email,
            Subject = string.IsNullOrWhiteSpace(subject) ? null : subject,
            Form = silo?.Form is { } form ? new(form.Subject, form.Category, form.Priority) : null,
            Recipient = silo?.Recipient ?? "",
            Thread = silo is { MailId: not null } or { References: not null }
                ? new(silo.MailId, [.. (silo.References ?? []).Take(MailThread.ReferenceLimit)])
                : null,
            Files = files,
            Automatic = silo?.Automatic,
            AutomaticIfAnswer = silo?.AutomaticIfAnswer,
            OwnOnly = silo?.OwnOnly is true,
            // A channel of ours has answered it by then; whoever brings what by the other topic hears of its dead letters.
            WasAcknowledged = own is not null,
            Parted = silo?.Parted,
            Metadata = metadata,
        };
    }

    /// <summary>
    /// Who wrote it. A producer's word proves an id of its own system; that an address is somebody's own is believed only of our own silos,
    /// or where <c>KAFKA_TRUSTS_PROOF</c> says so.
    /// </summary>
    private (Sender? Sender, CustomerIdentifier? Identity, string? Email) Who(Faults faults, Channel channel, InboundEvent read, bool ours, SiloPart? silo)
    {
        var customer = read.Customer ?? new();
        var email = faults.Email("customer.email", customer.Email);
        var phone = faults.Phone("customer.phone", customer.Phone);
        var external = faults.Text("customer.external_id", customer.ExternalId, 1, IdentifierLimit);
        faults.Unless(external is null || external.AsSpan().IndexOfAnyInRange('\0', '\x1f') < 0, "customer.external_id must not hold control characters");
        // Those whom WhatsApp knows by no phone number are known to us like this.
        faults.Strictly(external?.StartsWith("whatsapp:", StringComparison.OrdinalIgnoreCase) is not true, "customer.external_id must not begin with whatsapp:, which only WhatsApp itself gives");
        var name = faults.Text("customer.name", customer.Name, 0, NameLimit) ?? "";
        var vouched = read.Proved is true;
        var believed = vouched && (ours || trustsProof);

        if (silo is { Session: { Length: > 0 and <= IdentifierLimit } session })
            return (new(IdentifierKind.WebSession, session, true, name), new(IdentifierKind.WebSession, session, true), email);
        if (silo is { CustomerId: { } known })
            return (new(IdentifierKind.WebSession, known, true, name), null, email);

        var identity = vouched && external is not null ? new CustomerIdentifier(IdentifierKind.External, external, true) : null;
        var sender = silo?.Sender is { Address.Length: > 0 } written ? new(written.Kind, written.Address, believed, name) : channel switch
        {
            Channel.Email when email is not null => new Sender(IdentifierKind.Email, email, believed, name),
            Channel.WhatsApp when phone is not null => new Sender(IdentifierKind.Phone, phone, believed, name),
            Channel.Web when external is not null => new Sender(IdentifierKind.External, external, vouched, name),
            Channel.Web when email is not null => new Sender(IdentifierKind.Email, email, believed, name),
            Channel.Web when phone is not null => new Sender(IdentifierKind.Phone, phone, believed, name),
            _ => null,
        };
        faults.Unless(sender is not null, channel switch
        {
            Channel.Email => "customer.email is missing: a mail is answered there",
            Channel.WhatsApp => "customer.phone is missing: WhatsApp is answered there",
            _ => "customer must have an email, a phone or an external_id",
        });
        return (sender, identity, email);
    }

    private static ImmutableArray<InboundFile> Files(Faults faults, string[]? names, SiloPart? silo)
    {
        faults.Strictly((names?.Length ?? 0) <= Attachment.CountLimit, $"attachments may be {Attachment.CountLimit} at most");
        if (silo?.Files is { } files)
            return [.. files.Select(file => new InboundFile(file.Kind, file.Name, file.MediaType, file.Size, file.Content is { } content ? content.AsMemory() : null as ReadOnlyMemory<byte>?, file.Url))];
        foreach (var name in names ?? [])
            faults.Unless(name is { Length: > 0 and <= FileNameLimit } && !name.Any(char.IsControl), $"attachments must be names of 1 to {FileNameLimit} characters");
        return [.. (names ?? []).Select(name => new InboundFile(AttachmentKind.Link, name ?? "", "application/octet-stream", 0, null))];
    }

    private static ImmutableSortedDictionary<string, string> Metadata(Faults faults, Dictionary<string, string?>? given)
    {
        faults.Strictly(
            given is null || (given.Count <= MetadataLimit && given.All(entry => entry.Key.Length <= MetadataTextLimit && (entry.Value?.Length ?? 0) <= MetadataTextLimit)),
            $"metadata may have {MetadataLimit} entries of {MetadataTextLimit} characters at most");
        return (given ?? []).ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value ?? "", StringComparer.Ordinal);
    }

    private static (MessageId? Id, TicketId? Ticket, CustomerId? Customer) Parts(Faults faults, SiloPart? silo)
    {
        MessageId? id = Guid.TryParseExact(silo?.MessageId, "N", out var message) ? new(message) : null;
        TicketId? ticket = TicketId.TryParse(silo?.TicketId, null, out var opened) ? opened : null;
        CustomerId? customer = CustomerId.TryParse(silo?.CustomerId, null, out var known) ? known : null;
        faults.Unless(silo?.MessageId is null || id is not null, "silo.message_id must be 32 hexadecimal digits");
        faults.Unless(silo?.TicketId is null || ticket is not null, "silo.ticket_id must be a ticket's id");
        faults.Unless(silo?.CustomerId is null || customer is not null, "silo.customer_id must be 32 hexadecimal digits");
        return (id, ticket, customer);
    }

    /// <summary>When it was first seen: what the producer says, else when the record was made, within what can be.</summary>
    private DateTimeOffset Received(DateTimeOffset? said, Timestamp stamp)
    {
        var now = time.GetUtcNow();
        var at = said?.ToUniversalTime() ?? (stamp.Type is TimestampType.NotAvailable ? now : new DateTimeOffset(stamp.UtcDateTime, TimeSpan.Zero));
        return at > now + Ahead || at < now - KafkaTopics.Retention ? now : at;
    }

    /// <summary>What does not fit, all of it at once.</summary>
    /// <param name="isStrict">Whether it may come from anybody.</param>
    private sealed class Faults(bool isStrict)
    {
        private const int Told = 10;
        private readonly List<string> sentences = [];

        public void Unless(bool holds, string sentence)
        {
            if (!holds && sentences.Count < Told)
                sentences.Add(sentence);
        }

        /// <summary>The same for what only strangers are held to.</summary>
        public void Strictly(bool holds, string sentence) => Unless(holds || !isStrict, sentence);

        public string? Text(string field, string? value, int shortest, int longest, bool required = false)
        {
            Unless(value is not null || !(required || (shortest > 0 && field == "channel_message_id")), $"{field} is missing");
            Unless(value is null || value.Length >= shortest, $"{field} must have at least {shortest} characters");
            Strictly(value is null || value.Length <= longest, $"{field} must have at most {longest} characters");
            return value ?? (required || field == "channel_message_id" ? "" : null);
        }

        public string? Email(string field, string? value)
        {
            if (string.IsNullOrWhiteSpace(value))
                return null;
            var text = value.Trim();
            Strictly(
                text.Length <= IdentifierLimit && MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Contains('.', StringComparison.Ordinal)
                    && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)),
                $"{field} must be an email address such as name@example.com");
            return text.ToLowerInvariant();
        }

        public string? Phone(string field, string? value)
        {
            if (string.IsNullOrWhiteSpace(value))
                return null;
            var text = value.Trim();
            Strictly(E164().IsMatch(text), $"{field} must be in E.164 form such as +4930123456");
            return text;
        }

        public void Throw()
        {
            if (sentences.Count > 0)
                throw new UnreadableRecordException(string.Join("; ", sentences));
        }
    }

    /// <summary>ITU-T E.164: a plus and at most 15 digits, the first not 0.</summary>
    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}\z")]
    private static partial Regex E164();
}
