using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using FteAgent.Engine;
using Microsoft.Extensions.Logging.Abstractions;

namespace FteAgent.Bench.Engine.CrossSilo;

/// <summary>Frames of the same sizes by the built-in engine's connections, without grains: what the engine's network costs by itself.</summary>
internal sealed class FrameEcho : IPeerHandler, IAsyncDisposable
{
    private const byte Request = 1;
    private const byte Response = 2;
    private const int HeaderBytes = 5;

    private readonly Waiters _waiters = new();
    private readonly Peers _peers;
    private SiloAddress _self;
    private IPeerConnection? _connection;

    private FrameEcho(int generation)
    {
        _self = SiloAddress.New(IPAddress.Loopback, 1, generation);
        _peers = new(new("bench", new(IPAddress.Loopback, 0), new() { ClusterSecret = "measured with the handshake in place" }), () => _self, TimeProvider.System, NullLogger<Peers>.Instance);
    }

    /// <summary>Begins to answer, and gives the address.</summary>
    public static async Task<(FrameEcho Echo, string Address)> Serve(int generation)
    {
        var echo = new FrameEcho(generation);
        await echo._peers.Start(echo, CancellationToken.None);
        echo._self = SiloAddress.New(echo._peers.Endpoint!, generation);
        return (echo, echo._self.ToParsableString());
    }

    public async Task Dial(string address) => _connection = await _peers.Connect(SiloAddress.FromParsableString(address), CancellationToken.None);

    public async ValueTask Call(int caller)
    {
        var response = _waiters.Wait(caller);
        if (!await _connection!.Send(Request, caller, static (writer, number) => Write(writer, number, TcpEcho.RequestBytes))) throw new IOException("The connection is closed.");
        await response;
    }

    public void Received(IPeerConnection from, byte kind, ReadOnlySpan<byte> payload)
    {
        var number = BinaryPrimitives.ReadInt32LittleEndian(payload);
        if (kind == Response) _waiters.Answer(number);
        else if (from.Send(Response, number, static (writer, number) => Write(writer, number, TcpEcho.ResponseBytes)) is { IsCompletedSuccessfully: false } full) _ = full.AsTask();
    }

    public void Closed(IPeerConnection connection, string reason)
    {
    }

    public ValueTask DisposeAsync() => _peers.DisposeAsync();

    private static void Write(IBufferWriter<byte> writer, int number, int bytes)
    {
        BinaryPrimitives.WriteInt32LittleEndian(writer.GetSpan(bytes), number);
        writer.Advance(bytes - HeaderBytes);
    }
}
