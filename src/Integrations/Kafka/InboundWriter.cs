using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Texts;
using FteAgent.Tickets;

namespace FteAgent.Kafka;

/// <summary>Writes a message as a record of its channel's topic, for <see cref="InboundReader"/> to read again.</summary>
internal static class InboundWriter
{
    /// <summary>How many bytes the files of one message may have in a record: in base64 they are a third more. What is larger is known by name only.</summary>
    public const int FilesLimit = 600 * 1024;

    /// <summary>
    /// What keeps a customer's messages in order: the same for each message of one customer. Where the customer is not known yet it is made of
    /// their address, as a hash, since keys are shown by every tool.
    /// </summary>
    public static byte[] Key(InboundMessage inbound) => Encoding.ASCII.GetBytes(
        inbound.Customer?.ToString()
        ?? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            inbound.Identity is { } identity ? $"{identity.Kind}:{identity.Value}" : $"{inbound.Sender.Kind}:{inbound.Sender.Address}")).AsSpan(0, 16)));

    /// <summary>How much of a text is left, in characters, where a record would not take all of it: they have six bytes each at most.</summary>
    private const int LongestText = 100_000;

    /// <summary>The record's value. Files go along as far as they fit, and what does not fit at all is cut: refused, it would come again for ever.</summary>
    public static byte[] Value(InboundMessage inbound, MessageId id, TicketId ticket)
    {
        if (Value(inbound, id, ticket, FilesLimit) is { Length: <= KafkaClients.RecordLimit } whole)
            return whole;
        if (Value(inbound, id, ticket, filesLimit: 0) is { Length: <= KafkaClients.RecordLimit } alone)
            return alone;
        var text = inbound.Text;
        return Value(inbound with { Text = SafeCut.At(text, LongestText) }, id, ticket, filesLimit: 0);
    }

    private static byte[] Value(InboundMessage inbound, MessageId id, TicketId ticket, int filesLimit)
    {
        var sender = inbound.Sender;
        return JsonSerializer.SerializeToUtf8Bytes(
            new InboundEvent(
                KafkaTopics.Name(inbound.Channel), inbound.ChannelMessageId,
                new(
                    sender.Kind is IdentifierKind.Email ? sender.Address : inbound.Email,
                    sender.Kind is IdentifierKind.Phone ? sender.Address : null,
                    inbound.Identity is { Kind: IdentifierKind.External } external ? external.Value : null,
                    sender.Name is { Length: > 0 } name ? name : null),
                sender.Proved, inbound.Subject, inbound.Text, inbound.ReceivedAt, null,
                inbound.Metadata.IsEmpty ? null : inbound.Metadata.ToDictionary(entry => entry.Key, entry => (string?)entry.Value))
            {
                Silo = new(
                    id.ToString(), ticket.Value,
                    inbound.Identity is null ? inbound.Customer?.ToString() : null,
                    inbound.Identity is { Kind: IdentifierKind.WebSession } session ? session.Value : null,
                    inbound.Form is { } form ? new(form.Subject, form.Category, form.Priority) : null,
                    inbound.Recipient is { Length: > 0 } recipient ? recipient : null,
                    inbound.Thread?.MessageId,
                    inbound.Thread is { References: var references } ? [.. references] : null,
                    inbound.Automatic,
                    Carried(inbound.Files, filesLimit),
                    inbound.OwnOnly ? true : null,
                    sender.Kind is IdentifierKind.WebSession ? null : new(sender.Kind, sender.Address),
                    inbound.Parted,
                    inbound.AutomaticIfAnswer),
            },
            InboundEvent.Json);
    }

    private static EventFile[]? Carried(ImmutableArray<InboundFile> files, int room)
    {
        var carried = new List<EventFile>(files.Length);
        foreach (var file in files)
        {
            var content = file.Content is { } bytes && bytes.Length <= room ? bytes.ToArray() : null;
            room -= content?.Length ?? 0;
            carried.Add(new(file.Kind, file.Name, file.MediaType, file.Size, content, file.Url));
        }

        return carried.Count == 0 ? null : [.. carried];
    }
}
