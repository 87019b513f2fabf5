using System.Buffers.Text;
using System.Text.Json;

namespace FteAgent.Channels.Email.Gmail;

/// <summary>An answer as it came, up to a limit.</summary>
/// <param name="Buffer">Where it lies.</param>
/// <param name="Length">How many bytes of it.</param>
/// <param name="IsWhole">Whether it ends there.</param>
internal sealed record Downloaded(byte[] Buffer, int Length, bool IsWhole);

/// <summary>Takes a mail out of Gmail's answer, where it lies: a large one is not copied.</summary>
internal static class GmailRaw
{
    /// <summary>The mail, with what else the answer says of it; null where it holds none. The answer is of no use afterwards.</summary>
    /// <exception cref="MailboxUnavailableException">It is no answer of Gmail's.</exception>
    /// <exception cref="InvalidDataException">The mail is no base64url.</exception>
    public static (MessageAnswer Message, ReadOnlyMemory<byte> Raw)? Take(Downloaded answer)
    {
        try
        {
            var text = answer.Buffer.AsSpan(0, answer.Length);
            return JsonSerializer.Deserialize<MessageAnswer>(text, GmailClient.Json) is { } message && Find(text) is { } found
                ? (message, answer.Buffer.AsMemory(found.Start, Base64Url.DecodeFromUtf8InPlace(text.Slice(found.Start, found.Length))))
                : null;
        }
        catch (JsonException)
        {
            throw new MailboxUnavailableException("Gmail answered what is no JSON of its own");
        }
        catch (FormatException)
        {
            throw new InvalidDataException("Gmail gave a mail that is no base64url.");
        }
    }

    /// <summary>Where the text of <c>raw</c> stands.</summary>
    private static (int Start, int Length)? Find(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is not JsonTokenType.PropertyName || reader.CurrentDepth != 1 || !reader.ValueTextEquals("raw"u8))
                continue;
            reader.Read();
            // Behind the quotation mark. base64url holds nothing that would be escaped.
            return reader is { TokenType: JsonTokenType.String, ValueIsEscaped: false } ? ((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length) : null;
        }

        return null;
    }
}
