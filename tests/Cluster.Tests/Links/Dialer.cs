using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace FteAgent.Cluster.Links;

/// <summary>
/// Tells which process dialled a connection on this machine. Loopback callers all look alike by address, so the kernel's table is
/// asked whose socket it is (proc(5): /proc/net/tcp, /proc/PID/fd).
/// </summary>
internal static class Dialer
{
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>The process among these that owns the other end; null when none does.</summary>
    public static int? ProcessOf(Socket accepted, IEnumerable<int> among)
    {
        if (SocketNumber(((IPEndPoint)accepted.RemoteEndPoint!).Port, ((IPEndPoint)accepted.LocalEndPoint!).Port) is not { } number)
            return null;
        var link = $"socket:[{number}]";
        return among.Select(process => (int?)process).FirstOrDefault(process => Holds(process!.Value, link));
    }

    private static long? SocketNumber(int from, int to)
    {
        var (local, remote) = (Port(from), Port(to));
        foreach (var table in Tables)
            foreach (var line in File.ReadLines(table).Skip(1))
            {
                // sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode …
                var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (fields[1].EndsWith(local, StringComparison.Ordinal) && fields[2].EndsWith(remote, StringComparison.Ordinal))
                    return long.Parse(fields[9], CultureInfo.InvariantCulture);
            }

        return null;
    }

    private static bool Holds(int process, string link)
    {
        try
        {
            return new DirectoryInfo($"/proc/{process}/fd").EnumerateFiles().Any(file => file.LinkTarget == link);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // It has ended, or closed one while we looked.
            return false;
        }
    }

    private static string Port(int port) => string.Create(CultureInfo.InvariantCulture, $":{port:X4}");
}
