using System.Collections.Frozen;

namespace FteAgent.Answering.Rules;

/// <summary>Writes contractions, chat spelling and British variants out, so that a phrase has to be given once only.</summary>
internal static class Spelling
{
    private static readonly FrozenDictionary<string, string[]> Whole = new Dictionary<string, string[]>
    {
        ["can't"] = ["can", "not"],
        ["cant"] = ["can", "not"],
        ["cannot"] = ["can", "not"],
        ["won't"] = ["will", "not"],
        ["wont"] = ["will", "not"],
        ["shan't"] = ["shall", "not"],
        ["ain't"] = ["is", "not"],
        ["aint"] = ["is", "not"],
        ["dont"] = ["do", "not"],
        ["doesnt"] = ["does", "not"],
        ["didnt"] = ["did", "not"],
        ["isnt"] = ["is", "not"],
        ["arent"] = ["are", "not"],
        ["wasnt"] = ["was", "not"],
        ["werent"] = ["were", "not"],
        ["hasnt"] = ["has", "not"],
        ["havent"] = ["have", "not"],
        ["hadnt"] = ["had", "not"],
        ["wouldnt"] = ["would", "not"],
        ["couldnt"] = ["could", "not"],
        ["shouldnt"] = ["should", "not"],
        ["im"] = ["i", "am"],
        ["ive"] = ["i", "have"],
        ["youre"] = ["you", "are"],
        ["youve"] = ["you", "have"],
        ["theyre"] = ["they", "are"],
        ["thats"] = ["that", "is"],
        ["whats"] = ["what", "is"],
        ["theres"] = ["there", "is"],
        ["heres"] = ["here", "is"],
        ["lets"] = ["let", "us"],
        ["u"] = ["you"],
        ["ur"] = ["your"],
        ["r"] = ["are"],
        ["ya"] = ["you"],
        ["pls"] = ["please"],
        ["plz"] = ["please"],
        ["plss"] = ["please"],
        ["thx"] = ["thanks"],
        ["thnx"] = ["thanks"],
        ["tnx"] = ["thanks"],
        ["tks"] = ["thanks"],
        ["ty"] = ["thanks"],
        ["thankyou"] = ["thank", "you"],
        ["cheers"] = ["thanks"],
        ["wanna"] = ["want", "to"],
        ["gonna"] = ["going", "to"],
        ["gotta"] = ["got", "to"],
        ["gimme"] = ["give", "me"],
        ["lemme"] = ["let", "me"],
        ["ppl"] = ["people"],
        ["sb"] = ["somebody"],
        ["smb"] = ["somebody"],
        ["sth"] = ["something"],
        ["bc"] = ["because"],
        ["cuz"] = ["because"],
        ["asap"] = ["asap"],
        ["yday"] = ["yesterday"],
        ["tho"] = ["though"],
        ["abt"] = ["about"],
        ["acct"] = ["account"],
        ["mgr"] = ["manager"],
        ["rep"] = ["representative"],
        ["reps"] = ["representatives"],
        ["e"] = ["e"],
        ["unauthorised"] = ["unauthorized"],
        ["authorised"] = ["authorized"],
        ["cancelled"] = ["canceled"],
        ["cancelling"] = ["canceling"],
        ["organisation"] = ["organization"],
        ["recognise"] = ["recognize"],
        ["recognised"] = ["recognized"],
        ["licence"] = ["license"],
        ["licences"] = ["licenses"],
        ["login"] = ["login"],
        ["signin"] = ["sign", "in"],
        ["setup"] = ["set", "up"],
        ["setups"] = ["set", "up"],
        ["everytime"] = ["every", "time"],
        ["anymore"] = ["any", "more"],
        ["payed"] = ["paid"],
        ["recieve"] = ["receive"],
        ["recieved"] = ["received"],
        ["seperate"] = ["separate"],
        ["refound"] = ["refund"],
        ["humam"] = ["human"],
        ["representitive"] = ["representative"],
        ["thru"] = ["through"],
        ["sum1"] = ["someone"],
        ["some1"] = ["someone"],
        ["smone"] = ["someone"],
        ["any1"] = ["anyone"],
        ["pricings"] = ["pricing"],
        ["ridiculus"] = ["ridiculous"],
        ["chargeback"] = ["charge", "back"],
        ["chargebacks"] = ["charge", "back"],
        ["reimbursed"] = ["reimburse"],
        ["reimbursement"] = ["reimburse"],
        ["cybersecurity"] = ["security"],
    }.ToFrozenDictionary();

    private static readonly (string Ending, string Word)[] Endings =
    [
        ("n't", "not"), ("'re", "are"), ("'ve", "have"), ("'ll", "will"), ("'d", "would"), ("'m", "am"),
    ];

    private static readonly FrozenSet<string> IsContractions =
        new[] { "it", "that", "what", "there", "here", "who", "where", "how", "he", "she", "everything", "nothing", "something", "this" }.ToFrozenSet();

    // Words that must be heard though a finger slipped, and what such a slip would make of them that is another word.
    private static readonly string[] Weighty =
        ["refund", "refunds", "human", "agent", "person", "manager", "supervisor", "representative", "operator", "lawyer", "attorney", "discount", "pricing", "quote", "hacked"];

    private static readonly FrozenSet<string> OtherWords = new[] { "layer", "manger", "peron", "persoon", "persson", "huan" }.ToFrozenSet();

    private static readonly FrozenDictionary<string, string[]> Slips = Weighty
        .SelectMany(word => SlipsOf(word).Select(slip => (Slip: slip, Word: word)))
        .Where(pair => !OtherWords.Contains(pair.Slip) && !Weighty.Contains(pair.Slip))
        .DistinctBy(pair => pair.Slip)
        .ToFrozenDictionary(pair => pair.Slip, pair => new[] { pair.Word });

    /// <summary>The words that a lower-case word stands for; itself for nearly all.</summary>
    public static string[] WriteOut(string word)
    {
        if (Whole.TryGetValue(word, out var known) || Slips.TryGetValue(word, out known))
            return known;
        if (!word.Contains('\''))
            return [word];
        foreach (var (ending, full) in Endings)
        {
            if (word.Length > ending.Length && word.EndsWith(ending, StringComparison.Ordinal))
                return [word[..^ending.Length], full];
        }

        if (word.EndsWith("'s", StringComparison.Ordinal))
            return IsContractions.Contains(word[..^2]) ? [word[..^2], "is"] : [word[..^2]];
        return [word.Replace("'", "", StringComparison.Ordinal)];
    }

    /// <summary>The word with one letter inside left out, doubled, or changed places with the next.</summary>
    private static IEnumerable<string> SlipsOf(string word)
    {
        for (var i = 1; i < word.Length - 1; i++)
        {
            yield return word.Remove(i, 1);
            yield return word.Insert(i, word[i..(i + 1)]);
            yield return $"{word[..i]}{word[i + 1]}{word[i]}{word[(i + 2)..]}";
        }
    }
}
