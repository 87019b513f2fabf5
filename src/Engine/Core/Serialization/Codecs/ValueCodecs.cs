using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Numerics;
using System.Text;
using FteAgent.Engine.CodeGeneration;

namespace FteAgent.Engine;

internal sealed class StringCodec() : ScalarCodec<string>(WireKind.Bytes)
{
    public override void Write(ref WireWriter to, string value) => to.WriteText(value);

    protected override string Get(ref WireReader from) => from.ReadText();
}

internal sealed class ByteArrayCodec() : ScalarCodec<byte[]>(WireKind.Bytes)
{
    public override void Write(ref WireWriter to, byte[] value) => to.WriteBytes(value);

    protected override byte[] Get(ref WireReader from) => from.ReadBytes().ToArray();
}

internal sealed class DateTimeCodec() : ScalarCodec<DateTime>(WireKind.Fixed8)
{
    public override void Write(ref WireWriter to, DateTime value) => to.WriteFixed8((ulong)value.ToBinary());

    protected override DateTime Get(ref WireReader from) => DateTime.FromBinary((long)from.ReadFixed8());
}

internal sealed class DateOnlyCodec() : ScalarCodec<DateOnly>(WireKind.Varint)
{
    public override void Write(ref WireWriter to, DateOnly value) => to.WriteVarint((uint)value.DayNumber);

    protected override DateOnly Get(ref WireReader from) => DateOnly.FromDayNumber(checked((int)from.ReadVarint()));
}

internal sealed class TimeOnlyCodec() : ScalarCodec<TimeOnly>(WireKind.Varint)
{
    public override void Write(ref WireWriter to, TimeOnly value) => to.WriteVarint((ulong)value.Ticks);

    protected override TimeOnly Get(ref WireReader from) => new(checked((long)from.ReadVarint()));
}

internal sealed class TimeSpanCodec() : ScalarCodec<TimeSpan>(WireKind.Varint)
{
    public override void Write(ref WireWriter to, TimeSpan value) => to.WriteSigned(value.Ticks);

    protected override TimeSpan Get(ref WireReader from) => new(from.ReadSigned());
}

internal sealed class RuneCodec() : ScalarCodec<Rune>(WireKind.Varint)
{
    public override void Write(ref WireWriter to, Rune value) => to.WriteVarint((uint)value.Value);

    protected override Rune Get(ref WireReader from) => new(checked((uint)from.ReadVarint()));
}

internal sealed class IndexCodec() : ScalarCodec<Index>(WireKind.Varint)
{
    public override void Write(ref WireWriter to, Index value) => to.WriteVarint(((ulong)(uint)value.Value << 1) | (value.IsFromEnd ? 1u : 0));

    protected override Index Get(ref WireReader from) => Decode(from.ReadVarint());

    private static Index Decode(ulong bits) => new(checked((int)(bits >> 1)), fromEnd: (bits & 1) != 0);
}

internal sealed class BigIntegerCodec() : ScalarCodec<BigInteger>(WireKind.Bytes)
{
    public override void Write(ref WireWriter to, BigInteger value) => to.WriteBytes(value.ToByteArray());

    protected override BigInteger Get(ref WireReader from) => new(from.ReadBytes());
}

internal sealed class UriCodec() : ScalarCodec<Uri>(WireKind.Bytes)
{
    public override void Write(ref WireWriter to, Uri value) => to.WriteText(value.OriginalString);

    protected override Uri Get(ref WireReader from) => new(from.ReadText(), UriKind.RelativeOrAbsolute);
}

internal sealed class VersionCodec() : ScalarCodec<Version>(WireKind.Bytes)
{
    public override void Write(ref WireWriter to, Version value) => to.WriteText(value.ToString());

    protected override Version Get(ref WireReader from) => Version.Parse(from.ReadText());
}

internal sealed class GuidCodec() : ScalarCodec<Guid>(WireKind.Fixed16)
{
    public override void Write(ref WireWriter to, Guid value) => value.TryWriteBytes(to.Take(16));

    protected override Guid Get(ref WireReader from) => new(from.Take(16));
}

internal sealed class ComplexCodec() : ScalarCodec<Complex>(WireKind.Fixed16)
{
    public override void Write(ref WireWriter to, Complex value)
    {
        to.WriteFixed8(BitConverter.DoubleToUInt64Bits(value.Real));
        to.WriteFixed8(BitConverter.DoubleToUInt64Bits(value.Imaginary));
    }

    protected override Complex Get(ref WireReader from)
    {
        var real = BitConverter.UInt64BitsToDouble(from.ReadFixed8());
        return new(real, BitConverter.UInt64BitsToDouble(from.ReadFixed8()));
    }
}

internal sealed class RangeCodec() : ScalarCodec<Range>(WireKind.Fixed8)
{
    public override void Write(ref WireWriter to, Range value)
    {
        to.WriteFixed4(Bits(value.Start));
        to.WriteFixed4(Bits(value.End));
    }

    protected override Range Get(ref WireReader from)
    {
        var start = Of(from.ReadFixed4());
        return new(start, Of(from.ReadFixed4()));
    }

    private static uint Bits(Index index) => (uint)(index.IsFromEnd ? ~index.Value : index.Value);

    private static Index Of(uint bits) => (int)bits < 0 ? new(~(int)bits, fromEnd: true) : new((int)bits);
}

/// <summary>Universal time is eight bytes; only one that was noted elsewhere takes its distance along.</summary>
internal sealed class DateTimeOffsetCodec() : Codec<DateTimeOffset>(WireKind.Fixed8, isNumbered: false)
{
    private const uint Ticks = 8;
    private const uint Minutes = 16;

    private protected override WireKind KindOf(DateTimeOffset value) => value.Offset == TimeSpan.Zero ? WireKind.Fixed8 : WireKind.Object;

    public override void Write(ref WireWriter to, DateTimeOffset value)
    {
        if (value.Offset == TimeSpan.Zero)
        {
            to.WriteFixed8((ulong)value.Ticks);
            return;
        }

        to.BeginObject();
        to.WriteTag(Ticks | (uint)WireKind.Fixed8);
        to.WriteFixed8((ulong)value.Ticks);
        to.WriteTag(Minutes | (uint)WireKind.Varint);
        to.WriteSigned(value.TotalOffsetMinutes);
        to.EndObject();
    }

    public override DateTimeOffset Read(ref WireReader from, WireKind kind)
    {
        if (kind == WireKind.Fixed8) return new((long)from.ReadFixed8(), TimeSpan.Zero);

        from.BeginObject(kind);
        var (ticks, minutes) = (0L, 0L);
        uint tag;
        while ((tag = from.NextField()) > WireTag.NextLevel)
        {
            switch (tag)
            {
                case Ticks | (uint)WireKind.Fixed8: ticks = (long)from.ReadFixed8(); break;
                case Minutes | (uint)WireKind.Varint: minutes = from.ReadSigned(); break;
                default: from.SkipField(tag); break;
            }
        }

        from.EndObject(tag);
        return new(ticks, new TimeSpan(checked(minutes * TimeSpan.TicksPerMinute)));
    }
}

internal sealed class IPAddressCodec() : ScalarCodec<IPAddress>(WireKind.Bytes)
{
    public override void Write(ref WireWriter to, IPAddress value) => to.WriteBytes(Addresses.ToBytes(value));

    protected override IPAddress Get(ref WireReader from) => Addresses.Of(from.ReadBytes());
}

internal sealed class IPEndPointCodec() : ScalarCodec<IPEndPoint>(WireKind.Bytes)
{
    public override void Write(ref WireWriter to, IPEndPoint value)
    {
        var address = Addresses.ToBytes(value.Address);
        to.WriteVarint((uint)address.Length + sizeof(ushort));
        address.CopyTo(to.Take(address.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(to.Take(sizeof(ushort)), (ushort)value.Port);
    }

    protected override IPEndPoint Get(ref WireReader from)
    {
        var bytes = from.ReadBytes();
        if (bytes.Length < sizeof(ushort)) throw from.Malformed("an endpoint has no port");

        return new(Addresses.Of(bytes[..^sizeof(ushort)]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[^sizeof(ushort)..]));
    }
}

/// <summary>Four or sixteen bytes, and after sixteen the link that a local address is of.</summary>
internal static class Addresses
{
    private const int V6 = 16;

    public static byte[] ToBytes(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.ScopeId == 0) return bytes;

        Array.Resize(ref bytes, V6 + sizeof(long));
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(V6), address.ScopeId);
        return bytes;
    }

    public static IPAddress Of(ReadOnlySpan<byte> bytes) =>
        bytes.Length == V6 + sizeof(long) ? new(bytes[..V6], BinaryPrimitives.ReadInt64LittleEndian(bytes[V6..])) : new(bytes);
}
