using System.Net.Sockets;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <content>How connections come about: dialled from here, or from there.</content>
internal sealed partial class Peers
{
    private async Task<IPeerConnection> Reach(SiloAddress to, CancellationToken cancellationToken)
    {
        var self = _self();
        // Whoever asks for it goes by a view that is newer or older than this silo's own incarnation, and looks again.
        if (to.Equals(self)) throw new PeerUnreachableException("A silo needs no connection to itself.");
        if (_stopping.IsCancellationRequested) throw new PeerUnreachableException("This silo stops.");

        var peer = PeerOf(to);
        if (peer.Open is { } open && !IsOurs(open)) await End(open).ConfigureAwait(false);
        return peer.Join(attempt => Dial(peer, attempt)) is { } joined
            ? await joined.Outcome.WaitAsync(cancellationToken).ConfigureAwait(false)
            : peer.Open ?? throw new PeerUnreachableException($"{to} hung up at once.");
    }

    private static Task End(PeerConnection connection)
    {
        connection.Close("this silo is a new incarnation");
        return connection.Ended;
    }

    private async Task<PeerConnection> Dial(Peer peer, DialAttempt attempt)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(attempt.GivenUp, _stopping.Token);
        var failed = true;
        try
        {
            await Task.Delay(peer.Backoff(), _time, either.Token).ConfigureAwait(false);
            var self = _self();
            var dialled = await _dialler.Dial(self, peer.Remote, DialPurpose.Link, () => peer.Commit(attempt), either.Token).ConfigureAwait(false);
            var made = Connection(new(self, peer.Remote, DialledHere: true, dialled.Number, dialled.Version), dialled.Socket);
            var counts = Keep(made, peer, attempt);
            failed = false;
            return counts;
        }
        catch (Exception exception) when (exception is HandshakeException or SocketException or OperationCanceledException)
        {
            // The other silo's own attempt may be what counts.
            var wait = exception is HandshakeException { Verdict: HandshakeVerdict.Crossed } ? _settings.Options.HandshakeTimeout : TimeSpan.Zero;
            if (await peer.Arrival(wait, _stopping.Token).ConfigureAwait(false) is { } arrived)
            {
                failed = false;
                return arrived;
            }

            var why = Why(exception);
            if (!_stopping.IsCancellationRequested) Faults.HasFailed(peer.Remote.ToString(), why);
            throw new PeerUnreachableException($"{peer.Remote} cannot be reached: {why}.", exception);
        }
        finally
        {
            peer.End(attempt, failed);
        }
    }

    private async Task Greet(Socket socket, CancellationToken cancellationToken)
    {
        var self = _self();
        var dial = await _acceptor.Run(socket, self, cancellationToken).ConfigureAwait(false);
        var verdict = Judge(dial.Hello, self);
        if (verdict == HandshakeVerdict.Accepted && dial.Hello.Purpose == DialPurpose.Link)
        {
            verdict = Welcome(socket, dial, self);
            if (verdict == HandshakeVerdict.Accepted) return;
        }

        await HandshakeChannel.Send(socket, dial.Answer(verdict), cancellationToken).ConfigureAwait(false);
        socket.Dispose();
        if (verdict != HandshakeVerdict.Accepted) throw new HandshakeException($"{verdict.InWords()} ({dial.Hello.From})", verdict);
    }

    private HandshakeVerdict Judge(Hello hello, SiloAddress self)
    {
        if (hello.ClusterId != _settings.ClusterId) return HandshakeVerdict.WrongCluster;
        if (!hello.To.Equals(self) || hello.From.Endpoint.Equals(self.Endpoint)) return HandshakeVerdict.NotTheOneMeant;
        if (_stopping.IsCancellationRequested || hello.Purpose is not (DialPurpose.Link or DialPurpose.Probe)) return HandshakeVerdict.Unavailable;

        var newer = _peers.Any(peer => peer.Key.Generation > hello.From.Generation && peer.Key.Endpoint.Equals(hello.From.Endpoint) && peer.Value.Open is not null);
        return newer ? HandshakeVerdict.Superseded : HandshakeVerdict.Accepted;
    }

    private HandshakeVerdict Welcome(Socket socket, ProvenDial dial, SiloAddress self)
    {
        Peer peer;
        try
        {
            peer = PeerOf(dial.Hello.From);
        }
        catch (PeerUnreachableException)
        {
            return HandshakeVerdict.Unavailable;
        }

        var made = Connection(new(self, dial.Hello.From, DialledHere: false, dial.Hello.DialNumber, dial.Version), socket);

        // Before all frames: the moment it counts here, any thread may send by it.
        made.Precede(dial.Answer(HandshakeVerdict.Accepted));
        var verdict = peer.Accept(made, dial.LastTaken, out var replaced);
        replaced?.Close("the other end lost it and has made a new one");
        if (verdict == HandshakeVerdict.Accepted) Begin(made);
        return verdict;
    }

    private PeerConnection Keep(PeerConnection made, Peer peer, DialAttempt attempt)
    {
        PeerConnection? counts = null;
        try
        {
            counts = peer.Complete(attempt, made);
        }
        finally
        {
            if (counts != made) made.Close("another connection counts");
        }

        if (counts == made) Begin(made);
        return counts;
    }

    private void Begin(PeerConnection made)
    {
        _connections[made] = 0;
        Supersede(made.Remote);
        PeerLog.Connected(_logger, made.Remote.ToString(), made.Link.Version);
        made.Begin();

        // It may have begun after the stop had looked at all there were.
        if (_stopping.IsCancellationRequested) made.Close("this silo has stopped");
    }

    private PeerConnection Connection(PeerLink link, Socket socket) => new(link, socket, _settings.Options, _time, this);
}
