using System.Collections.Concurrent;

namespace FteAgent.Engine;

/// <summary>
/// How a silo that leaves makes sure that no call is on its way to it when it hangs up. It says farewell to each member; a member
/// sends it no call from then on and says so, behind all that it has sent before. What comes until then is answered.
/// </summary>
internal sealed class Farewells(RemoteCalls calls, Cluster cluster, IPeers peers)
{
    /// <summary>How long a member has to answer. One that takes longer is about to be struck out.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<IPeerConnection, byte> _forbidden = new();
    private readonly ConcurrentDictionary<IPeerConnection, TaskCompletionSource> _said = new();

    /// <summary>Whether calls may be sent by this connection no more.</summary>
    public bool Forbids(IPeerConnection? connection) => !_forbidden.IsEmpty && connection is not null && _forbidden.ContainsKey(connection);

    public async Task Say(CancellationToken cancellationToken)
    {
        var view = cluster.View;
        await Task.WhenAll(view.Members
            .Where(member => !member.Address.Equals(cluster.Incarnation.Address))
            .Select(member => Say(member, view.Version, cancellationToken))).ConfigureAwait(false);
    }

    /// <summary>The other end leaves. The view that says so is fetched, so that calls find their new owners.</summary>
    public void Heard(IPeerConnection from, long version)
    {
        calls.Post(from, FrameKind.FarewellSeen, (0ul, version), (to, numbers) =>
        {
            // Under the lock of the connection's queue, so that no call slips in behind.
            _forbidden[from] = 0;
            CallFrames.WriteNumbers(to, numbers);
        });
        _ = Refresh(version);
    }

    public void Seen(IPeerConnection from)
    {
        if (_said.TryRemove(from, out var said)) said.TrySetResult();
    }

    public void Closed(IPeerConnection connection)
    {
        _forbidden.TryRemove(connection, out _);
        Seen(connection);
    }

    private async Task Say(Member member, long version, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var connection = await peers.Connect(member.Address, limit.Token).ConfigureAwait(false);
            var said = _said.GetOrAdd(connection, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
            if (await connection.Send(FrameKind.Farewell, (0ul, version), CallFrames.WriteNumbers).ConfigureAwait(false))
                await said.Task.WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is PeerUnreachableException or OperationCanceledException)
        {
            // It cannot be reached, so it sends nothing either.
        }
    }

    private async Task Refresh(long version)
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await cluster.AtLeast(version, limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or Orleans.Runtime.SiloUnavailableException)
        {
            // It will come with the next renewal.
        }
    }
}
