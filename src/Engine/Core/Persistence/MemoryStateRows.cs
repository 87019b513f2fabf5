using System.Collections.Concurrent;

namespace FteAgent.Engine;

/// <summary>States in memory, shared by the silos of one cluster in this process, as tests have them.</summary>
internal sealed class MemoryStateRows : IStateRows
{
    private static readonly ConcurrentDictionary<(string Cluster, string Storage), MemoryStateRows> All = new();

    private readonly Lock _gate = new();
    private readonly Dictionary<StateKey, StoredState> _rows = [];

    /// <summary>The states of a storage in a cluster, made when first asked for.</summary>
    public static MemoryStateRows Of(string clusterId, string storage) => All.GetOrAdd((clusterId, storage), static _ => new());

    public Task<StoredState?> Read(StateKey key)
    {
        lock (_gate)
            return Task.FromResult(_rows.TryGetValue(key, out var stored) ? stored : default(StoredState?));
    }

    public Task<long?> Write(StateKey key, long expected, byte[]? bytes)
    {
        lock (_gate)
        {
            if (_rows.GetValueOrDefault(key).Version != expected) return Task.FromResult<long?>(null);

            _rows[key] = new(expected + 1, bytes);
            return Task.FromResult<long?>(expected + 1);
        }
    }
}
