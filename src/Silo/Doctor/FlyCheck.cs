using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace FteAgent.Silo.Doctor;

/// <summary>On Fly: whether this machine is in the private network (6PN) and known there by its app's name.</summary>
/// <param name="configuration">Holds what Fly tells each machine.</param>
/// <param name="resolve">Asks the domain name system for the addresses of a name.</param>
internal sealed class FlyCheck(IConfiguration configuration, Func<string, CancellationToken, Task<IPAddress[]>> resolve) : IDoctorCheck
{
    /// <summary>Set on every machine of an app (fly.io/docs/machines/runtime-environment).</summary>
    public const string AppName = "FLY_APP_NAME";

    private const string OwnAddress = "FLY_PRIVATE_IP";

    public string Name => "6pn";

    public async IAsyncEnumerable<Finding> Look([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!IPAddress.TryParse(configuration[OwnAddress], out var own) || !IsPrivate(own))
        {
            yield return Finding.Fail($"{OwnAddress} is no address of Fly's private network.", "Leave it as Fly sets it, and run the silo on a machine of Fly: other silos find this one by it.");
            yield break;
        }

        var name = $"{configuration[AppName]}.internal";
        var found = await Addresses(name, cancellationToken);
        yield return found switch
        {
            null => Finding.Fail($"{name} cannot be resolved.", "Leave /etc/resolv.conf as Fly writes it: its name server is fdaa::3."),
            _ when found.Any(own.Equals) => Finding.Ok($"{name} names this machine, one of {found.Length}."),
            _ => Finding.Warn($"{name} names {found.Length} machines and not this one.", "A machine that has just started is named within seconds; if it stays so, look at it with 'fly machine status'."),
        };
    }

    private static bool IsPrivate(IPAddress address) =>
        address.AddressFamily is AddressFamily.InterNetworkV6 && address.GetAddressBytes() is [0xfd, 0xaa, ..];

    private async Task<IPAddress[]?> Addresses(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await resolve(name, cancellationToken);
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
