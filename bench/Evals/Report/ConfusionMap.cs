using System.Xml.Linq;

namespace FteAgent.Evals.Report;

/// <summary>The labels of the worst confusions against each other: a row is what was meant, a column what was answered.</summary>
internal static class ConfusionMap
{
    private const double Cell = 24;
    private const double Labels = 280;
    private const double Top = 210;

    // Enough to be seen where it happened once.
    private const double Faintest = 0.18;

    public static XElement Of(ConfusionExhibit exhibit)
    {
        var worst = exhibit.Confusions.Take(ClassifierEval.WorstPairs).ToList();
        var rows = worst.Select(pair => pair.Meant).Distinct().ToList();
        var columns = worst.Select(pair => pair.Answered).Distinct().ToList();
        var most = worst.Select(pair => pair.Count).DefaultIfEmpty(1).Max();
        return Svg.Of(
            Labels + (columns.Count * Cell) + 120, Top + (rows.Count * Cell) + 12, $"{exhibit.Title}: what was taken for what",
            rows.SelectMany((row, y) => (object[])
            [
                Svg.Text(Labels - 8, Top + (y * Cell) + 16, row, "", "end"),
                Svg.Line(Labels, Top + (y * Cell), Labels + (columns.Count * Cell), Top + (y * Cell), "grid"),
            ]),
            columns.SelectMany((column, x) => (object[])
            [
                new XElement(
                    "g", new XAttribute("transform", $"translate({Svg.Number(Labels + (x * Cell) + 16)} {Svg.Number(Top - 8)}) rotate(-60)"), Svg.Text(0, 0, column)),
                Svg.Line(Labels + (x * Cell), Top, Labels + (x * Cell), Top + (rows.Count * Cell), "grid"),
            ]),
            exhibit.Confusions.Where(pair => rows.Contains(pair.Meant) && columns.Contains(pair.Answered)).SelectMany(pair =>
            {
                var (x, y) = (Labels + (columns.IndexOf(pair.Answered) * Cell), Top + (rows.IndexOf(pair.Meant) * Cell));
                return (object[])
                [
                    Svg.Rect(x + 1, y + 1, Cell - 2, Cell - 2, "heat", Faintest + ((1 - Faintest) * pair.Count / most)),
                    Svg.Text(x + (Cell / 2), y + 16, pair.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), pair.Count * 2 > most ? "onheat" : "", "middle"),
                ];
            }));
    }
}
