using System.Collections.Frozen;

namespace FteAgent.Knowledge;

/// <summary>
/// Words of conversation rather than of any subject: a question is not harder to answer because it says "hi" and "please",
/// and documents that lack these words do not lack the answer. Only evidence looks here; search itself uses every word.
/// </summary>
internal static class Chatter
{
    private static readonly string[] Words =
    [
        "hi", "hello", "hey", "dear", "greetings", "thanks", "thank", "thx", "cheers", "regards", "please", "pls", "plz", "sorry", "ok", "okay",
        "yes", "yeah", "no", "not", "nope", "well", "just", "really", "actually", "basically", "also", "still", "already", "yet", "again", "even",
        "only", "ever", "never", "always", "maybe", "perhaps", "quite", "very", "much", "many", "more", "most", "some", "any", "all", "every",
        "each", "other", "another", "same", "such", "own", "about", "after", "before", "over", "under", "out", "up", "down", "off", "here", "now",
        "today", "tonight", "yesterday", "tomorrow", "morning", "soon", "asap", "later", "once", "while", "since", "until", "because", "though",
        "although", "however", "anyway", "instead", "without", "between", "through", "during", "whether", "something", "anything", "nothing",
        "everything", "someone", "anyone", "everyone", "somewhere", "thing", "things", "stuff", "lot", "bit", "kind", "sort", "way", "ways",
        "want", "wanted", "wants", "need", "needed", "needs", "like", "liked", "love", "hope", "hoping", "wish", "wonder", "wondering", "think",
        "thought", "know", "knew", "guess", "believe", "understand", "see", "saw", "seen", "look", "looking", "looks", "seem", "seems", "find", "found",
        "try", "tried", "trying", "tries", "get", "got", "getting", "gets", "give", "given", "gave", "take", "took", "taken", "make", "made",
        "making", "let", "lets", "go", "going", "goes", "gone", "went", "come", "comes", "came", "put", "keep", "keeps", "kept", "tell", "told", "say", "says",
        "said", "ask", "asked", "asking", "show", "help", "helped", "helping", "happen", "happens", "happened", "happening", "mean", "means", "meant", "should",
        "must", "may", "might", "shall", "gonna", "wanna", "ought", "cant", "cannot", "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "wont", "wouldnt",
        "couldnt", "shouldnt", "havent", "hasnt", "hadnt", "id", "ill", "hes", "shes", "theyre", "youre", "weve", "were", "whats", "thats", "theres",
        "heres", "lets", "he", "him", "his", "she", "her", "hers", "us", "these", "those", "having", "being", "doing", "done", "ur", "u", "r", "im",
        "dunno", "cuz", "oops", "ugh", "wow", "lol", "oh", "hmm", "wait", "sure", "great", "good", "nice", "perfect", "fine", "bad", "best", "better",
        "right", "wrong", "possible", "able", "question", "questions", "idea", "advise", "advice", "recommend", "appreciate", "kindly", "quick",
        "quickly", "immediately", "urgent", "urgently", "people", "guys", "team", "folks", "day", "days", "time", "first", "last", "next", "new", "old",
        "one", "two", "both", "few", "little", "big", "long", "short", "far", "away", "back", "around", "else", "enough", "exactly", "simply", "soon",
    ];

    // Compared as the index reads them: stemmed.
    private static readonly FrozenSet<string> Terms = Words.SelectMany(word => TermReader.All(word)).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Terms.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> FigureNames =
        TermReader.All("error errors code codes status http").ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a word says what a question is about: neither courtesy nor a bare figure, which stands in any document by accident.</summary>
    public static bool IsTelling(ReadOnlySpan<char> term) => !Holds(term) && !IsFigure(term);

    /// <summary>Whether a bare figure that follows is a name: "error 429" is about 429, which "in 429 days" is not.</summary>
    public static bool NamesFigure(ReadOnlySpan<char> term) => FigureNames.Contains(term);

    /// <summary>Whether it is nothing but a figure.</summary>
    public static bool IsFigure(ReadOnlySpan<char> term) => !term.ContainsAnyExceptInRange('0', '9');

    public static bool Holds(ReadOnlySpan<char> term) => Lookup.Contains(term);
}
