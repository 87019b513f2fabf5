using System.Buffers.Binary;
using System.Net.Sockets;

namespace FteAgent.Engine;

/// <summary>Sends and reads handshake messages on a socket: never more than one message's bytes, so that what follows stays for the frames.</summary>
internal static class HandshakeChannel
{
    public static async Task Send(Socket socket, byte[] message, CancellationToken cancellationToken)
    {
        for (var sent = 0; sent < message.Length;)
            sent += await socket.SendAsync(message.AsMemory(sent), SocketFlags.None, cancellationToken).ConfigureAwait(false);
    }

    public static async Task<byte[]> Receive(Socket socket, CancellationToken cancellationToken)
    {
        var header = new byte[HandshakeWriter.HeaderBytes];
        await Fill(socket, header, cancellationToken).ConfigureAwait(false);
        if (!header.AsSpan().StartsWith(PeerProtocol.Magic)) throw new HandshakeException("the other end is no silo of this engine");

        var length = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(PeerProtocol.Magic.Length));
        if (length > PeerProtocol.MaxHandshakeBytes - HandshakeWriter.HeaderBytes) throw new HandshakeException("a handshake message was too long");

        var message = new byte[HandshakeWriter.HeaderBytes + length];
        header.CopyTo(message, 0);
        await Fill(socket, message.AsMemory(HandshakeWriter.HeaderBytes), cancellationToken).ConfigureAwait(false);
        return message;
    }

    private static async Task Fill(Socket socket, Memory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            var read = await socket.ReceiveAsync(bytes, SocketFlags.None, cancellationToken).ConfigureAwait(false);
            if (read == 0) throw new HandshakeException("the other end hung up during the handshake") { IsHangUp = true };
            bytes = bytes[read..];
        }
    }
}
