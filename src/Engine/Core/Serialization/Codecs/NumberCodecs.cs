using System.Runtime.CompilerServices;
using FteAgent.Engine.CodeGeneration;

namespace FteAgent.Engine;

// A number that has grown too large for its reader fails there: a smaller one still arrives.

internal sealed class BooleanCodec() : ScalarCodec<bool>(WireKind.Varint)
{
    public override void Write(ref WireWriter to, bool value) => to.WriteByte(value ? (byte)1 : (byte)0);

    protected override bool Get(ref WireReader from) => from.ReadVarint() switch
    {
        0 => false,
        1 => true,
        _ => throw from.Malformed("a truth value is neither 0 nor 1"),
    };
}

internal sealed class ByteCodec() : ScalarCodec<byte>(WireKind.Varint)
{
    public override void Write(ref WireWriter to, byte value) => to.WriteVarint(value);

    protected override byte Get(ref WireReader from) => checked((byte)from.ReadVarint());
}

internal sealed class SByteCodec() : ScalarCodec<sbyte>(WireKind.Varint)
{
    public override void Write(ref WireWriter to, sbyte value) => to.WriteSigned(value);

    protected override sbyte Get(ref WireReader from) => checked((sbyte)from.ReadSigned());
}

internal sealed class Int16Codec() : ScalarCodec<short>(WireKind.Varint)
{
    public override void Write(ref WireWriter to, short value) => to.WriteSigned(value);

    protected override short Get(ref WireReader from) => checked((short)from.ReadSigned());
}

internal sealed class UInt16Codec() : ScalarCodec<ushort>(WireKind.Varint)
{
    public override void Write(ref WireWriter to, ushort value) => to.WriteVarint(value);

    protected override ushort Get(ref WireReader from) => checked((ushort)from.ReadVarint());
}

internal sealed class Int32Codec() : ScalarCodec<int>(WireKind.Varint)
{
    public override void Write(ref WireWriter to, int value) => to.WriteSigned(value);

    protected override int Get(ref WireReader from) => checked((int)from.ReadSigned());
}

internal sealed class UInt32Codec() : ScalarCodec<uint>(WireKind.Varint)
{
    public override void Write(ref WireWriter to, uint value) => to.WriteVarint(value);

    protected override uint Get(ref WireReader from) => checked((uint)from.ReadVarint());
}

internal sealed class Int64Codec() : ScalarCodec<long>(WireKind.Varint)
{
    public override void Write(ref WireWriter to, long value) => to.WriteSigned(value);

    protected override long Get(ref WireReader from) => from.ReadSigned();
}

internal sealed class UInt64Codec() : ScalarCodec<ulong>(WireKind.Varint)
{
    public override void Write(ref WireWriter to, ulong value) => to.WriteVarint(value);

    protected override ulong Get(ref WireReader from) => from.ReadVarint();
}

internal sealed class NativeIntCodec() : ScalarCodec<nint>(WireKind.Varint)
{
    public override void Write(ref WireWriter to, nint value) => to.WriteSigned(value);

    protected override nint Get(ref WireReader from) => checked((nint)from.ReadSigned());
}

internal sealed class NativeUIntCodec() : ScalarCodec<nuint>(WireKind.Varint)
{
    public override void Write(ref WireWriter to, nuint value) => to.WriteVarint(value);

    protected override nuint Get(ref WireReader from) => checked((nuint)from.ReadVarint());
}

internal sealed class CharCodec() : ScalarCodec<char>(WireKind.Varint)
{
    public override void Write(ref WireWriter to, char value) => to.WriteVarint(value);

    protected override char Get(ref WireReader from) => checked((char)from.ReadVarint());
}

internal sealed class SingleCodec() : ScalarCodec<float>(WireKind.Fixed4)
{
    public override void Write(ref WireWriter to, float value) => to.WriteFixed4(BitConverter.SingleToUInt32Bits(value));

    protected override float Get(ref WireReader from) => BitConverter.UInt32BitsToSingle(from.ReadFixed4());
}

internal sealed class DoubleCodec() : ScalarCodec<double>(WireKind.Fixed8)
{
    public override void Write(ref WireWriter to, double value) => to.WriteFixed8(BitConverter.DoubleToUInt64Bits(value));

    protected override double Get(ref WireReader from) => BitConverter.UInt64BitsToDouble(from.ReadFixed8());
}

internal sealed class HalfCodec() : ScalarCodec<Half>(WireKind.Varint)
{
    public override void Write(ref WireWriter to, Half value) => to.WriteVarint(BitConverter.HalfToUInt16Bits(value));

    protected override Half Get(ref WireReader from) => BitConverter.UInt16BitsToHalf(checked((ushort)from.ReadVarint()));
}

internal sealed class Int128Codec() : ScalarCodec<Int128>(WireKind.Fixed16)
{
    public override void Write(ref WireWriter to, Int128 value) => to.WriteFixed16(unchecked((UInt128)value));

    protected override Int128 Get(ref WireReader from) => unchecked((Int128)from.ReadFixed16());
}

internal sealed class UInt128Codec() : ScalarCodec<UInt128>(WireKind.Fixed16)
{
    public override void Write(ref WireWriter to, UInt128 value) => to.WriteFixed16(value);

    protected override UInt128 Get(ref WireReader from) => from.ReadFixed16();
}

internal sealed class DecimalCodec() : ScalarCodec<decimal>(WireKind.Fixed16)
{
    public override void Write(ref WireWriter to, decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        foreach (var part in parts) to.WriteFixed4((uint)part);
    }

    protected override decimal Get(ref WireReader from)
    {
        Span<int> parts = stackalloc int[4];
        foreach (ref var part in parts) part = (int)from.ReadFixed4();
        return new(parts);
    }
}

internal sealed class EnumCodec<T>() : ScalarCodec<T>(WireKind.Varint) where T : struct, Enum
{
    private static readonly TypeCode Underlying = Type.GetTypeCode(typeof(T));

    public override void Write(ref WireWriter to, T value)
    {
        switch (Underlying)
        {
            case TypeCode.SByte: to.WriteSigned(Unsafe.BitCast<T, sbyte>(value)); break;
            case TypeCode.Int16: to.WriteSigned(Unsafe.BitCast<T, short>(value)); break;
            case TypeCode.Int32: to.WriteSigned(Unsafe.BitCast<T, int>(value)); break;
            case TypeCode.Int64: to.WriteSigned(Unsafe.BitCast<T, long>(value)); break;
            case TypeCode.Byte: to.WriteVarint(Unsafe.BitCast<T, byte>(value)); break;
            case TypeCode.UInt16: to.WriteVarint(Unsafe.BitCast<T, ushort>(value)); break;
            case TypeCode.UInt32: to.WriteVarint(Unsafe.BitCast<T, uint>(value)); break;
            default: to.WriteVarint(Unsafe.BitCast<T, ulong>(value)); break;
        }
    }

    protected override T Get(ref WireReader from) => Underlying switch
    {
        TypeCode.SByte => Unsafe.BitCast<sbyte, T>(checked((sbyte)from.ReadSigned())),
        TypeCode.Int16 => Unsafe.BitCast<short, T>(checked((short)from.ReadSigned())),
        TypeCode.Int32 => Unsafe.BitCast<int, T>(checked((int)from.ReadSigned())),
        TypeCode.Int64 => Unsafe.BitCast<long, T>(from.ReadSigned()),
        TypeCode.Byte => Unsafe.BitCast<byte, T>(checked((byte)from.ReadVarint())),
        TypeCode.UInt16 => Unsafe.BitCast<ushort, T>(checked((ushort)from.ReadVarint())),
        TypeCode.UInt32 => Unsafe.BitCast<uint, T>(checked((uint)from.ReadVarint())),
        _ => Unsafe.BitCast<ulong, T>(from.ReadVarint()),
    };
}
