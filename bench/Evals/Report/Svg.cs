using System.Globalization;
using System.Xml.Linq;

namespace FteAgent.Evals.Report;

/// <summary>Pieces of a drawing. Colours are the page's, by classes, so that a drawing is dark where the page is.</summary>
internal static class Svg
{
    public static XElement Of(double width, double height, string title, params IEnumerable<object> content) => new(
        "svg", new XAttribute("viewBox", $"0 0 {Number(width)} {Number(height)}"), new XAttribute("width", Number(width)), new XAttribute("role", "img"),
        new XElement("title", title), content);

    public static XElement Text(double x, double y, string text, string kind = "", string anchor = "start") => new(
        "text", At("x", x), At("y", y), new XAttribute("text-anchor", anchor), Class(kind), text);

    public static XElement Line(double x1, double y1, double x2, double y2, string kind) => new(
        "line", At("x1", x1), At("y1", y1), At("x2", x2), At("y2", y2), Class(kind));

    public static XElement Rect(double x, double y, double width, double height, string kind, double opacity = 1) => new(
        "rect", At("x", x), At("y", y), At("width", width), At("height", height), Class(kind), opacity < 1 ? At("fill-opacity", opacity) : null);

    public static XElement Circle(double x, double y, double radius, string kind) => new("circle", At("cx", x), At("cy", y), At("r", radius), Class(kind));

    public static XElement Curve(IEnumerable<(double X, double Y)> points, string kind) => new(
        "polyline", new XAttribute("points", string.Join(' ', points.Select(point => $"{Number(point.X)},{Number(point.Y)}"))), Class(kind));

    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static XAttribute At(string name, double value) => new(name, Number(value));

    private static XAttribute? Class(string kind) => kind.Length == 0 ? null : new("class", kind);
}
