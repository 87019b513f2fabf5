using System.Buffers;

namespace FteAgent.Engine;

/// <summary>A piece of what waits to be sent.</summary>
internal sealed class Segment(int atLeast)
{
    /// <summary>The usual size: a thousand small frames, and no more than an idle connection may keep.</summary>
    public const int UsualBytes = 64 * 1024;

    public byte[] Bytes { get; } = ArrayPool<byte>.Shared.Rent(Math.Max(atLeast, UsualBytes));

    /// <summary>How much of it is filled.</summary>
    public int Length { get; set; }

    public Segment? Next { get; set; }

    public int Free => Bytes.Length - Length;

    public void Return() => ArrayPool<byte>.Shared.Return(Bytes);
}
