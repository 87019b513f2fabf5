using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace FteAgent.Customers;

/// <summary>
/// A customer, and so also their one conversation, which lasts for ever. Written as 32 hexadecimal digits,
/// which is the conversation grain's key too.
/// </summary>
/// <param name="Value">The id's 128 bits.</param>
[GenerateSerializer, Immutable, Alias("fte.customer-id")]
public readonly record struct CustomerId([property: Id(0)] Guid Value) : IParsable<CustomerId>
{
    /// <summary>
    /// The id of whoever is new under this identifier. A browser's session makes its customer's id (a version 8 UUID of its SHA-256; RFC 9562,
    /// section 5.8), so that the conversation's token can be given before the record has heard of them; every other one is minted.
    /// </summary>
    public static CustomerId New(CustomerIdentifier identifier, TimeProvider time)
    {
        if (identifier.Kind is not IdentifierKind.WebSession)
            return new(Guid.CreateVersion7(time.GetUtcNow()));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"customer\n{identifier.Value}"), hash);
        hash[6] = (byte)(hash[6] & 0x0F | 0x80);
        hash[8] = (byte)(hash[8] & 0x3F | 0x80);
        return new(new Guid(hash[..16], bigEndian: true));
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("N");

    /// <summary>Reads what <see cref="ToString"/> wrote; throws <see cref="FormatException"/> on anything else.</summary>
    public static CustomerId Parse(string s, IFormatProvider? provider = null) => new(Guid.ParseExact(s, "N"));

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out CustomerId result)
    {
        var read = Guid.TryParseExact(s, "N", out var value);
        result = new(value);
        return read;
    }
}
