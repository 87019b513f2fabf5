using System.Globalization;
using System.Xml.Linq;

namespace FteAgent.Evals.Report;

/// <summary>A square from 0 to 1 both ways, with its axes, into which curves are drawn.</summary>
internal static class Plot
{
    private const double Left = 56;
    private const double Top = 16;
    private const double Side = 310;

    public static double X(double share) => Left + (Math.Clamp(share, 0, 1) * Side);

    public static double Y(double share) => Top + Side - (Math.Clamp(share, 0, 1) * Side);

    public static XElement Of(string title, string across, string up, params IEnumerable<object> content) => Svg.Of(
        Left + Side + 120, Top + Side + 48, title,
        Enumerable.Range(0, 6).Select(tick => tick / 5.0).SelectMany(tick => (object[])
        [
            Svg.Line(X(tick), Y(0), X(tick), Y(1), "grid"),
            Svg.Line(X(0), Y(tick), X(1), Y(tick), "grid"),
            Svg.Text(X(tick), Y(0) + 18, Label(tick), "soft", "middle"),
            Svg.Text(X(0) - 8, Y(tick) + 4, Label(tick), "soft", "end"),
        ]),
        Svg.Text(X(0.5), Y(0) + 40, across, "", "middle"),
        new XElement("g", new XAttribute("transform", $"translate(14 {Svg.Number(Y(0.5))}) rotate(-90)"), Svg.Text(0, 0, up, "", "middle")),
        content);

    private static string Label(double share) => share.ToString("0.0", CultureInfo.InvariantCulture);
}
