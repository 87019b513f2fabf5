using System.Diagnostics.CodeAnalysis;
using FteAgent.Conversations;

namespace FteAgent.Tickets;

/// <summary>A ticket's public id: a ULID (26 characters, Crockford's base 32, sorts by time). Knowing it shows nothing without the conversation's token.</summary>
/// <param name="Value">The 26 characters, in upper case.</param>
[GenerateSerializer, Immutable, Alias("fte.ticket-id")]
public readonly record struct TicketId([property: Id(0)] string Value) : IParsable<TicketId>
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>How many characters an id has.</summary>
    public const int Length = 26;

    /// <summary>Makes a new id: 48 bits of milliseconds, then 80 random bits. Source: the ULID specification.</summary>
    public static TicketId Mint(TimeProvider time)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Security.Cryptography.RandomNumberGenerator.Fill(bytes);
        var milliseconds = time.GetUtcNow().ToUnixTimeMilliseconds();
        for (var i = 0; i < 6; i++)
            bytes[i] = (byte)(milliseconds >> (40 - 8 * i));
        return Written(bytes);
    }

    /// <summary>
    /// The id that a message's ticket has wherever it is asked for: it follows from the message's own, so a request that is sent again is
    /// told the same one before anything is in the record. It does not sort by time.
    /// </summary>
    public static TicketId Of(MessageId message)
    {
        Span<byte> hash = stackalloc byte[System.Security.Cryptography.SHA256.HashSizeInBytes];
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"ticket\n{message}"), hash);
        return Written(hash[..16]);
    }

    private static TicketId Written(ReadOnlySpan<byte> bytes)
    {
        var number = new UInt128(
            System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes),
            System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
        return new(string.Create(Length, number, static (text, value) =>
        {
            for (var i = Length - 1; i >= 0; i--, value >>= 5)
                text[i] = Alphabet[(int)(value & 31)];
        }));
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    /// <summary>Reads an id in either case; throws <see cref="FormatException"/> on anything else.</summary>
    public static TicketId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("A ticket id is 26 characters of Crockford's base 32.");

    /// <summary>Reads an id in either case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TicketId result)
    {
        var upper = s is { Length: Length } ? s.ToUpperInvariant() : null;
        var valid = upper is not null && upper.AsSpan().IndexOfAnyExcept(Alphabet) < 0 && upper[0] <= '7';
        result = new(valid ? upper! : "");
        return valid;
    }
}
