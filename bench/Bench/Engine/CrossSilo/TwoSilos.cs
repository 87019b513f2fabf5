using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace FteAgent.Bench.Engine.CrossSilo;

/// <summary>Where the two silos of the bench listen.</summary>
internal sealed record TwoSilos(int First, int Second, int FirstGateway, int SecondGateway)
{
    public static TwoSilos OnFreePorts()
    {
        var sockets = Enumerable.Range(0, 4).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)).ToArray();
        try
        {
            foreach (var socket in sockets) socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            var ports = sockets.Select(socket => ((IPEndPoint)socket.LocalEndPoint!).Port).ToArray();
            return new(ports[0], ports[1], ports[2], ports[3]);
        }
        finally
        {
            foreach (var socket in sockets) socket.Dispose();
        }
    }

    public static TwoSilos Parse(string text)
    {
        var ports = text.Split(',').Select(port => int.Parse(port, CultureInfo.InvariantCulture)).ToArray();
        return new(ports[0], ports[1], ports[2], ports[3]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First},{Second},{FirstGateway},{SecondGateway}");
}
