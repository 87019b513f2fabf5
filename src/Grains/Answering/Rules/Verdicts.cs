using System.Collections.Immutable;

namespace FteAgent.Answering.Rules;

/// <summary>
/// What a rule book found a moment ago. The silo that drafts asks it, and then the grain that decides; mostly they live in one process, and then the
/// same words need not be read twice. It is no more than a memory: whatever is not the very same is read.
/// </summary>
internal sealed class Verdicts
{
    /// <summary>Several for each exchange that a silo can have under way; where two have the same place, the later one is remembered. A power of two.</summary>
    private const int Places = 4096;

    private readonly Known?[] places = new Known?[Places];

    /// <summary>The verdict on the same draft of the same exchange, told once: whoever decides is the last to ask.</summary>
    /// <param name="draft">The draft; null for the rules before it.</param>
    /// <param name="text">What was said.</param>
    /// <param name="verdict">What was found, which may be nothing.</param>
    public bool TryTake(Draft? draft, ExchangeText text, out RuleVerdict? verdict)
    {
        ref var place = ref Place(draft, text);
        var known = Volatile.Read(ref place);
        verdict = known?.Verdict;
        if (known is null || !ReferenceEquals(known.Draft, draft) || !IsSame(known.Text, text))
            return false;
        Interlocked.CompareExchange(ref place, null, known);
        return true;
    }

    /// <summary>Remembers it for the next who asks.</summary>
    public void Keep(Draft? draft, ExchangeText text, RuleVerdict? verdict) => Volatile.Write(ref Place(draft, text), new(draft, text, verdict));

    private ref Known? Place(Draft? draft, ExchangeText text) =>
        ref places[HashCode.Combine(draft?.Text, text.Messages.IsDefaultOrEmpty ? null : text.Messages[^1]) & (Places - 1)];

    private static bool IsSame(ExchangeText one, ExchangeText other) =>
        one.Channel == other.Channel && IsSame(one.Messages, other.Messages) && IsSame(one.History, other.History) && IsSame(one.EarlierSentiments, other.EarlierSentiments);

    private static bool IsSame<T>(ImmutableArray<T> one, ImmutableArray<T> other) =>
        one.IsDefault == other.IsDefault && (one.IsDefault || one.AsSpan().SequenceEqual(other.AsSpan()));

    private sealed record Known(Draft? Draft, ExchangeText Text, RuleVerdict? Verdict);
}
