namespace FteAgent.Answering.Rules;

/// <summary>A light stem: enough to see that "invoices" is "invoice" and "exporting" is "export".</summary>
internal static class Stem
{
    private const int ShortestStem = 3;

    private static readonly string[] Endings = ["ations", "ation", "ings", "ing", "edly", "ers", "ies", "ed", "er", "es", "ly", "s"];

    /// <summary>The stem of a word.</summary>
    public static string Of(string word)
    {
        foreach (var ending in Endings)
        {
            if (word.Length - ending.Length < ShortestStem || !word.EndsWith(ending, StringComparison.Ordinal) || (ending == "s" && word.EndsWith("ss", StringComparison.Ordinal)))
                continue;
            var stem = word[..^ending.Length];
            if (ending == "ies")
                return stem + "y";
            return stem.Length > ShortestStem && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's' or 'z') ? stem[..^1] : stem.TrimEnd('e');
        }

        return word.Length > ShortestStem + 1 ? word.TrimEnd('e') : word;
    }
}
