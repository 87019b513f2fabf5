using System.Net.Sockets;
using System.Security.Cryptography;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>The handshake as the silo that was dialled sees it. Only the version is spoken of before the dialler has proved itself.</summary>
internal sealed class AcceptorHandshake(PeerSettings settings, HandshakeProofs proofs)
{
    /// <summary>Does it up to the decision, which is the caller's. Throws <see cref="HandshakeException"/> when it does not get that far.</summary>
    public async Task<ProvenDial> Run(Socket socket, SiloAddress self, CancellationToken cancellationToken)
    {
        var helloBytes = await HandshakeChannel.Receive(socket, cancellationToken).ConfigureAwait(false);
        var hello = Hello.Read(helloBytes);
        var version = Common(hello);
        var challenge = new Challenge(version, self, RandomNumberGenerator.GetBytes(PeerProtocol.NonceBytes)).Write();
        await HandshakeChannel.Send(socket, challenge, cancellationToken).ConfigureAwait(false);
        if (version == 0) throw new HandshakeException(HandshakeVerdict.NoCommonVersion.InWords(), HandshakeVerdict.NoCommonVersion);

        var proof = DiallerProof.Read(await HandshakeChannel.Receive(socket, cancellationToken).ConfigureAwait(false));
        if (HandshakeProofs.Match(proofs.OfDialler(helloBytes, challenge, proof.LastTaken), proof.Proof))
            return new(hello, version, proof.LastTaken, verdict => new AcceptorProof(verdict, proofs.OfAcceptor(helloBytes, challenge, proof.Proof, verdict)).Write());

        // Said plainly, so that an operator with two secrets sees why; it proves nothing and gives nothing away.
        var refusal = new AcceptorProof(HandshakeVerdict.WrongProof, new byte[PeerProtocol.ProofBytes]).Write();
        await HandshakeChannel.Send(socket, refusal, cancellationToken).ConfigureAwait(false);
        throw new HandshakeException(HandshakeVerdict.WrongProof.InWords(), HandshakeVerdict.WrongProof);
    }

    private ushort Common(Hello hello)
    {
        var highest = Math.Min(hello.NewestVersion, settings.NewestVersion);
        return highest >= Math.Max(hello.OldestVersion, settings.OldestVersion) ? highest : (ushort)0;
    }
}

/// <summary>A dialler that has proved itself and waits for the decision.</summary>
/// <param name="Hello">What it said.</param>
/// <param name="Version">The protocol version to speak.</param>
/// <param name="LastTaken">See <see cref="DiallerProof"/>.</param>
/// <param name="Answer">The last message, for a decision.</param>
internal sealed record ProvenDial(Hello Hello, ushort Version, long LastTaken, Func<HandshakeVerdict, byte[]> Answer);

/// <summary>Decisions, as operators read them.</summary>
internal static class HandshakeVerdicts
{
    public static string InWords(this HandshakeVerdict verdict) => verdict switch
    {
        HandshakeVerdict.Accepted => "it was accepted",
        HandshakeVerdict.NoCommonVersion => "the two silos speak no common protocol version",
        HandshakeVerdict.WrongProof => "the cluster secrets of the two silos differ",
        HandshakeVerdict.WrongCluster => "it belongs to another cluster",
        HandshakeVerdict.NotTheOneMeant => "another silo, or another incarnation, answers at its address",
        HandshakeVerdict.Superseded => "a newer incarnation, or a newer connection, has taken its place",
        HandshakeVerdict.Crossed => "both silos dialled at once, and the other attempt counts",
        HandshakeVerdict.Unavailable => "it takes no connections now",
        _ => "it was refused for a reason that only a newer silo knows",
    };
}
