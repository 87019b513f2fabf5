using System.Threading.Channels;

namespace FteAgent.Bench.Engine;

/// <summary>The same as <see cref="AdderGrain"/> by hand: a channel, one reader, a response for each request. Nothing that keeps state single-threaded is much cheaper.</summary>
internal sealed class ChannelAdder
{
    private readonly Channel<(int Amount, TaskCompletionSource<int> Response)> _requests =
        Channel.CreateUnbounded<(int, TaskCompletionSource<int>)>(new() { SingleReader = true });

    public ChannelAdder() => _ = Run();

    public Task<int> Add(int amount)
    {
        var response = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _requests.Writer.TryWrite((amount, response));
        return response.Task;
    }

    private async Task Run()
    {
        var sum = 0;
        await foreach (var (amount, response) in _requests.Reader.ReadAllAsync()) response.SetResult(sum += amount);
    }
}
