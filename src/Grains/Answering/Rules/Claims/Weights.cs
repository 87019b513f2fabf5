using System.Collections.Frozen;

namespace FteAgent.Answering.Rules.Claims;

/// <summary>
/// How much a word weighs in a claim. Search leaves many words out that say nothing of a subject; in an answer "back", "free" and "already" say a
/// great deal. Only what is named here says nothing.
/// </summary>
internal static class Weights
{
    // Longer words say something in any language.
    private const int ShortestForeign = 6;

    // Words that a sentence is built with, whatever it says.
    private static readonly FrozenSet<string> Neutral = FrozenSet.ToFrozenSet(
    [
        "a", "an", "the", "and", "or", "but", "as", "at", "by", "for", "from", "in", "into", "of", "on", "onto", "to", "with", "about", "per", "via", "than", "then", "that", "this", "these", "those", "there", "here", "it", "its",
        "itself", "is", "are", "be", "am", "was", "were", "been", "being", "do", "does", "did", "has", "have", "had", "having", "will", "would", "can", "could", "may", "might", "must", "should", "shall", "i", "me", "my", "we", "us",
        "our", "you", "your", "yourself", "they", "them", "their", "themselves", "he", "she", "him", "his", "her", "what", "when", "where", "which", "who", "whose", "why", "how", "if", "so", "such", "also", "too", "just", "both",
        "each", "any", "some", "other", "another", "same", "own", "one", "ones", "once", "while", "after", "before", "since", "until", "because", "though", "although", "however", "whether", "either", "instead", "through", "over",
        "under", "up", "down", "out", "around", "between", "within", "during", "let", "please", "first", "next", "last", "second", "third", "well", "like", "need", "needs", "want", "wants", "use", "using", "used", "simply", "directly", "thing", "things", "way",
        "something", "anything", "more", "most", "many", "much", "very", "only", "not", "no", "never", "without", "unless", "neither", "nor", "still", "even", "able", "possible", "based", "regarding", "depending", "whenever", "wherever", "whichever", "whatever", "every", "all",
        "time", "case", "cases", "sure", "yes", "ok", "okay", "again", "later", "go", "going", "see", "find", "take", "takes", "make", "makes", "try", "get", "gets", "know", "look", "come", "comes", "lets", "keep", "bit", "few", "little",
        "s", "t", "etc", "ie", "eg", "above", "below", "together", "along", "across", "onwards", "so-called",
    ]);

    // The small words of other languages, where they mean nothing in English.
    private static readonly FrozenSet<string> Foreign = LanguageProfiles.Words.Where(profile => profile.Key != "en").SelectMany(profile => profile.Value)
        .Where(word => word.Length < ShortestForeign && !AnswerWords.IsHelp(word) && !AnswerWords.IsFavour(word)).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> NeutralStems = Neutral.Except(["used", "like", "left"]).Select(Synonyms.Stem).ToFrozenSet(StringComparer.Ordinal);

    // What gives or dates something must stand in a quote, whatever stands around it. As they are written, not stemmed.
    private static readonly FrozenSet<string> Heavy = FrozenSet.ToFrozenSet(
    [
        "free", "freely", "half", "double", "twice", "extra", "bonus", "owe", "owed", "already", "gone", "nothing", "everything", "whole", "entire", "entirely", "completely", "forever", "always", "ever", "yours", "anyone", "everyone",
        "everybody", "anybody", "soon", "shortly", "today", "tonight", "tomorrow", "immediately", "instantly", "straightaway", "yesterday", "sorted", "settled", "waived", "lifted", "exception", "special", "personally", "behalf", "he", "she", "him", "his",
        "her", "hers", "guys", "certain", "certainly", "definitely", "guaranteed", "automatically", "automatic", "unlimited",
        "hour", "hours", "minute", "minutes", "seconds", "day", "days", "night", "nights",
    ]);

    private static readonly FrozenSet<string> Irregular = FrozenSet.ToFrozenSet(["made", "sent", "put", "set", "kept", "paid", "told", "found", "shown", "held", "built", "cut", "lost", "left", "won", "gone", "done", "bought", "sold", "known", "worn", "shut", "met", "read"]);

    private static readonly FrozenSet<string> States = FrozenSet.ToFrozenSet(["open", "ready", "available", "live", "active", "safe", "free", "public", "private", "complete", "back", "yours", "valid", "clear", "empty", "full", "online", "offline", "up", "down", "off", "out", "welcome"]);

    private static readonly FrozenSet<string> Being = FrozenSet.ToFrozenSet(["is", "are", "was", "were", "been", "be", "being", "has", "have", "had", "got", "gets", "get", "am"]);

    private static readonly FrozenSet<string> Between = FrozenSet.ToFrozenSet(["now", "already", "not", "also", "all", "just", "always", "never", "still", "then", "been", "fully", "being", "be", "only", "both", "so", "very", "the", "a", "an"]);

    private static readonly FrozenSet<string> Opening = FrozenSet.ToFrozenSet(["to", "can", "may", "could", "might", "must", "should", "shall", "would", "will", "then", "please", "and", "or", "not", "first", "you", "i", "let", "want", "need"]);

    private static readonly FrozenSet<string> Modal = FrozenSet.ToFrozenSet(["can", "may", "could", "might", "must", "should", "would", "to", "cannot"]);

    /// <summary>Whether a word says something; figures are compared elsewhere.</summary>
    public static bool Tells(string word) => !Neutral.Contains(word) && !Foreign.Contains(word) && !IsNeutralForm(word) && !word.All(char.IsAsciiDigit) && word is not ("$" or "%");

    /// <summary>"Looked" for "look". "Sam" is nobody's "same".</summary>
    private static bool IsNeutralForm(string word) => Synonyms.Stem(word) is var stem && stem.Length < word.Length && NeutralStems.Contains(stem);

    /// <summary>Whether a word has to stand in a quote by itself.</summary>
    public static bool IsHeavy(string word) => Heavy.Contains(word);

    /// <summary>What a clause says that something is, or was done to it: the words after "is" and "has".</summary>
    public static IEnumerable<string> PredicatesOf(Clause clause)
    {
        var words = clause.Words;
        for (var i = 0; i < words.Length; i++)
        {
            if (!Being.Contains(words[i]) || IsModal(words, i))
                continue;
            var at = i + 1;
            while (at < words.Length && Between.Contains(words[at]))
                at++;
            if (at < words.Length && Tells(words[at]))
                yield return words[at];
        }
    }

    /// <summary>Who does it, where a clause says by whom.</summary>
    public static IEnumerable<string> DoersOf(Clause clause)
    {
        var words = clause.Words;
        for (var i = 0; i + 1 < words.Length; i++)
        {
            if (words[i] is not "by")
                continue;
            var at = i + 1;
            while (at < words.Length && !Tells(words[at]))
                at++;
            if (at < words.Length && !words[at].EndsWith("ing", StringComparison.Ordinal))
                yield return words[at];
        }
    }

    /// <summary>Whether a word is stated in a quote, as what happens or is: what somebody can do, or is told how to, is not done yet.</summary>
    public static bool IsStated(string predicate, Clause quoted)
    {
        var words = quoted.Words;
        var stem = Synonyms.Of(predicate);
        if (!IsParticiple(predicate) && !IsState(predicate))
            return quoted.Stems.Contains(stem);
        for (var i = 0; i < words.Length; i++)
        {
            if (Synonyms.Of(words[i]) != stem)
                continue;
            var before = i - 1;
            while (before >= 0 && Between.Contains(words[before]))
                before--;
            if (before < 0 ? IsParticiple(words[i]) : Being.Contains(words[before]) ? !IsModal(words, before) : words[before] is "we" or "they" || (IsFinite(words[i]) && !Opening.Contains(words[before])))
                return true;
        }

        return false;
    }

    /// <summary>Whether "be" stands after "can" or "to".</summary>
    private static bool IsModal(System.Collections.Immutable.ImmutableArray<string> words, int being)
    {
        for (var i = being - 1; i >= Math.Max(0, being - 2); i--)
        {
            if (Modal.Contains(words[i]))
                return true;
        }

        return false;
    }

    private static bool IsParticiple(string word) => word.EndsWith("ed", StringComparison.Ordinal) || word.EndsWith("en", StringComparison.Ordinal) || Irregular.Contains(word);

    private static bool IsFinite(string word) => IsParticiple(word) || States.Contains(word) || word.EndsWith('s');

    private static bool IsState(string word) => States.Contains(word);
}
