using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace FteAgent.Cluster.Links;

/// <summary>The links of a fleet: one from each silo to the database, and one before each silo that knows which other silo calls.</summary>
/// <param name="seed">Decides how long a slow link holds each piece up.</param>
internal sealed class Network(int seed) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<int, Gate> toDatabase = new();
    private readonly ConcurrentDictionary<(int, int), Gate> between = new();
    private readonly ConcurrentDictionary<int, Func<int?>> processes = new();
    private readonly ConcurrentBag<Link> links = [];

    /// <summary>The gate between a silo and the database.</summary>
    public Gate ToDatabase(int silo) => toDatabase.GetOrAdd(silo, _ => new(seed + silo));

    /// <summary>The gate between two silos, whoever of them calls.</summary>
    public Gate Between(int one, int other) => between.GetOrAdd((Math.Min(one, other), Math.Max(one, other)), _ => new());

    /// <summary>Every gate to the database.</summary>
    public IEnumerable<Gate> AllToDatabase => toDatabase.Values;

    /// <summary>Opens a silo's own link to the database and returns its port.</summary>
    public int OpenToDatabase(int silo, IPEndPoint database)
    {
        var link = Link.Open(new(IPAddress.Loopback, 0), database, ToDatabase(silo));
        links.Add(link);
        return link.Address.Port;
    }

    /// <summary>Opens the link at a silo's advertised address that leads to where it listens, and returns its port.</summary>
    /// <param name="silo">The silo behind it.</param>
    /// <param name="advertised">Where others call it.</param>
    /// <param name="listening">Where it listens.</param>
    /// <param name="process">Its process, while it runs.</param>
    public int OpenToSilo(int silo, IPAddress advertised, IPEndPoint listening, Func<int?> process)
    {
        processes[silo] = process;
        var link = Link.Open(new(advertised, 0), listening, caller => GateOf(caller, silo));
        links.Add(link);
        return link.Address.Port;
    }

    /// <summary>Opens every gate again, at full speed.</summary>
    public void HealAll()
    {
        foreach (var gate in toDatabase.Values.Concat(between.Values))
        {
            gate.DelayMilliseconds = (0, 0);
            gate.Heal();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var link in links)
            await link.DisposeAsync();
    }

    /// <summary>No gate for a caller that no running silo owns: one that ended since it called, or a stranger.</summary>
    private Gate? GateOf(Socket caller, int silo)
    {
        var running = processes.Select(known => (Silo: known.Key, Process: known.Value())).Where(known => known.Process is not null).ToDictionary(known => known.Process!.Value, known => known.Silo);
        return Dialer.ProcessOf(caller, running.Keys) is { } process ? Between(running[process], silo) : null;
    }
}
