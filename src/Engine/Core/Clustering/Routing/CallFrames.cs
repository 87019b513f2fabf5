using System.Buffers;
using System.Buffers.Binary;
using FteAgent.Engine.CodeGeneration;

namespace FteAgent.Engine;

/// <summary>What stands before a call's own bytes.</summary>
/// <param name="Id">The number under which the answer is to come; 0 when none is wanted.</param>
/// <param name="View">The version of the view by which the sender chose the receiver.</param>
/// <param name="TimeLeft">How long the caller will wait yet, in milliseconds.</param>
/// <param name="Hops">How often it has been passed on.</param>
internal readonly record struct RequestHeader(ulong Id, long View, uint TimeLeft, byte Hops)
{
    public const int Length = sizeof(ulong) + sizeof(long) + sizeof(uint) + sizeof(byte);

    public void Write(Span<byte> to)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(to, Id);
        BinaryPrimitives.WriteInt64LittleEndian(to[8..], View);
        BinaryPrimitives.WriteUInt32LittleEndian(to[16..], TimeLeft);
        to[20] = Hops;
    }

    public static RequestHeader Read(ReadOnlySpan<byte> from) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(from), BinaryPrimitives.ReadInt64LittleEndian(from[8..]),
        BinaryPrimitives.ReadUInt32LittleEndian(from[16..]), from[20]);
}

/// <summary>Writes the frames about calls.</summary>
internal static class CallFrames
{
    public static void Write(IBufferWriter<byte> to, in RequestHeader header, GrainRequest request)
    {
        header.Write(to.GetSpan(RequestHeader.Length));
        to.Advance(RequestHeader.Length);
        Wire.WriteRequest(to, request);
    }

    public static void WriteNumbers(IBufferWriter<byte> to, (ulong Id, long Version) numbers)
    {
        var span = to.GetSpan(2 * sizeof(ulong));
        BinaryPrimitives.WriteUInt64LittleEndian(span, numbers.Id);
        BinaryPrimitives.WriteInt64LittleEndian(span[sizeof(ulong)..], numbers.Version);
        to.Advance(2 * sizeof(ulong));
    }

    public static (ulong Id, long Version) ReadNumbers(ReadOnlySpan<byte> from) =>
        (BinaryPrimitives.ReadUInt64LittleEndian(from), BinaryPrimitives.ReadInt64LittleEndian(from[sizeof(ulong)..]));
}
