using System.Collections.Frozen;
using FteAgent.Knowledge;

namespace FteAgent.Answering.Rules.Claims;

/// <summary>Words that say the same where somebody finds their way. None of them gives anything away.</summary>
internal static class Synonyms
{
    private const int ShortestStem = 3;

    private static readonly FrozenDictionary<string, string> Families = Read(
    [
        "click press choose select tap pick hit use chosen chose clicking pressing selecting choosing",
        "open go navigate head visit enter reach access",
        "remove delete erase deleted removed",
        "create make add new set made created added adding creating",
        "change edit modify update adjust alter changed edited updated rename",
        "show display see view appear visible shown seen appears look find found list",
        "send email mail sent emailed",
        "get receive arrive arrives receives",
        "hear told tell inform notify",
        "customer client buyer shopper",
        "sign log",
        "login signin",
        "phone mobile cell smartphone",
        "picture image photo",
        "need require must have requires required",
        "let allow enable permit possible able can lets allows allowed",
        "start begin begins starts",
        "end finish stop ends stops over",
        "keep store save retain kept saved stored stay remain stays",
        "contain include hold held comprise fit",
        "person human agent colleague",
        "hour hours",
        "mobile phone",
        "big large",
        "small little",
        "quick fast",
        "restore recover undo undone",
        "wait take last",
        "option setting",
        "mistake accident",
        "member person people teammate user",
        "paste insert",
        "happen occur",
        "cost charge",
        "move drag transfer shift",
        "automatic automatically own itself",
        "child children", "woman women", "man men", "foot feet", "analysis analyses", "freeze frozen froze", "leave left", "write written wrote", "withdraw withdrawn withdrew", "drive driven drove",
        "sell sold", "buy bought purchase purchased", "pay paid", "lose lost", "build built", "break broken broke", "speak spoken spoke", "forget forgotten forgot", "hide hidden hid", "ride ridden rode",
        "run ran", "go went gone", "give given gave", "wear worn", "read", "lend lent", "spend spent", "bring brought", "draw drawn drew", "fly flown flew", "grow grown grew", "throw thrown", "shut", "stand stood",
        "meet met", "lead led", "feed fed", "bind bound", "bend bent", "steal stolen stole", "swap exchange", "try tried tries", "mean meant", "begin began", "also too",
    ]);

    /// <summary>The word that stands for all that mean the same; a stem where there is none.</summary>
    public static string Of(string word)
    {
        var stem = Stem(word);
        return Families.GetValueOrDefault(stem, stem);
    }

    /// <summary>The index's stem of the stem, so that "register" and "registered" meet.</summary>
    public static string Stem(string word)
    {
        while (TermReader.All(word) is [var stem, ..] && stem != word)
            word = stem;
        return word.Length > ShortestStem ? word.TrimEnd('e') : word;
    }

    private static FrozenDictionary<string, string> Read(string[] families)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var family in families)
        {
            var words = family.Split(' ');
            foreach (var word in words)
                read.TryAdd(Stem(word), Stem(words[0]));
        }

        return read.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
