using System.Collections.Concurrent;

namespace FteAgent.Engine.Tests.Support;

/// <summary>What happens on one grain, and the gates at which its calls wait until the test lets them on.</summary>
internal sealed class Stage
{
    private static readonly ConcurrentDictionary<string, Stage> All = new();

    private readonly ConcurrentQueue<string> _events = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();

    public static Stage Of(string key) => All.GetOrAdd(key, static _ => new());

    public static Stage Of(IAddressable grain) => Of(grain.GetPrimaryKeyString());

    public IEnumerable<string> Events => _events;

    public void Add(string happening) => _events.Enqueue(happening);

    public void Open(string gate) => Gate(gate).TrySetResult();

    public Task Pass(string gate) => Gate(gate).Task;

    public Task Until(string happening) => Eventually.True(() => _events.Contains(happening), happening);

    private TaskCompletionSource Gate(string name) => _gates.GetOrAdd(name, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
