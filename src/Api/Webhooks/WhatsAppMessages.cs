using System.Collections.Immutable;
using System.Globalization;
using FteAgent.Api.Problems;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Texts;

namespace FteAgent.Api.Webhooks;

/// <summary>
/// What Twilio tells of WhatsApp, in the product's words. Source: Twilio Docs, "Twilio's request to your incoming message webhook URL" and
/// "Track the message status of outbound messages".
/// </summary>
internal static class WhatsAppMessages
{
    private const string Prefix = "whatsapp:";
    private const int AddressLimit = 200;
    private const int UrlLimit = 2_000;
    private const int MediaTypeLimit = 100;
    private const int PlaceLimit = 300;

    /// <summary>What a customer wrote; null where the form is none of WhatsApp's.</summary>
    public static InboundMessage? Read(IReadOnlyList<KeyValuePair<string, string>> form, IPhoneNumbers phones, DateTimeOffset now)
    {
        var (id, from) = (form.Value("MessageSid"), form.Value("From"));
        if (id.Length is 0 or > InboundMessage.IdLimit || from.Length is <= 9 or > AddressLimit || !from.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        var name = SafeCut.At(form.Value("ProfileName").Trim(), RequestLimits.Name);
        // Twilio vouches for whom it names. Who is known to WhatsApp by no phone number is known to us by what stands there instead.
        var sender = phones.Normalize(from[Prefix.Length..]) is { } phone
            ? new Sender(IdentifierKind.Phone, phone, Proved: true, name)
            : new Sender(IdentifierKind.External, from, Proved: true, name);
        return new(Channel.WhatsApp, id, sender, Text(form), now)
        {
            Recipient = SafeCut.At(form.Value("To"), AddressLimit),
            Files = Files(form),
            // Twilio has answered it already, and takes nothing more for this number.
            Automatic = form.Value("OptOutType") is "STOP" ? "opt_out" : null,
        };
    }

    /// <summary>How far a message of ours has come; null for a word that says nothing about it.</summary>
    public static DeliveryStatus? StatusOf(string word) => word switch
    {
        "accepted" or "scheduled" or "queued" or "sending" => DeliveryStatus.Queued,
        "sent" => DeliveryStatus.Sent,
        "delivered" => DeliveryStatus.Delivered,
        "read" => DeliveryStatus.Read,
        "undelivered" or "failed" or "canceled" => DeliveryStatus.Failed,
        _ => null,
    };

    /// <summary>
    /// The words, of whatever kind the message is: what was typed or stands below a picture, else the button or list entry that was pressed;
    /// and where a place was sent, that. A sticker or a reaction may leave none.
    /// </summary>
    private static string Text(IReadOnlyList<KeyValuePair<string, string>> form)
    {
        var words = new[] { "Body", "ButtonText", "ListTitle" }.Select(form.Value).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)) ?? "";
        var (latitude, longitude) = (Coordinate(form.Value("Latitude")), Coordinate(form.Value("Longitude")));
        if (latitude is null || longitude is null)
            return SafeCut.At(words, RequestLimits.Text);
        var place = string.Join(", ", new[] { form.Value("Label"), form.Value("Address") }.Where(part => part.Length > 0 && part != words));
        var location = FormattableString.Invariant($"Location: {(place.Length == 0 ? "" : SafeCut.At(place, PlaceLimit) + " ")}({latitude}, {longitude})");
        return SafeCut.At(words.Length == 0 ? location : $"{words}\n{location}", RequestLimits.Text);
    }

    private static decimal? Coordinate(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var degrees) && Math.Abs(degrees) <= 180 ? degrees : null;

    /// <summary>Files stay where Twilio keeps them: only their addresses are noted, and none is fetched.</summary>
    private static ImmutableArray<InboundFile> Files(IReadOnlyList<KeyValuePair<string, string>> form)
    {
        if (!int.TryParse(form.Value("NumMedia"), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return [];
        var files = ImmutableArray.CreateBuilder<InboundFile>();
        for (var place = 0; place < Math.Min(count, Attachment.CountLimit); place++)
        {
            var type = SafeCut.At(form.Value(FormattableString.Invariant($"MediaContentType{place}")), MediaTypeLimit);
            var url = form.Value(FormattableString.Invariant($"MediaUrl{place}"));
            files.Add(new(
                AttachmentKind.Link, FormattableString.Invariant($"{KindOf(type)} {place + 1}"), type, 0, null,
                url.Length <= UrlLimit && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps ? address.AbsoluteUri : null));
        }

        return files.ToImmutable();
    }

    private static string KindOf(string mediaType) => mediaType.Split('/')[0] switch
    {
        "image" => "image",
        "audio" => "audio",
        "video" => "video",
        "text" when mediaType.Contains("vcard", StringComparison.OrdinalIgnoreCase) => "contact",
        _ => "document",
    };
}
