using FteAgent.Answering.Rules.Claims;
using FteAgent.Knowledge;

namespace FteAgent.Answering.Rules.Matter;

/// <summary>
/// A quote's sentences, as they are written and as its readers see them: there no mark and no second space parts two words, and a line ends nothing
/// within a paragraph. Each item of a list and each row of a table stands by itself.
/// </summary>
internal static class QuotedSentences
{
    /// <summary>The sentences of a quote, each once.</summary>
    public static IEnumerable<string> Of(Citation quoted) => Clause.SentencesOf(quoted.Quote).Concat(Shown(quoted)).Distinct();

    /// <summary>What of a quote is no code, as it is written.</summary>
    public static IEnumerable<string> Written(Citation quoted) =>
        TextUnits.Read(new(quoted.ChunkId, quoted.DocumentId, quoted.Title, quoted.Heading, quoted.Quote, 0, quoted.VersionDate))
            .Where(unit => unit.Kind is not UnitKind.Code)
            .Select(unit => quoted.Quote[unit.Start..unit.End]);

    private static IEnumerable<string> Shown(Citation quoted) => Written(quoted).SelectMany(text => Clause.SentencesOf(PlainText.Of(text)));
}
