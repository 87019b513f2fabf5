using System.Collections.Concurrent;

namespace FteAgent.Engine.Tests.Clustering.Routing;

/// <summary>A number that is kept in a store, as the product keeps conversations: each write names the version it was decided on.</summary>
[Alias("test.register")]
public interface IRegisterGrain : IGrainWithStringKey
{
    /// <summary>Adds one. Gives what the store holds after it.</summary>
    [Alias("increment")]
    Task<int> Increment();

    /// <summary>The same, by way of another grain, which may be on another silo.</summary>
    [Alias("increment-by")]
    Task<int> IncrementBy(IRegisterGrain other);
}

public sealed class RegisterGrain : Grain, IRegisterGrain
{
    private const int MaxAttempts = 50;
    private int _value;

    public static ConcurrentDictionary<string, int> Stored { get; } = new();

    /// <summary>How often each grain was activated.</summary>
    public static ConcurrentDictionary<string, int> Activations { get; } = new();

    /// <summary>Writes that were refused, because another activation had written since.</summary>
    public static int Conflicts;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        Activations.AddOrUpdate(key, 1, static (_, count) => count + 1);
        _value = Stored.GetOrAdd(key, 0);
        return Task.CompletedTask;
    }

    public async Task<int> Increment()
    {
        var key = this.GetPrimaryKeyString();
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            // The way to the store and back: the silo may be killed, frozen or drained meanwhile.
            var expected = _value;
            await Task.Delay(1);
            if (Stored.TryUpdate(key, expected + 1, expected)) return _value = expected + 1;

            Interlocked.Increment(ref Conflicts);
            _value = Stored[key];
        }

        throw new InvalidOperationException($"{key} was written by others {MaxAttempts} times.");
    }

    public Task<int> IncrementBy(IRegisterGrain other) => other.Increment();
}
