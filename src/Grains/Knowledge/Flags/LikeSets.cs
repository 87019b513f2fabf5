namespace FteAgent.Knowledge.Flags;

/// <summary>
/// Finds the pairs of sets that have most of their members in common, without comparing each with each: two that do share one of their
/// rarest members (prefix filtering; Bayardo, Ma and Srikant, "Scaling up all pairs similarity search", WWW 2007).
/// </summary>
internal static class LikeSets
{
    /// <summary>Comparisons made at most: a corpus of copies has more like pairs than anybody could look at.</summary>
    public const int MostComparisons = 20_000_000;

    /// <summary>The pairs whose common members are at least such a share of all that either has (Jaccard's coefficient).</summary>
    /// <param name="sets">Sets in ascending order.</param>
    /// <param name="likeness">The share, above 0 and at most 1.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static IEnumerable<(int First, int Second)> Pairs(IReadOnlyList<int[]> sets, double likeness, CancellationToken cancellationToken)
    {
        var holders = new Dictionary<int, int>();
        foreach (var member in sets.SelectMany(set => set)) holders[member] = holders.GetValueOrDefault(member) + 1;
        var rare = new Dictionary<int, List<int>>();
        var comparedWith = new int[sets.Count];
        Array.Fill(comparedWith, -1);
        var comparisons = 0;
        for (var second = 0; second < sets.Count; second++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var set = sets[second];
            if (set.Length == 0) continue;
            var prefix = set.OrderBy(member => holders[member]).ThenBy(member => member).Take(set.Length - (int)Math.Ceiling(likeness * set.Length) + 1).ToList();
            foreach (var first in prefix.SelectMany(member => rare.GetValueOrDefault(member) ?? []))
            {
                if (comparedWith[first] == second) continue;
                comparedWith[first] = second;
                if (++comparisons > MostComparisons) yield break;
                if (AreLike(sets[first], set, likeness)) yield return (first, second);
            }

            foreach (var member in prefix) (rare.TryGetValue(member, out var list) ? list : rare[member] = []).Add(second);
        }
    }

    private static bool AreLike(int[] one, int[] other, double likeness)
    {
        if (Math.Min(one.Length, other.Length) < likeness * Math.Max(one.Length, other.Length)) return false;
        var (i, j, common) = (0, 0, 0);
        while (i < one.Length && j < other.Length)
        {
            if (one[i] == other[j]) (i, j, common) = (i + 1, j + 1, common + 1);
            else if (one[i] < other[j]) i++;
            else j++;
        }

        return common >= likeness * (one.Length + other.Length - common);
    }
}
