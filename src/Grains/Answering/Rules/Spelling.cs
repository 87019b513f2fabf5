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
        ["lawer"] = ["lawyer"],
        ["laywer"] = ["lawyer"],
        ["refound"] = ["refund"],
        ["pricings"] = ["pricing"],
        ["hackd"] = ["hacked"],
        ["humam"] = ["human"],
        ["agnet"] = ["agent"],
        ["pesron"] = ["person"],
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

    /// <summary>The words that a lower-case word stands for; itself for nearly all.</summary>
    public static string[] WriteOut(string word)
    {
        if (Whole.TryGetValue(word, out var known))
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
}
