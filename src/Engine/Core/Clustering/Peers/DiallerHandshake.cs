using System.Net.Sockets;
using System.Security.Cryptography;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>The handshake as the dialler sees it.</summary>
internal sealed class DiallerHandshake(PeerSettings settings, HandshakeProofs proofs)
{
    /// <summary>Does it, and gives the protocol version to speak. Throws <see cref="HandshakeException"/> when it does not end well.</summary>
    /// <param name="socket">Connected.</param>
    /// <param name="self">This silo.</param>
    /// <param name="to">The silo that is meant.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="dialNumber">Which of this silo's dials it is.</param>
    /// <param name="lastTaken">Asked just before the proof is sent: see <see cref="DiallerProof"/>. Throws when the connection is not wanted any more.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ushort> Run(Socket socket, SiloAddress self, SiloAddress to, DialPurpose purpose, long dialNumber, Func<long> lastTaken, CancellationToken cancellationToken)
    {
        var nonce = RandomNumberGenerator.GetBytes(PeerProtocol.NonceBytes);
        var hello = new Hello(settings.OldestVersion, settings.NewestVersion, purpose, settings.ClusterId, self, to, dialNumber, nonce).Write();
        await HandshakeChannel.Send(socket, hello, cancellationToken).ConfigureAwait(false);

        var challengeBytes = await HandshakeChannel.Receive(socket, cancellationToken).ConfigureAwait(false);
        var challenge = Challenge.Read(challengeBytes);
        if (challenge.Version < settings.OldestVersion || challenge.Version > settings.NewestVersion)
            throw Refused(HandshakeVerdict.NoCommonVersion);

        var taken = lastTaken();
        var proof = new DiallerProof(taken, proofs.OfDialler(hello, challengeBytes, taken));
        await HandshakeChannel.Send(socket, proof.Write(), cancellationToken).ConfigureAwait(false);

        var answer = AcceptorProof.Read(await HandshakeChannel.Receive(socket, cancellationToken).ConfigureAwait(false));
        if (answer.Verdict == HandshakeVerdict.WrongProof) throw Refused(answer.Verdict);
        if (!HandshakeProofs.Match(proofs.OfAcceptor(hello, challengeBytes, proof.Proof, answer.Verdict), answer.Proof))
            throw new HandshakeException("the other end could not prove that it knows the cluster's secret", HandshakeVerdict.WrongProof);
        if (answer.Verdict != HandshakeVerdict.Accepted) throw Refused(answer.Verdict);
        if (!challenge.Self.Equals(to)) throw Refused(HandshakeVerdict.NotTheOneMeant);
        return challenge.Version;
    }

    private static HandshakeException Refused(HandshakeVerdict verdict) => new(verdict.InWords(), verdict);
}
