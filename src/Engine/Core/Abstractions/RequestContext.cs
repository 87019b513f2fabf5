using System.Collections.Immutable;
using FteAgent.Engine;

namespace Orleans.Runtime;

/// <summary>Values that travel with calls, from caller to callee and on, and never back.</summary>
public static class RequestContext
{
    private const string ReentrancyKey = "#CCR";

    private static readonly AsyncLocal<ImmutableDictionary<string, object>?> Values = new();

    /// <summary>The chain of calls that may come back into a grain which waits for it; empty when none may.</summary>
    public static Guid ReentrancyId
    {
        get => Get(ReentrancyKey) is Guid id ? id : Guid.Empty;
        set
        {
            if (value == Guid.Empty) Remove(ReentrancyKey);
            else Set(ReentrancyKey, value);
        }
    }

    /// <summary>The names of the values.</summary>
    public static IEnumerable<string> Keys => Current?.Keys ?? [];

    /// <summary>The values.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Entries => Current ?? [];

    internal static ImmutableDictionary<string, object>? Current
    {
        get => Values.Value;
        set => Values.Value = value;
    }

    internal static Guid ReentrancyIdOf(ImmutableDictionary<string, object>? values) =>
        values is not null && values.TryGetValue(ReentrancyKey, out var id) ? (Guid)id : Guid.Empty;

    /// <summary>A value, or null.</summary>
    public static object? Get(string key) => Current is { } values && values.TryGetValue(key, out var value) ? value : null;

    /// <summary>Sets a value for the calls made from here on.</summary>
    public static void Set(string key, object value) => Current = (Current ?? ImmutableDictionary<string, object>.Empty).SetItem(key, value);

    /// <summary>Removes a value.</summary>
    public static bool Remove(string key)
    {
        if (Current is not { } values || !values.ContainsKey(key)) return false;

        Current = values.Remove(key) is { IsEmpty: false } rest ? rest : null;
        return true;
    }

    /// <summary>Removes all values.</summary>
    public static void Clear()
    {
        if (Current is not null) Current = null;
    }

    /// <summary>Until it is disposed, calls made from here may come back into this grain while it waits for them.</summary>
    public static ReentrancySection AllowCallChainReentrancy()
    {
        var before = ReentrancyId;
        return new(before, before == Guid.Empty ? Guid.NewGuid() : before);
    }

    /// <summary>Until it is disposed, calls made from here may not come back.</summary>
    public static ReentrancySection SuppressCallChainReentrancy() => new(ReentrancyId, Guid.Empty);

    /// <summary>A stretch of code with its own rule about calls that come back.</summary>
    public readonly struct ReentrancySection : IDisposable
    {
        private readonly Guid _before;
        private readonly Guid _within;

        /// <summary>Begins the stretch.</summary>
        public ReentrancySection(Guid originalReentrancyId, Guid newReentrancyId)
        {
            (_before, _within) = (originalReentrancyId, newReentrancyId);
            if (_within != _before) ReentrancyId = _within;
            if (_within != Guid.Empty) (RuntimeContext.Current as Activation)?.EnterReentrantSection(_within);
        }

        /// <summary>Ends the stretch.</summary>
        public void Dispose()
        {
            if (_within != Guid.Empty) (RuntimeContext.Current as Activation)?.ExitReentrantSection(_within);
            if (_within != _before) ReentrancyId = _before;
        }
    }
}
