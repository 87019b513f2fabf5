using System.Xml.Linq;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using FteAgent.Evals.Report;

namespace FteAgent.Evals;

/// <summary>The report is one page that a browser reads as it was meant, whatever the labels are called.</summary>
public sealed class ReportTests
{
    private static readonly string Page = EvalReport.Page(Measured(), isSample: false);

    [Fact]
    public void It_is_well_formed_for_machines_and_without_a_fault_for_browsers()
    {
        Assert.Equal("html", XDocument.Parse(Page).Root!.Name.LocalName);
        // Strict: a fault is an exception.
        Assert.NotEmpty(Html().QuerySelectorAll("table"));
    }

    [Fact]
    public void It_needs_nothing_but_itself()
    {
        var html = Html();

        Assert.Empty(html.QuerySelectorAll("script, link, img, iframe, object, embed, use, image"));
        Assert.DoesNotContain(html.All.SelectMany(element => element.Attributes), attribute =>
            attribute.Name.StartsWith("on", StringComparison.Ordinal) || attribute.Name is "href" or "src" or "style");
        Assert.DoesNotContain("url(", Page, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_made_for_light_and_for_dark()
    {
        var style = Html().QuerySelector("style")!.TextContent;

        Assert.Contains("color-scheme: light dark", style, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", style, StringComparison.Ordinal);
        // Every colour is one of the page's own names, which both have.
        var both = style.Split("@media");
        foreach (var name in both[0].Split("--").Skip(1).Select(part => part[..part.IndexOf(':', StringComparison.Ordinal)]))
            Assert.Contains($"--{name}:", both[1], StringComparison.Ordinal);
        Assert.DoesNotContain("#", style[style.IndexOf("body {", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public void Each_drawing_says_what_it_shows()
    {
        var titles = Html().QuerySelectorAll("svg").Select(drawing => drawing.QuerySelector("title")!.TextContent).ToList();

        Assert.Equal(
            [
                "Figures with their 95 % intervals against their targets", "banking77: what was taken for what", "flydocs: calibration of the evidence",
                "flydocs: precision and recall of refusing", "tickets_whole: why a person was asked for",
            ],
            titles);
    }

    [Fact]
    public void Words_of_the_data_stay_words()
    {
        var html = Html();

        Assert.Contains(html.QuerySelectorAll("svg text"), text => text.TextContent == "<b>card & \"PIN\"");
        Assert.Null(html.QuerySelector("b"));
    }

    [Fact]
    public void A_missed_target_is_seen_without_colours()
    {
        var html = Html();

        Assert.Contains("1 of 3 targets are met", html.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, html.QuerySelectorAll("circle.dot.missed").Length);
        Assert.Contains(html.QuerySelectorAll("td.missed"), cell => cell.TextContent == "≥ 0.57 MISSED");
    }

    [Fact]
    public void Nothing_measured_is_a_page_as_well() => Parse(EvalReport.Page(new Figures(), isSample: true));

    [Fact]
    public void Refusing_below_a_threshold_is_counted()
    {
        EvidencePoint[] points = [new(0.1, false), new(0.3, true), new(0.4, false), new(0.9, true)];

        Assert.Equal((2.0 / 3, 1.0), EvidenceCharts.At(points, 0.5));
        Assert.Equal((1.0, 0.5), EvidenceCharts.At(points, 0.2));
    }

    private static Figures Measured()
    {
        var figures = new Figures();
        figures.Heading("flydocs: 60 questions & more");
        figures.Add("flydocs.hit@5", 0.8, new(0.7, 0.88));
        figures.Add("flydocs.mrr@10", 0.5, new(0.4, 0.6));
        figures.Add("tickets_whole.escalation_rate", 0.3, new(0.1, 0.5));
        figures.Add("flydocs.import_s", 1.25);
        figures.Show(new ConfusionExhibit("banking77", [new("<b>card & \"PIN\"", "card_lost", 3), new("top_up", "card_lost", 1)]));
        figures.Show(new EvidenceExhibit("flydocs", 0.5, [new(0.1, false), new(0.3, true), new(0.4, false), new(0.9, true), new(1, true)]));
        figures.Show(new ReasonsExhibit("tickets_whole", 10, [("no_evidence (A3.no_evidence)", 2), ("legal (A5.legal)", 1)]));
        return figures;
    }

    private static IHtmlDocument Html() => Parse(Page);

    private static IHtmlDocument Parse(string page) => new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocument(page);
}
