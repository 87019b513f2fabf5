using System.Globalization;
using System.Xml.Linq;

namespace FteAgent.Evals.Report;

/// <summary>Why messages reached a person, by how many.</summary>
internal static class ReasonBars
{
    private const double Labels = 330;
    private const double Width = 360;
    private const double Row = 28;

    public static XElement Of(ReasonsExhibit exhibit)
    {
        var most = exhibit.Reasons.Select(reason => reason.Count).DefaultIfEmpty(1).Max();
        return Svg.Of(
            Labels + Width + 140, (exhibit.Reasons.Count * Row) + 12, $"{exhibit.Title}: why a person was asked for",
            exhibit.Reasons.SelectMany((reason, place) =>
            {
                var y = (place * Row) + 6;
                var share = (100.0 * reason.Count / Math.Max(1, exhibit.Of)).ToString("0.0", CultureInfo.InvariantCulture);
                return (object[])
                [
                    Svg.Text(Labels - 8, y + 16, reason.Reason, "", "end"),
                    Svg.Rect(Labels, y, Width * reason.Count / most, Row - 8, "bar"),
                    Svg.Text(Labels + (Width * reason.Count / most) + 8, y + 16, $"{reason.Count}, {share} %"),
                ];
            }));
    }
}
