using System.Text.Json;
using FteAgent.Channels;
using Microsoft.AspNetCore.Http;

namespace FteAgent.Api.Webhooks;

/// <summary>
/// A mail in Postmark's JSON: whole where it is whole, since what a provider takes apart it may have read otherwise than we do. Its files are then
/// not looked at, which stand there a second time.
/// </summary>
/// <param name="Raw">The mail itself, where Postmark was told to include it.</param>
/// <param name="Fields">The mail in parts, where it was not.</param>
internal sealed record PostmarkBody(ReadOnlyMemory<byte>? Raw, MailFields? Fields)
{
    /// <summary>Reads it.</summary>
    /// <exception cref="BadHttpRequestException">It is no such JSON.</exception>
    public static PostmarkBody Read(ReadOnlyMemory<byte>? json)
    {
        var text = json.GetValueOrDefault().Span;
        try
        {
            return RawEmail(text) is { } raw
                ? new(raw, null)
                : new(null, (JsonSerializer.Deserialize<PostmarkMail>(text, WebhookJson.Options) ?? throw new BadHttpRequestException("The body is null.")).ToFields());
        }
        catch (JsonException unreadable)
        {
            throw new BadHttpRequestException("The body is no JSON of this form.", unreadable);
        }
        catch (InvalidOperationException unreadable)
        {
            throw new BadHttpRequestException("The body is no Unicode text.", unreadable);
        }
    }

    /// <summary>The mail itself, taken out without going through a text of 16 bits for each byte.</summary>
    private static ReadOnlyMemory<byte>? RawEmail(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = WebhookJson.Options.MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is not JsonTokenType.PropertyName || reader.CurrentDepth != 1 || !reader.ValueTextEquals("RawEmail"u8))
                continue;
            reader.Read();
            if (reader.TokenType is not JsonTokenType.String || reader.ValueSpan.IsEmpty)
                continue;
            var raw = new byte[reader.ValueSpan.Length];
            return raw.AsMemory(0, reader.CopyString(raw));
        }

        return null;
    }
}
