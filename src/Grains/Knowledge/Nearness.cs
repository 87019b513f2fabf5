using System.Buffers;

namespace FteAgent.Knowledge;

/// <summary>
/// How much of what is asked stands close together: the share of the question's weight within a window of a text. Words that
/// meet in one sentence or two are about each other; the same words spread over a page often are not.
/// </summary>
/// <param name="vocabulary">How many terms there are.</param>
internal sealed class Nearness(int vocabulary) : IDisposable
{
    /// <summary>
    /// Terms in a window, stop words not counted: two or three sentences. On the development halves windows of 12 and of 20 found
    /// less, and one of 45 no more.
    /// </summary>
    public const int Window = 30;

    // By term. Borrowed: a search comes and goes in milliseconds, and a large corpus has a large vocabulary.
    private readonly float[] weights = Borrow<float>(vocabulary);
    private readonly int[] held = Borrow<int>(vocabulary);
    private readonly List<int> asked = [];
    // Where in the text at hand a word stands that is asked for.
    private readonly List<int> places = [];
    private float whole;

    /// <summary>Says what is looked for from now on.</summary>
    /// <param name="words">The words of the question that the documents know, each with its weight.</param>
    /// <param name="unknown">The weight of those that they do not know: no text can have them.</param>
    public void Ask(IEnumerable<(int Term, float Weight)> words, float unknown)
    {
        foreach (var term in asked) weights[term] = 0;
        asked.Clear();
        whole = unknown;
        foreach (var (term, weight) in words)
        {
            if (weight <= 0) continue;
            weights[term] += weight;
            asked.Add(term);
            whole += weight;
        }
    }

    /// <summary>The share, 0 to 1, that the best window of this text holds.</summary>
    public float Share(ReadOnlySpan<int> text)
    {
        if (whole <= 0) return 0;
        var (sum, best, first) = (0f, 0f, 0);
        places.Clear();
        for (var i = 0; i < text.Length; i++)
        {
            // Nearly every word is none that is asked for.
            if (!(weights[text[i]] > 0)) continue;
            while (first < places.Count && places[first] <= i - Window) sum -= Leave(text[places[first++]]);
            places.Add(i);
            sum += Enter(text[i]);
            best = MathF.Max(best, sum);
        }

        for (; first < places.Count; first++) Leave(text[places[first]]);
        return MathF.Min(1, best / whole);
    }

    // A word that stands in the window twice counts once.
    private float Enter(int term) => held[term]++ == 0 ? weights[term] : 0;

    private float Leave(int term) => --held[term] == 0 ? weights[term] : 0;

    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(weights);
        ArrayPool<int>.Shared.Return(held);
    }

    private static T[] Borrow<T>(int length)
    {
        var borrowed = ArrayPool<T>.Shared.Rent(length);
        Array.Clear(borrowed, 0, length);
        return borrowed;
    }
}
