using System.Diagnostics.CodeAnalysis;

namespace FteAgent.Customers;

/// <summary>
/// A customer, and so also their one conversation, which lasts for ever. Written as 32 hexadecimal digits,
/// which is the conversation grain's key too.
/// </summary>
/// <param name="Value">The id's 128 bits.</param>
[GenerateSerializer, Immutable, Alias("fte.customer-id")]
public readonly record struct CustomerId([property: Id(0)] Guid Value) : IParsable<CustomerId>
{
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
