using System.Xml.Linq;
using FteAgent.Bench;

namespace FteAgent.Evals.Report;

/// <summary>The figures as one page that needs nothing else: no script, no font, no picture from anywhere. It is well-formed XML as well.</summary>
internal static class EvalReport
{
    /// <summary>Writes the page.</summary>
    public static void Write(string path, Figures figures, bool isSample)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, Page(figures, isSample));
    }

    /// <summary>The page.</summary>
    public static string Page(Figures figures, bool isSample)
    {
        var held = figures.Measured.Where(figure => figure.Target is not null).ToList();
        var page = new XElement(
            "html", new XAttribute("lang", "en"),
            new XElement(
                "head", new XElement("meta", new XAttribute("charset", "utf-8")),
                new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
                new XElement("title", "Evaluations"), new XElement("style", PageStyle.Css)),
            new XElement(
                "body",
                new XElement("h1", "Evaluations"),
                new XElement("p", new XAttribute("class", "soft"), ThisBuild.Heading),
                isSample ? new XElement("p", "This is the small sample. Its figures say nothing about quality.") : null,
                new XElement("h2", "What was promised"),
                new XElement("p", Summary(held)),
                Scrolling(IntervalChart.Of(held)),
                Table(held),
                figures.Exhibits.SelectMany(Shown),
                new XElement("h2", "All figures"),
                new XElement("p", "The interval is a 95 % bootstrap interval. A difference within it is no difference. Times and sizes have none."),
                figures.Measured.GroupBy(figure => figure.Section).SelectMany(section => (object?[])[new XElement("h3", section.Key), Table([.. section])])));
        return $"<!DOCTYPE html>\n{page}\n";
    }

    private static string Summary(List<Figure> held) => held.Count == 0
        ? "Nothing was measured that has a target."
        : $"{held.Count(figure => !figure.IsMissed)} of {held.Count} targets are met. A line is the 95 % interval, the upright stroke the target; an empty dot has missed it.";

    private static IEnumerable<object?> Shown(Exhibit exhibit) => exhibit switch
    {
        ConfusionExhibit confusion =>
        [
            new XElement("h2", $"{exhibit.Title}: what is taken for what"),
            new XElement("p", $"{confusion.Confusions.Sum(pair => pair.Count)} mistakes in {confusion.Confusions.Count} pairs of labels. Here are the labels of the {ClassifierEval.WorstPairs} worst pairs: a row is what was meant, a column what was answered."),
            Scrolling(ConfusionMap.Of(confusion)),
        ],
        EvidenceExhibit evidence =>
        [
            new XElement("h2", $"{exhibit.Title}: does the evidence say when the documents do not answer?"),
            new XElement("p", "First, of questions with about the same evidence, how many the documents do answer: on the diagonal the evidence is a true chance. The figure beside a dot is the number of questions, the product refuses left of the upright line. Then what refusing below every possible threshold would get; the dot is the product's own."),
            new XElement("div", new XAttribute("class", "pair"), EvidenceCharts.Calibration(evidence), EvidenceCharts.PrecisionRecall(evidence)),
        ],
        ReasonsExhibit reasons =>
        [
            new XElement("h2", $"{exhibit.Title}: why a person was asked for"),
            new XElement("p", $"{reasons.Reasons.Sum(reason => reason.Count)} of {reasons.Of} messages whose rules do not hand them over."),
            reasons.Reasons.Count == 0 ? null : Scrolling(ReasonBars.Of(reasons)),
        ],
        _ => throw new InvalidOperationException($"Nobody knows how to draw {exhibit.GetType().Name}."),
    };

    private static XElement? Table(IReadOnlyList<Figure> figures) => figures.Count == 0 ? null : new(
        "div", new XAttribute("class", "wide"),
        new XElement(
            "table",
            new XElement("thead", Row("th", ["figure", "ours", "95 % interval", "baseline", "target"], null)),
            new XElement("tbody", figures.Select(figure => Row(
                "td",
                [figure.Key, Figures.Show(figure.Value), figure.Between, figure.Baseline is { } known ? Figures.Show(known) : "", figure.Verdict],
                figure.Target is null ? null : figure.IsMissed ? "missed" : "met")))));

    // A cell without words is written with both its tags: HTML knows no empty td.
    private static XElement Row(string cell, string[] words, string? kind) => new(
        "tr", words.Select((word, place) => new XElement(cell, place == words.Length - 1 && kind is not null ? new XAttribute("class", kind) : null, word)));

    private static XElement? Scrolling(XElement? drawing) => drawing is null ? null : new("div", new XAttribute("class", "wide"), drawing);
}
