using System.Collections.Frozen;
using System.Text;
using FteAgent.Knowledge;

namespace FteAgent.Answering;

/// <summary>What is asked, as terms with the weight each carries.</summary>
internal sealed class Question
{
    // A question that says this little ("and how do I undo that?") leans on what was said before.
    private const int FewTerms = 2;

    private const double HistoryShare = 0.5;

    private static readonly FrozenSet<string> OfMoney = TermReader.All(
        "price prices pricing priced cost costs fee fees charge charges charged pay pays paying payment paid bill billed billing invoice invoices money discount discounts refund refunds cheap cheaper expensive dollar dollars euro euros pound pounds usd eur gbp")
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A sentence of fewer words stands in many a text that does not repeat the question.</summary>
    private const int FewestToRepeat = 3;

    private readonly Dictionary<string, double> terms = new(StringComparer.Ordinal);
    private readonly List<string> sentences = [];

    private Question()
    {
    }

    public bool IsEmpty => terms.Count == 0;

    public double Total { get; private set; }

    /// <summary>
    /// Whether what something costs has no place in an answer: prices are not said in this deployment, and none was asked about. Who asks about one
    /// is to reach a person by the rule for prices, and not to hear something else.
    /// </summary>
    public bool LeavesPricesOut { get; private set; }

    public static Question Of(DraftRequest request, ITermWeights weights)
    {
        var question = new Question();
        foreach (var text in request.Question)
        {
            question.Add(text, weights, 1);
            question.sentences.AddRange(SentenceSplitter.Split(text, 0, text.Length).Select(sentence => WordsOf(text[sentence.Start..sentence.End]))
                .Where(static words => words.Count(' ') > FewestToRepeat));
        }

        if (question.terms.Count < FewTerms && request.History.LastOrDefault(said => said.FromCustomer) is { } before)
            question.Add(before.Text, weights, HistoryShare);
        question.Total = question.terms.Values.Sum();
        question.LeavesPricesOut = !request.PricesMayBeSaid && !request.Question.Any(text => TermReader.All(text).Exists(OfMoney.Contains));
        return question;
    }

    /// <summary>The weight of a term, 0 when it is not asked about.</summary>
    public double Weight(ReadOnlySpan<char> term) =>
        terms.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(term, out var weight) ? weight : 0;

    /// <summary>The terms of the question that a text holds.</summary>
    public HashSet<string> Asked(string text)
    {
        var held = new HashSet<string>(StringComparer.Ordinal);
        var lookup = held.GetAlternateLookup<ReadOnlySpan<char>>();
        var reader = new TermReader(text);
        while (reader.MoveNext()) if (Weight(reader.Current) > 0) lookup.Add(reader.Current);
        return held;
    }

    /// <summary>
    /// The terms of the question that a text holds where it says something about them: none in a text of the question's own words alone, and none
    /// where it only repeats a sentence of the question, as an example of what one may ask does.
    /// </summary>
    public HashSet<string> SaidOf(string text)
    {
        var said = WordsOf(text);
        foreach (var sentence in sentences) said = said.Replace(sentence, " ", StringComparison.Ordinal);
        var terms = TermReader.All(said);
        var held = terms.Where(term => Weight(term) > 0).ToHashSet(StringComparer.Ordinal);
        return terms.Exists(term => !held.Contains(term) && !Chatter.Holds(term)) ? held : [];
    }

    /// <summary>What share of the question these terms carry.</summary>
    public double Share(IEnumerable<string> held) => Total <= 0 ? 0 : held.Sum(term => Weight(term)) / Total;

    /// <summary>The words alone, in small letters, each between spaces.</summary>
    private static string WordsOf(string text)
    {
        var words = new StringBuilder(" ", text.Length + 2);
        foreach (var c in text)
            if (Letters.Belongs(c)) words.Append(char.ToLowerInvariant(c));
            else if (!Letters.IsApostrophe(c) && words[^1] != ' ') words.Append(' ');
        return words[^1] == ' ' ? words.ToString() : words.Append(' ').ToString();
    }

    private void Add(string text, ITermWeights weights, double share)
    {
        var reader = new TermReader(text);
        var lookup = terms.GetAlternateLookup<ReadOnlySpan<char>>();
        while (reader.MoveNext())
            if (!Chatter.Holds(reader.Current) && weights.Weight(reader.Current) is > 0 and var weight) lookup.TryAdd(reader.Current, weight * share);
    }
}
