using System.Buffers;
using System.Buffers.Binary;
using FteAgent.Engine.CodeGeneration;
using Orleans.Serialization;

namespace FteAgent.Engine;

/// <summary>The caller of a call that came from another silo: takes the response and sends it there.</summary>
internal sealed class RemoteCaller(RemoteCalls calls, IPeerConnection connection, ulong id) : IResponseSink
{
    private static readonly Action<IBufferWriter<byte>, RemoteCaller> WriteResponse = static (to, caller) => caller.Write(to);

    private GrainRequest? _request;
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
        _request = request;
        _response = ArrayPool<byte>.Shared.Rent(response.Length);
        _length = response.Length;
        response.CopyTo(_response);
        calls.Post(connection, FrameKind.Response, this, WriteResponse, this);
    }

    /// <summary>The response could not be sent: what its caller is told in its place.</summary>
    public SerializerException Lost(Exception cause) => new($"{_request} has run, but its result could not be sent: {cause.Message}");

    /// <summary>Nothing more will be written.</summary>
    public void Release()
    {
        if (_response is { } response) ArrayPool<byte>.Shared.Return(response);
        (_request, _response) = (null, null);
    }

    private void Write(IBufferWriter<byte> to)
    {
        var frame = to.GetSpan(sizeof(ulong) + _length);
        BinaryPrimitives.WriteUInt64LittleEndian(frame, id);
        _response.AsSpan(0, _length).CopyTo(frame[sizeof(ulong)..]);
        to.Advance(sizeof(ulong) + _length);
        Release();
    }
}
