using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FteAgent.Testing;

/// <summary>
/// Stands before the mock broker, which knows neither TLS nor SASL: ends TLS, lets in by SCRAM-SHA-512 only who knows the password, and passes on
/// what follows. It is strict: nothing but ApiVersions and SASL is answered before. Sources: Kafka's protocol guide; RFC 5802.
/// </summary>
internal sealed class ScramTlsProxy : IAsyncDisposable
{
    private const short ApiVersions = 18;
    private const short SaslHandshake = 17;
    private const short SaslAuthenticate = 36;
    private const int FrameLimit = 4 * 1024 * 1024;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly X509Certificate2 certificate = Certificate();
    private readonly ScramServer scram;
    private Task accepting = Task.CompletedTask;
    private IPEndPoint broker = null!;
    private int entered;
    private int refused;

    private ScramTlsProxy(string user, string password) => scram = new(user, password);

    /// <summary>The port that clients come to.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>The certificate, by which clients check that it is this one.</summary>
    public string Authority => certificate.ExportCertificatePem();

    /// <summary>How many connections were let in.</summary>
    public int Entered => Volatile.Read(ref entered);

    /// <summary>How many were not.</summary>
    public int Refused => Volatile.Read(ref refused);

    /// <summary>Listens; where the broker is must be said before anybody comes.</summary>
    public static ScramTlsProxy Listen(string user, string password)
    {
        var proxy = new ScramTlsProxy(user, password);
        proxy.listener.Start();
        return proxy;
    }

    /// <summary>Passes on to this broker from now on.</summary>
    public void PassOnTo(IPEndPoint to)
    {
        broker = to;
        accepting = Accept();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        certificate.Dispose();
        stop.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
                _ = Serve(await listener.AcceptTcpClientAsync(stop.Token));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task Serve(TcpClient client)
    {
        try
        {
            using (client)
            await using (var stream = new SslStream(client.GetStream()))
            {
                await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate, EnabledSslProtocols = SslProtocols.None }, stop.Token);
                using var inner = new TcpClient();
                await inner.ConnectAsync(broker, stop.Token);
                var behind = inner.GetStream();
                if (!await Enter(stream, behind))
                {
                    Interlocked.Increment(ref refused);
                    return;
                }

                Interlocked.Increment(ref entered);
                await Task.WhenAny(stream.CopyToAsync(behind, stop.Token), behind.CopyToAsync(stream, stop.Token));
            }
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or AuthenticationException or SocketException or EndOfStreamException)
        {
        }
    }

    /// <summary>Answers until somebody has shown that they know the password; false when they do not.</summary>
    private async Task<bool> Enter(Stream client, Stream behind)
    {
        for (ScramServer.Conversation? conversation = null; ;)
        {
            var request = await Read(client);
            var (api, version, correlation) = (BinaryPrimitives.ReadInt16BigEndian(request), BinaryPrimitives.ReadInt16BigEndian(request.AsSpan(2)), request.AsMemory(4, 4));
            switch (api)
            {
                case ApiVersions when version == 0:
                    await Write(behind, request);
                    await Write(client, WithSasl(await Read(behind)));
                    break;
                case ApiVersions:
                    // UNSUPPORTED_VERSION, as brokers say to whoever is newer than they: the client asks again by version 0.
                    await Write(client, [.. correlation.Span, 0, 35, .. Entries([(ApiVersions, 0, 0)])]);
                    break;
                case SaslHandshake:
                    // No error, and the one mechanism that there is.
                    await Write(client, [.. correlation.Span, 0, 0, .. Int32(1), .. Text("SCRAM-SHA-512")]);
                    conversation = scram.Begin();
                    break;
                case SaslAuthenticate when conversation is not null && version <= 1:
                    var length = BinaryPrimitives.ReadInt32BigEndian(request.AsSpan(HeaderOf(request)));
                    var said = System.Text.Encoding.UTF8.GetString(request, HeaderOf(request) + 4, length);
                    var answer = conversation.Answer(said);
                    // SASL_AUTHENTICATION_FAILED is 58. No lifetime of the session.
                    byte[] lifetime = version >= 1 ? new byte[8] : [];
                    await Write(client, answer is null
                        ? [.. correlation.Span, 0, 58, .. Text("wrong"), .. Int32(0), .. lifetime]
                        : [.. correlation.Span, 0, 0, 0xff, 0xff, .. Bytes(answer), .. lifetime]);
                    if (answer is null)
                        return false;
                    if (conversation.IsDone)
                        return true;
                    break;
                default:
                    return false;
            }
        }
    }

    /// <summary>Where a request's body begins: behind api, version, correlation and the client's name.</summary>
    private static int HeaderOf(byte[] request) => 10 + Math.Max((short)0, BinaryPrimitives.ReadInt16BigEndian(request.AsSpan(8)));

    /// <summary>The broker's own answer to ApiVersions 0, and what this one adds to it.</summary>
    private static byte[] WithSasl(byte[] response)
    {
        var count = BinaryPrimitives.ReadInt32BigEndian(response.AsSpan(6));
        return [.. response[..6], .. Int32(count + 2), .. response[10..], .. Entry(SaslHandshake, 0, 1), .. Entry(SaslAuthenticate, 0, 1)];
    }

    private static byte[] Entries((short Api, short From, short To)[] entries) => [.. Int32(entries.Length), .. entries.SelectMany(entry => Entry(entry.Api, entry.From, entry.To))];

    private static byte[] Entry(short api, short from, short to) => [.. Int16(api), .. Int16(from), .. Int16(to)];

    private static byte[] Int16(short value) => [(byte)(value >> 8), (byte)value];

    private static byte[] Int32(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Text(string text) => [.. Int16((short)text.Length), .. System.Text.Encoding.ASCII.GetBytes(text)];

    private static byte[] Bytes(string text) => [.. Int32(text.Length), .. System.Text.Encoding.ASCII.GetBytes(text)];

    private async Task<byte[]> Read(Stream stream)
    {
        var size = new byte[4];
        await stream.ReadExactlyAsync(size, stop.Token);
        var length = BinaryPrimitives.ReadInt32BigEndian(size);
        if (length is < 8 or > FrameLimit)
            throw new IOException("That is no frame of Kafka's.");
        var frame = new byte[length];
        await stream.ReadExactlyAsync(frame, stop.Token);
        return frame;
    }

    private async Task Write(Stream stream, byte[] frame)
    {
        await stream.WriteAsync((byte[])[.. Int32(frame.Length), .. frame], stop.Token);
        await stream.FlushAsync(stop.Token);
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        // A key that is in memory alone serves no TLS on every system.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
