using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace FteAgent.Testing;

/// <summary>
/// A mock broker: librdkafka's own cluster in memory, which speaks Kafka over real TCP. It knows no ACLs, no replication, no CreateTopics and
/// no log on a disk; wherever it stands in for Kafka, that is said. Commands come on standard input, one a line, each answered by <c>ok</c>.
/// </summary>
internal static class MockBroker
{
    /// <summary>The argument that makes a test program this process.</summary>
    public const string Mode = "kafka-broker";

    private const string Library = "librdkafka";

    public static int Run()
    {
        NativeLibrary.SetDllImportResolver(typeof(MockBroker).Assembly, Resolve);
        var error = new byte[512];
        var client = rd_kafka_new(0, IntPtr.Zero, error, error.Length);
        if (client == IntPtr.Zero)
        {
            Console.Error.WriteLine(Encoding.UTF8.GetString(error));
            return 1;
        }

        var cluster = rd_kafka_mock_cluster_new(client, 1);
        // Tests do not wait for members that do not come.
        rd_kafka_mock_group_initial_rebalance_delay_ms(cluster, 200);
        Console.WriteLine(Marshal.PtrToStringUTF8(rd_kafka_mock_cluster_bootstraps(cluster)));
        while (Console.In.ReadLine() is { } line)
        {
            Do(cluster, line.Split(' '));
            Console.WriteLine("ok");
        }

        return 0;
    }

    private static void Do(IntPtr cluster, string[] command)
    {
        switch (command)
        {
            case ["down"]:
                _ = rd_kafka_mock_broker_set_down(cluster, 1);
                break;
            case ["up"]:
                _ = rd_kafka_mock_broker_set_up(cluster, 1);
                break;
            case ["rtt", var milliseconds]:
                _ = rd_kafka_mock_broker_set_rtt(cluster, 1, Number(milliseconds));
                break;
            case ["behind", var port]:
                rd_kafka_mock_broker_set_host_port(cluster, 1, "localhost", Number(port));
                break;
            case ["topic", var name, var partitions]:
                _ = rd_kafka_mock_topic_create(cluster, name, Number(partitions), 1);
                break;
            case ["errors", var api, var code, var times]:
                rd_kafka_mock_push_request_errors_array(cluster, (short)Number(api), Number(times), [.. Enumerable.Repeat(Number(code), Number(times))]);
                break;
            default:
                throw new InvalidOperationException($"The mock broker knows no '{string.Join(' ', command)}'.");
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The package brings the library in three builds; the first one wants a libsasl2 that most machines lack.</summary>
    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name == Library)
            foreach (var build in (string[])[Library, $"centos8-{Library}", $"alpine-{Library}"])
                if (NativeLibrary.TryLoad(build, assembly, path, out var loaded))
                    return loaded;
        return IntPtr.Zero;
    }

#pragma warning disable SA1300, IDE1006 // The library's own names.
    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern IntPtr rd_kafka_new(int type, IntPtr configuration, byte[] error, nint size);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern IntPtr rd_kafka_mock_cluster_new(IntPtr client, int brokers);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern IntPtr rd_kafka_mock_cluster_bootstraps(IntPtr cluster);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void rd_kafka_mock_group_initial_rebalance_delay_ms(IntPtr cluster, int milliseconds);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int rd_kafka_mock_broker_set_down(IntPtr cluster, int broker);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int rd_kafka_mock_broker_set_up(IntPtr cluster, int broker);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int rd_kafka_mock_broker_set_rtt(IntPtr cluster, int broker, int milliseconds);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void rd_kafka_mock_broker_set_host_port(IntPtr cluster, int broker, [MarshalAs(UnmanagedType.LPUTF8Str)] string host, int port);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int rd_kafka_mock_topic_create(IntPtr cluster, [MarshalAs(UnmanagedType.LPUTF8Str)] string topic, int partitions, int replicas);

    [DllImport(Library), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void rd_kafka_mock_push_request_errors_array(IntPtr cluster, short api, nint count, int[] errors);
#pragma warning restore SA1300, IDE1006
}
