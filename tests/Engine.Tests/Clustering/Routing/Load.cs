using System.Collections.Concurrent;

namespace FteAgent.Engine.Tests.Clustering.Routing;

/// <summary>Callers that never pause, and what they were told.</summary>
internal sealed class Load
{
    private readonly ConcurrentDictionary<string, ConcurrentBag<int>> _told = new();
    private readonly ConcurrentDictionary<string, int> _unknown = new();
    private readonly ConcurrentQueue<Exception> _failures = new();
    private readonly string[] _keys;
    private readonly Task[] _callers;
    private volatile bool _stop;

    /// <summary>Begins. Each caller picks a grain, and a silo to call it from, for each call.</summary>
    public Load(int seed, int callers, string[] keys, Func<Random, IGrainFactory?> from)
    {
        _keys = keys;
        _callers = [.. Enumerable.Range(0, callers).Select(n => Task.Run(() => Call(new Random(seed + n), from)))];
    }

    public int Answered => _told.Values.Sum(static told => told.Count);

    public IEnumerable<Exception> Failures => _failures;

    public static string[] Keys(int count) => [.. Enumerable.Range(0, count).Select(static _ => Guid.NewGuid().ToString("N"))];

    /// <summary>Waits until so many more calls have been answered.</summary>
    public Task More(int calls)
    {
        var wanted = Answered + calls;
        return Support.Eventually.True(() => Answered >= wanted, $"{calls} more calls to be answered");
    }

    public async Task Stop()
    {
        _stop = true;
        await Task.WhenAll(_callers);
    }

    /// <summary>What was acknowledged is in the store, once; and nothing is there that nobody asked for.</summary>
    public void AssertNothingIsLostOrDoubled()
    {
        foreach (var key in _keys)
        {
            var told = _told.TryGetValue(key, out var known) ? known.ToArray() : [];
            var stored = RegisterGrain.Stored.GetValueOrDefault(key);
            Assert.Equal(told.Length, told.Distinct().Count());
            Assert.All(told, value => Assert.InRange(value, 1, stored));
            Assert.InRange(stored, told.Length, told.Length + _unknown.GetValueOrDefault(key));
        }
    }

    private async Task Call(Random random, Func<Random, IGrainFactory?> from)
    {
        while (!_stop)
        {
            if (from(random) is not { } grains)
            {
                await Task.Yield();
                continue;
            }

            var key = _keys[random.Next(_keys.Length)];
            var grain = grains.GetGrain<IRegisterGrain>(key);
            try
            {
                // Some by way of a grain that is called for nothing else: two that call each other would wait for ever.
                var value = random.Next(4) == 0
                    ? await grains.GetGrain<IRegisterGrain>($"relay-{random.Next(_keys.Length)}").IncrementBy(grain)
                    : await grain.Increment();
                _told.GetOrAdd(key, static _ => []).Add(value);
            }
            catch (Exception exception)
            {
                // It may have been done, or not.
                _unknown.AddOrUpdate(key, 1, static (_, count) => count + 1);
                _failures.Enqueue(exception);
            }
        }
    }
}
