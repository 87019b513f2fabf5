using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using FteAgent.Conversations;
using FteAgent.Postgres;
using FteAgent.Silo.Commands;
using FteAgent.Silo.Settings;

namespace FteAgent.Silo.Doctor;

/// <summary>Whether silos can reach each other: this one's address and port, and the others that are members now.</summary>
internal sealed class NetworkCheck(IConfiguration configuration, PostgresOptions options) : IDoctorCheck
{
    /// <summary>What a silo allows for a connection, and a little over.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Of a larger fleet some tell as much as all.</summary>
    private const int MostMembers = 50;

    public string Name => "network";

    public async IAsyncEnumerable<Finding> Look([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Own() is not { } own)
        {
            yield return Finding.Warn("Not looked at, since its settings cannot be taken.", "See to the settings first.");
            yield break;
        }

        yield return IsOnThisMachine(own.Address)
            ? Finding.Ok($"Other silos reach this one at {own.Address}, which is this machine's.")
            : Finding.Warn($"Other silos are told to reach this one at {own.Address}, which is no address of this machine.", "Set SILO_ADDRESS to one of its own, unless something translates that address to it.");

        var members = await Members(cancellationToken);
        yield return Port(own, members ?? []);
        if (members is null)
        {
            yield return Finding.Warn("Who else is in the fleet is not known, since the database cannot be asked.", "See to the database first.");
            yield break;
        }

        var others = members.Where(member => !Equals(member.EndPoint, new IPEndPoint(own.Address, own.SiloPort))).Take(MostMembers).ToList();
        if (others.Count == 0)
            yield return Finding.Ok("No other silo is a member now.");
        foreach (var (member, isReached) in await Task.WhenAll(others.Select(async member => (member, await Reach(member.EndPoint, cancellationToken)))))
            yield return isReached
                ? Finding.Ok($"{member.Name} can be reached at {member.EndPoint}.")
                : Finding.Fail($"{member.Name} cannot be reached at {member.EndPoint}, though it is a member.", "Let the silos' ports through between all of them, both ways; see whether that address is right.");
    }

    private ClusterSettings? Own()
    {
        try
        {
            return ClusterSettings.Read(configuration);
        }
        catch (UsageException)
        {
            return null;
        }
    }

    private static bool IsOnThisMachine(IPAddress address) =>
        IPAddress.IsLoopback(address)
        || NetworkInterface.GetAllNetworkInterfaces().SelectMany(network => network.GetIPProperties().UnicastAddresses).Any(own => own.Address.Equals(address));

    private static Finding Port(ClusterSettings own, IReadOnlyList<PostgresMember> members)
    {
        try
        {
            using var listener = new TcpListener(own.ListenAddress, own.SiloPort);
            listener.Start();
            return Finding.Ok($"Port {own.SiloPort} is free for this silo.");
        }
        catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            return members.FirstOrDefault(member => Equals(member.EndPoint, new IPEndPoint(own.Address, own.SiloPort))) is { } silo
                ? Finding.Ok($"{silo.Name} runs here, at port {own.SiloPort}.")
                : Finding.Fail($"Port {own.SiloPort} is taken, and no member of the fleet is there.", "Set SILO_PORT to another, or end what listens there.");
        }
        catch (SocketException)
        {
            return Finding.Fail($"Nothing can listen at {own.ListenAddress}, port {own.SiloPort}.", "Set SILO_ADDRESS and SILO_PORT to what this machine may listen at.");
        }
    }

    private async Task<IReadOnlyList<PostgresMember>?> Members(CancellationToken cancellationToken)
    {
        try
        {
            return (await new PostgresExamination(options).Look(cancellationToken)).Members;
        }
        catch (Exception unknown) when (unknown is PostgresUnfitException or RecordUnavailableException)
        {
            return null;
        }
    }

    private static async Task<bool> Reach(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            using var client = new TcpClient(endPoint.AddressFamily);
            await client.ConnectAsync(endPoint, limit.Token);
            return true;
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
