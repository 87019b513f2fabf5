using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace FteAgent.Storage;

/// <summary>Where a page of the inbox ended: the sort keys of its last conversation. It is what a cursor says, in letters that an address can bear.</summary>
/// <param name="First">The first key: minus the urgency, where that sorts.</param>
/// <param name="Second">The second: a time in microseconds since 1970-01-01 UTC.</param>
/// <param name="Id">The customer, as 16 bytes; none for the beginning.</param>
internal sealed record InboxPosition(long First, long Second, byte[] Id)
{
    private const int Longest = 256;

    public string Write() =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{First}.{Second}.{Convert.ToHexStringLower(Id)}")));

    /// <summary>Reads what <see cref="Write"/> wrote, or gives null: a cursor comes from outside.</summary>
    public static InboxPosition? Read(string cursor)
    {
        if (cursor.Length > Longest || !Base64Url.IsValid(cursor))
            return null;
        return Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor)).Split('.') is [var first, var second, var id]
            && long.TryParse(first, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var firstKey)
            && long.TryParse(second, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var secondKey)
            && Guid.TryParseExact(id, "N", out var customer)
            ? new(firstKey, secondKey, customer.ToByteArray(bigEndian: true))
            : null;
    }
}
