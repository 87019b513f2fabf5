using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FteAgent.Channels;
using FteAgent.Customers;
using FteAgent.Tickets;

namespace FteAgent.Kafka;

/// <summary>A customer's message as it lies in the topics: docs/events/message.schema.json. Unknown fields are allowed and not read.</summary>
/// <param name="Channel">webform, email or whatsapp.</param>
/// <param name="ChannelMessageId">The channel's own id.</param>
/// <param name="Customer">Who wrote it.</param>
/// <param name="Proved">Whether the producer vouches for it that the identifier is the sender's own.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Text">What they wrote.</param>
/// <param name="ReceivedAt">When it was first seen.</param>
/// <param name="Attachments">The names of files.</param>
/// <param name="Metadata">What else the producer says.</param>
internal sealed record InboundEvent(
    string? Channel, string? ChannelMessageId, EventCustomer? Customer, bool? Proved, string? Subject, string? Text, DateTimeOffset? ReceivedAt,
    string[]? Attachments, Dictionary<string, string?>? Metadata)
{
    /// <summary>What kind of event it is.</summary>
    public const string Type = "fte.message.received";

    private const string MetadataPath = "$.metadata";

    /// <summary>How deep its JSON may be.</summary>
    public const int DepthLimit = 16;

    /// <summary>What silos say to each other: read from the channels' own topics, never from <see cref="KafkaTopics.Incoming"/>.</summary>
    public SiloPart? Silo { get; init; }

    /// <summary>How it is written: snake case throughout.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        MaxDepth = DepthLimit,
        // It is shown in no page; escaped, letters of most languages would take six bytes each.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    /// <summary>Where JSON does not fit. Only names of ours are told: those within the metadata are the producer's.</summary>
    public static string Sentence(JsonException json) => json.Path switch
    {
        { Length: > 1 } path when path.StartsWith(MetadataPath, StringComparison.Ordinal) => $"its JSON does not fit at {MetadataPath}",
        { Length: > 1 } path => $"its JSON does not fit at {path}",
        _ => $"it is no JSON that can be read (line {(json.LineNumber ?? 0) + 1})",
    };
}

/// <summary>Who wrote it, by whatever is known of them.</summary>
/// <param name="Email">Their email address.</param>
/// <param name="Phone">Their phone number in E.164 form.</param>
/// <param name="ExternalId">Their id in the producer's own system.</param>
/// <param name="Name">What they call themselves.</param>
internal sealed record EventCustomer(string? Email = null, string? Phone = null, string? ExternalId = null, string? Name = null);

/// <summary>What a silo adds for the one that will take the message.</summary>
/// <param name="MessageId">The message's id.</param>
/// <param name="TicketId">The ticket's, if it opens one.</param>
/// <param name="CustomerId">Whose it is, when a conversation's token was shown.</param>
/// <param name="Session">The browser's session, when one has begun.</param>
/// <param name="Form">What the support form adds.</param>
/// <param name="Recipient">Which of our addresses it was sent to.</param>
/// <param name="MailId">A mail's Message-ID.</param>
/// <param name="References">What a mail refers to.</param>
/// <param name="Automatic">Why nobody waits for an answer.</param>
/// <param name="Files">Files, with their bytes as far as they fit.</param>
/// <param name="OwnOnly">Whether it is for the customer's own conversation alone, and follows it nowhere.</param>
/// <param name="Sender">Who wrote it, as their channel knows them.</param>
/// <param name="Parted">How often a merge of the customer's had been undone when the token was given that shows who wrote it.</param>
/// <param name="AutomaticIfAnswer">Why nobody waits for an answer if it answers a mail of ours.</param>
internal sealed record SiloPart(
    string? MessageId = null, string? TicketId = null, string? CustomerId = null, string? Session = null, EventForm? Form = null, string? Recipient = null,
    string? MailId = null, string[]? References = null, string? Automatic = null, EventFile[]? Files = null,
    bool? OwnOnly = null, EventAddress? Sender = null, long? Parted = null, string? AutomaticIfAnswer = null);

/// <summary>What a channel knows somebody by.</summary>
/// <param name="Kind">What kind of address.</param>
/// <param name="Address">The address.</param>
internal sealed record EventAddress(IdentifierKind Kind, string Address);

/// <summary>What the support form adds.</summary>
/// <param name="Subject">What it is about.</param>
/// <param name="Category">As chosen.</param>
/// <param name="Priority">As chosen.</param>
internal sealed record EventForm(string Subject, TicketCategory Category, TicketPriority Priority);

/// <summary>A file.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="MediaType">Its media type as the sender calls it.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Content">Its bytes, in base64; null where they are not here.</param>
/// <param name="Url">Where the channel keeps it.</param>
internal sealed record EventFile(AttachmentKind Kind, string Name, string MediaType, long Size, byte[]? Content = null, string? Url = null);
