using FteAgent.Knowledge;

namespace FteAgent.Answering;

/// <summary>A run of sentences of one chunk that answers, ready to be quoted.</summary>
/// <param name="Hit">The chunk.</param>
/// <param name="Heading">The headings above the run.</param>
/// <param name="Units">The sentences, items and code it holds, in order.</param>
/// <param name="Score">How much to the point it is.</param>
/// <param name="GoesOn">Whether steps follow that did not fit.</param>
internal sealed record Passage(SearchHit Hit, string Heading, IReadOnlyList<TextUnit> Units, double Score, bool GoesOn = false)
{
    /// <summary>The words as they stand in the chunk.</summary>
    public string Quote => Hit.Text[Units[0].Start..Units[^1].End];

    public Citation ToCitation() => new(Hit.ChunkId, Hit.DocumentId, Hit.Title, HeadingAndColumns(), Quote, Hit.ChangedAt, Hit.Url);

    /// <summary>
    /// The names of a table's columns are said with each of its rows, and need not stand in the quote. They stand above the rows as a heading does, and
    /// are told as one: whoever checks the answer must find them somewhere.
    /// </summary>
    private string HeadingAndColumns() => string.Join(
        Chunker.PathSeparator,
        Units.Select(unit => unit.Header).OfType<string>().Distinct().Select(AnswerText.ColumnsOf).Prepend(Heading).Where(part => part.Length > 0));

    /// <summary>Whether a sentence of it stands in the other too: pages often repeat each other.</summary>
    public bool Repeats(Passage earlier)
    {
        var said = earlier.Units.Select(unit => earlier.TextOf(unit)).ToHashSet(StringComparer.Ordinal);
        return Units.Any(unit => unit.Words >= FewestToRepeat && said.Contains(TextOf(unit))) || earlier.Quote.Contains(Quote, StringComparison.Ordinal);
    }

    /// <summary>
    /// Whether it says something of the matter. What stands in code may hold the question's words for any reason, such as being a request that asks it;
    /// but where the headings name the matter, whatever stands below is about it.
    /// </summary>
    public bool Speaks(Question question)
    {
        if (question.Share(question.Asked(Heading)) >= PassagePicker.HeadingAsks) return true;
        var said = new HashSet<string>(StringComparer.Ordinal);
        foreach (var unit in Units.Where(unit => unit.Kind is not UnitKind.Code)) said.UnionWith(question.SaidOf(PlainText.Of(TextOf(unit))));
        return question.Share(said) >= PassagePicker.LeastShare;
    }

    public string TextOf(TextUnit unit) => Hit.Text[unit.Start..unit.End];

    // "For example:" may stand anywhere.
    private const int FewestToRepeat = 5;
}
