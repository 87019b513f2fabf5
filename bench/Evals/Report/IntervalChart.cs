using System.Xml.Linq;

namespace FteAgent.Evals.Report;

/// <summary>Shares with their intervals, each against its target. What is met is a full dot, what is missed an empty one.</summary>
internal static class IntervalChart
{
    private const double Labels = 290;
    private const double Width = 420;
    private const double Row = 26;
    private const double Top = 26;

    public static XElement? Of(IEnumerable<Figure> figures)
    {
        var shown = figures.Where(figure => figure is { Target.Limit: >= 0 and <= 1, Value: >= 0 and <= 1 }).ToList();
        return shown.Count == 0 ? null : Svg.Of(
            Labels + Width + 190, Top + (shown.Count * Row) + 12, "Figures with their 95 % intervals against their targets",
            Enumerable.Range(0, 6).Select(tick => tick / 5.0).SelectMany(tick => (object[])
            [
                Svg.Line(X(tick), Top - 8, X(tick), Top + (shown.Count * Row), "grid"),
                Svg.Text(X(tick), Top - 14, Svg.Number(tick), "soft", "middle"),
            ]),
            shown.SelectMany((figure, place) => Drawn(figure, Top + (place * Row) + (Row / 2))));
    }

    private static IEnumerable<object> Drawn(Figure figure, double y)
    {
        var kind = figure.IsMissed ? "missed" : "met";
        yield return Svg.Text(Labels - 14, y + 4, figure.Key, "", "end");
        if (figure.Interval is { } between) yield return Svg.Line(X(between.Low), y, X(between.High), y, $"between {kind}");
        yield return Svg.Line(X(figure.Target!.Limit), y - 10, X(figure.Target.Limit), y + 10, "target");
        yield return Svg.Circle(X(figure.Value), y, 5, $"dot {kind}");
        yield return Svg.Text(Labels + Width + 14, y + 4, $"{Figures.Show(figure.Value)}   {figure.Verdict}", kind);
    }

    private static double X(double share) => Labels + (Math.Clamp(share, 0, 1) * Width);
}
