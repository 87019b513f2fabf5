using System.Buffers;
using System.Buffers.Binary;
using FteAgent.Engine.CodeGeneration;

namespace FteAgent.Engine;

/// <summary>The caller of a call that came from another silo: takes the response and sends it there.</summary>
internal sealed class RemoteCaller(RemoteCalls calls, IPeerConnection connection, ulong id) : IResponseSink
{
    private static readonly Action<IBufferWriter<byte>, RemoteCaller> WriteResponse = static (to, caller) => caller.Write(to);

    private byte[]? _response;
    private int _length;

    public IPeerConnection Connection => connection;

    /// <summary>The number under which the caller sent it.</summary>
    public ulong Id => id;

    /// <summary>Whether the caller may yet say that it has cancelled.</summary>
    public bool MayCancel { get; set; }

    /// <summary>This silo cannot run the call: the caller is to send it again.</summary>
    public void Refuse(GrainRequest request) => calls.Refuse(request, this);

    public void Respond(GrainRequest request, ReadOnlySpan<byte> response)
    {
        InFlightCalls.Leave(request);
        calls.Settled(this);

        // Kept aside, since a full connection takes it later, when the bytes given here are somebody else's.
        _response = ArrayPool<byte>.Shared.Rent(response.Length);
        _length = response.Length;
        response.CopyTo(_response);
        calls.Post(connection, FrameKind.Response, this, WriteResponse);
    }

    private void Write(IBufferWriter<byte> to)
    {
        var frame = to.GetSpan(sizeof(ulong) + _length);
        BinaryPrimitives.WriteUInt64LittleEndian(frame, id);
        _response.AsSpan(0, _length).CopyTo(frame[sizeof(ulong)..]);
        to.Advance(sizeof(ulong) + _length);
        ArrayPool<byte>.Shared.Return(_response!);
        _response = null;
    }
}
