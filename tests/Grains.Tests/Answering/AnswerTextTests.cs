using FteAgent.Answering;
using FteAgent.Knowledge;
using FteAgent.Tests.Knowledge;

namespace FteAgent.Tests.Answering;

public class AnswerTextTests
{
    [Fact]
    public void A_table_row_says_what_its_cells_are() => Assert.Equal(
        "Our documentation says in “Codes”:\n\n• Code: 402; Meaning: The card was declined",
        Answer("| Code | Meaning |\n|---|:--|\n| 402 | The *card* was declined |"));

    [Fact]
    public void Marks_go_and_lists_code_and_paragraphs_stay() => Assert.Equal(
        "Our documentation says in “Codes”, under “Do it”:\n\nRun this now:\n\n1. Open Settings.\n2. Run:\n\n    fly go\n\n    fly on\n\nDone & dusted. It works.",
        Answer("## Do it\n\nRun **this** now:\n\n1. Open [Settings](/s).\n2. Run:\n\n```sh\nfly go\n\nfly on\n```\n\n---\n\nDone &amp; dusted. It works.", "Do it"));

    [Theory]
    [InlineData("### Files\n\nOne.\n\n### Mails\n\nTwo.", "Use › Limits › Files", "Use › Limits › Mails")]
    [InlineData("### Files\n\nOne.\n\n## Prices\n\nTwo.", "Use › Limits › Files", "Use › Prices")]
    [InlineData("### Files\n\nOne.\n\n## Prices\n\n### Seats\n\nTwo.", "Use › Limits › Files", "Use › Prices › Seats")]
    [InlineData("#### Files\n\nOne.\n\n## Prices\n\nTwo.", "Files", "Prices")]
    public void What_stands_below_a_later_heading_is_named_by_that_one(string text, string filedUnder, string heading) =>
        Assert.Equal(heading, TextUnits.Read(new SearchHit("c", "d", "Codes", filedUnder, text, 1, Given.Day))[^1].Heading);

    [Fact]
    public void Nothing_is_said_of_a_title_that_is_not_there() =>
        Assert.Equal("Our documentation says:\n\nWords.", Answer("Words.", title: ""));

    private static string Answer(string text, string heading = "", string title = "Codes")
    {
        var hit = new SearchHit("c", "d", title, heading, text, 1, Given.Day);
        var units = TextUnits.Read(hit);
        return AnswerText.Of([new Passage(hit, units[^1].Heading, units, 1)]);
    }
}
