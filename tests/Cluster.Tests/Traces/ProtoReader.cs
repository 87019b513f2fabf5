using System.Text;

namespace FteAgent.Cluster.Traces;

/// <summary>Reads a message of Protocol Buffers field by field (the wire format's own description: varint, 64 bits, bytes, 32 bits).</summary>
internal ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> left = message;

    /// <summary>The field that was read last.</summary>
    public int Field { get; private set; }

    /// <summary>Its bytes, where it has a length: a text, bytes, or another message.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    public readonly string Text => Encoding.UTF8.GetString(Bytes);

    public readonly string Hex => Convert.ToHexStringLower(Bytes);

    /// <summary>Goes to the next field; false at the end.</summary>
    public bool Next()
    {
        if (left.IsEmpty)
            return false;
        var key = Varint();
        Field = (int)(key >> 3);
        Bytes = default;
        switch (key & 7)
        {
            case 0:
                Varint();
                break;
            case 1:
                left = left[8..];
                break;
            case 2:
                var length = (int)Varint();
                Bytes = left[..length];
                left = left[length..];
                break;
            case 5:
                left = left[4..];
                break;
            default:
                throw new InvalidDataException($"Wire type {key & 7} is not in use.");
        }

        return true;
    }

    private ulong Varint()
    {
        var value = 0UL;
        for (var (i, shift) = (0, 0); ; i++, shift += 7)
        {
            value |= (ulong)(left[i] & 0x7f) << shift;
            if ((left[i] & 0x80) != 0)
                continue;
            left = left[(i + 1)..];
            return value;
        }
    }
}
