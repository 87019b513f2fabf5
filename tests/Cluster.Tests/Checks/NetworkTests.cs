using System.Net;
using System.Net.Sockets;
using FteAgent.Cluster.Links;

namespace FteAgent.Cluster.Checks;

/// <summary>The links that the faults cut: a test that cuts nothing proves nothing.</summary>
public sealed class NetworkTests : IAsyncDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AWhile = TimeSpan.FromMilliseconds(300);

    private readonly Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Gate gate = new();
    private readonly Link link;

    public NetworkTests()
    {
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        server.Listen();
        link = Link.Open(new(IPAddress.Loopback, 0), (IPEndPoint)server.LocalEndPoint!, gate);
    }

    public async ValueTask DisposeAsync()
    {
        await link.DisposeAsync();
        server.Dispose();
    }

    [Fact]
    public async Task An_open_link_carries_both_ways_and_ends_as_its_ends_do()
    {
        var (near, far) = await Connect();
        await near.SendAsync("question"u8.ToArray());
        Assert.Equal("question", await Receive(far));
        await far.SendAsync("answer"u8.ToArray());
        Assert.Equal("answer", await Receive(near));
        near.Shutdown(SocketShutdown.Send);
        Assert.Equal("", await Receive(far));
        await far.SendAsync("still heard"u8.ToArray());
        Assert.Equal("still heard", await Receive(near));
    }

    [Fact]
    public async Task What_is_sent_into_a_cut_link_vanishes_into_silence_and_arrives_late_when_it_heals()
    {
        var (near, far) = await Connect();
        gate.Cut();
        await near.SendAsync("late"u8.ToArray());
        var arrival = Receive(far);
        await Assert.ThrowsAsync<TimeoutException>(() => arrival.WaitAsync(AWhile));
        gate.Heal();
        Assert.Equal("late", await arrival.WaitAsync(Soon));
    }

    [Fact]
    public async Task A_connection_that_ends_behind_a_cut_looks_alive_until_it_heals()
    {
        var (near, far) = await Connect();
        gate.Cut();
        near.Close(0);
        var end = Receive(far);
        await Assert.ThrowsAsync<TimeoutException>(() => end.WaitAsync(AWhile));
        gate.Heal();
        await Assert.ThrowsAsync<SocketException>(() => end.WaitAsync(Soon));
    }

    [Fact]
    public async Task A_link_that_heals_and_forgets_resets_the_connections_of_before()
    {
        var (near, _) = await Connect();
        gate.Cut();
        await near.SendAsync("never"u8.ToArray());
        gate.Heal(forget: true);
        await Assert.ThrowsAsync<SocketException>(() => Receive(near).WaitAsync(Soon));
        var (again, far) = await Connect();
        await again.SendAsync("new"u8.ToArray());
        Assert.Equal("new", await Receive(far));
    }

    [Fact]
    public async Task A_slow_link_holds_each_piece_up_and_keeps_their_order()
    {
        var (near, far) = await Connect();
        gate.DelayMilliseconds = (80, 160);
        var started = Environment.TickCount64;
        for (var letter = 'a'; letter <= 'e'; letter++)
        {
            await near.SendAsync(new[] { (byte)letter });
            await Task.Delay(5);
        }

        var text = "";
        while (text.Length < 5)
            text += await Receive(far).WaitAsync(Soon);
        Assert.Equal("abcde", text);
        Assert.True(Environment.TickCount64 - started >= 80);
    }

    [Fact]
    public async Task The_process_that_dialled_is_known_so_that_one_caller_of_many_can_be_cut_off()
    {
        var dialled = new TaskCompletionSource<int?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var watched = Link.Open(new(IPAddress.Loopback, 0), (IPEndPoint)server.LocalEndPoint!, socket =>
        {
            dialled.TrySetResult(Dialer.ProcessOf(socket, [1, Environment.ProcessId]));
            return gate;
        });
        using var near = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await near.ConnectAsync(watched.Address);
        Assert.Equal(Environment.ProcessId, await dialled.Task.WaitAsync(Soon));
    }

    private async Task<(Socket Near, Socket Far)> Connect()
    {
        var near = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var accepting = server.AcceptAsync();
        await near.ConnectAsync(link.Address);
        return (near, await accepting.WaitAsync(Soon));
    }

    private static async Task<string> Receive(Socket socket)
    {
        var buffer = new byte[1024];
        return System.Text.Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer));
    }
}
