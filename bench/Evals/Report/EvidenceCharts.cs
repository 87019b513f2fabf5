using System.Globalization;
using System.Xml.Linq;

namespace FteAgent.Evals.Report;

/// <summary>Whether the evidence means what it says, and how well it tells questions apart.</summary>
internal static class EvidenceCharts
{
    private const int Bins = 10;

    /// <summary>Of questions with about this evidence: how many the documents do answer. On the diagonal the chance is what it says.</summary>
    public static XElement Calibration(EvidenceExhibit exhibit)
    {
        var bins = exhibit.Points.GroupBy(point => Math.Min(Bins - 1, (int)(point.Chance * Bins))).OrderBy(bin => bin.Key)
            .Select(bin => (Told: bin.Average(point => point.Chance), True: bin.Average(point => point.Answerable ? 1.0 : 0), Count: bin.Count())).ToList();
        return Plot.Of(
            $"{exhibit.Title}: calibration of the evidence", "evidence told", "share that is answered",
            Svg.Line(Plot.X(0), Plot.Y(0), Plot.X(1), Plot.Y(1), "diagonal"),
            Svg.Line(Plot.X(exhibit.Needed), Plot.Y(0), Plot.X(exhibit.Needed), Plot.Y(1), "target"),
            Svg.Curve(bins.Select(bin => (Plot.X(bin.Told), Plot.Y(bin.True))), "curve"),
            bins.SelectMany(bin => (object[])
            [
                Svg.Circle(Plot.X(bin.Told), Plot.Y(bin.True), Radius(bin.Count, exhibit.Points.Count), "dot met"),
                Svg.Text(Plot.X(bin.Told) + 12, Plot.Y(bin.True) - 8, bin.Count.ToString(CultureInfo.InvariantCulture), "soft"),
            ]));
    }

    /// <summary>What refusing below each threshold would get; the dot is the product's own.</summary>
    public static XElement PrecisionRecall(EvidenceExhibit exhibit)
    {
        var curve = exhibit.Points.Select(point => point.Chance).Append(exhibit.Needed).Append(1.01).Distinct().Order().Select(threshold => At(exhibit.Points, threshold))
            .Where(at => at.Recall > 0).ToList();
        var (precision, recall) = At(exhibit.Points, exhibit.Needed);
        return Plot.Of(
            $"{exhibit.Title}: precision and recall of refusing", "recall: unanswerable questions that are refused", "precision: refusals that are right",
            Svg.Curve(curve.Select(at => (Plot.X(at.Recall), Plot.Y(at.Precision))), "curve"),
            Svg.Circle(Plot.X(recall), Plot.Y(precision), 6, "dot met"),
            Svg.Text(Plot.X(recall) - 10, Plot.Y(precision) + 22, $"{Figures.Show(precision)} / {Figures.Show(recall)} below {Svg.Number(exhibit.Needed)}", "", "end"));
    }

    /// <summary>Precision and recall of refusing below a threshold.</summary>
    public static (double Precision, double Recall) At(IReadOnlyList<EvidencePoint> points, double threshold)
    {
        double refused = points.Count(point => point.Chance < threshold), right = points.Count(point => point.Chance < threshold && !point.Answerable);
        double unanswerable = points.Count(point => !point.Answerable);
        return (refused == 0 ? 1 : right / refused, unanswerable == 0 ? 0 : right / unanswerable);
    }

    private static double Radius(int some, int all) => 3 + (9 * Math.Sqrt((double)some / Math.Max(1, all)));
}
