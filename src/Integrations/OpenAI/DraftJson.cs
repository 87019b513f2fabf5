using System.Collections.Immutable;
using System.Text;
using FteAgent.Answering;

namespace FteAgent.OpenAI;

/// <summary>The answer that a model proposes. Whether its quotes are true, and whether it may be sent, is decided elsewhere.</summary>
/// <param name="Sentences">The answer; none where a person must take over.</param>
/// <param name="Intent">What the customer wants, in snake case.</param>
/// <param name="Confidence">The model's own chance, 0 to 1, that this answers the question.</param>
/// <param name="NeedsPerson">Why a person must take over.</param>
internal sealed record ProposedDraft(ImmutableArray<ProposedSentence> Sentences, string Intent, double Confidence, EscalationReason? NeedsPerson);

/// <summary>One sentence.</summary>
/// <param name="Text">Its words.</param>
/// <param name="Quotes">What it rests on.</param>
internal sealed record ProposedSentence(string Text, ImmutableArray<ProposedQuote> Quotes);

/// <summary>What a model says that it read.</summary>
/// <param name="ChunkId">Where.</param>
/// <param name="Quote">The words, as it says.</param>
internal sealed record ProposedQuote(string ChunkId, string Quote);

/// <summary>What the arguments of <c>send_response</c> say.</summary>
/// <param name="Draft">The draft; null where anything is wrong.</param>
/// <param name="Faults">What is wrong, in sentences that the model can mend by.</param>
internal sealed record DraftReading(ProposedDraft? Draft, ImmutableArray<string> Faults);

/// <summary>Reads the arguments of <c>send_response</c>, and trusts nothing about them: strict mode is a promise of some endpoints only.</summary>
internal static class DraftJson
{
    /// <summary>Longer arguments are not looked at.</summary>
    public const int LongestArguments = 32 * 1024;

    /// <summary>More sentences are no answer that anyone reads.</summary>
    public const int MostSentences = 24;

    /// <summary>The longest sentence, in characters; a step with a command in it is long.</summary>
    public const int LongestSentence = 800;

    /// <summary>The longest answer, in characters.</summary>
    public const int LongestAnswer = 4_000;

    /// <summary>How many quotes a sentence may rest on.</summary>
    public const int MostQuotes = 4;

    /// <summary>The longest quote, in characters. How many words it has is counted where it is looked up.</summary>
    public const int LongestQuote = 500;

    /// <summary>The longest chunk id.</summary>
    public const int LongestChunkId = 500;

    /// <summary>An intent that says nothing.</summary>
    public const string NoIntent = "other";

    private const int LongestIntent = 48;
    private const int LongestIntentRead = 200;

    /// <summary>Reads them.</summary>
    public static DraftReading Read(string arguments)
    {
        List<string> faults = [];
        var draft = JsonFields.Read(arguments, LongestArguments, ["sentences", "intent", "confidence", "needs_person"], Draft, faults);
        return new(draft, [.. faults]);
    }

    private static ProposedDraft? Draft(JsonFields fields)
    {
        ImmutableArray<ProposedSentence> sentences = [.. fields.List("sentences", MostSentences, "text", "quotes").Select(Sentence)];
        var intent = fields.Text("intent", LongestIntentRead);
        var confidence = fields.Number("confidence", 0, 1);
        var person = fields.OneOfOrNull("needs_person", OpenAiTools.Reasons);
        if (sentences.Sum(sentence => sentence.Text.Length) is var length && length > LongestAnswer)
            fields.Note($"The sentences have {length} characters together; {LongestAnswer} are allowed.");
        return new(sentences, Fold(intent ?? ""), confidence ?? 0, person);
    }

    private static ProposedSentence Sentence(JsonFields fields) => new(
        fields.Text("text", LongestSentence)?.Trim() ?? "",
        [.. fields.List("quotes", MostQuotes, "chunk_id", "quote").Select(Quote)]);

    private static ProposedQuote Quote(JsonFields fields) => new(fields.Text("chunk_id", LongestChunkId) ?? "", fields.Text("quote", LongestQuote) ?? "");

    /// <summary>Nothing is decided by an intent's spelling, so no answer is lost by it.</summary>
    private static string Fold(string intent)
    {
        var folded = new StringBuilder();
        foreach (var letter in intent)
        {
            if (char.IsAsciiLetterOrDigit(letter))
                folded.Append(char.ToLowerInvariant(letter));
            else if (folded.Length > 0 && folded[^1] != '_')
                folded.Append('_');
            if (folded.Length == LongestIntent)
                break;
        }

        return folded.ToString().Trim('_') is { Length: > 0 } word ? word : NoIntent;
    }
}
