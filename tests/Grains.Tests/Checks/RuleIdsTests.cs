using System.Text.RegularExpressions;
using FteAgent.Testing;

namespace FteAgent.Tests.Checks;

/// <summary>Whatever decides is recorded with its rule's id: an id that no test names decides untried. A comment tries nothing, nor does this file.</summary>
public sealed partial class RuleIdsTests
{
    [Fact]
    public void Each_rule_id_of_the_product_is_named_by_a_test()
    {
        var named = IdsUnder("tests").ToHashSet();

        var ids = IdsUnder("src").ToHashSet();
        Assert.Contains("A4.refund", ids);
        Assert.Empty(ids.Except(named).Order());
    }

    [Theory]
    [InlineData("""decide("A1.one"); // not "A2.two" """, "A1.one")]
    [InlineData("""/// <summary>"A2.two"</summary>""", "")]
    [InlineData("""/* "A2.two" */ decide("A1.one")""", "A1.one")]
    [InlineData("""site("https://x", "A1.one"); quote('"'); // "A2.two" """, "A1.one")]
    [InlineData("""path(@"c:\", "//", "A1.one")""", "A1.one")]
    [InlineData(""""raw("""{"at":"http://x","rule":"A1.one"}""") // "A2.two" """", "A1.one")]
    public void A_comment_names_no_rule(string code, string expected) => Assert.Equal(expected, string.Join(' ', Ids(code)));

    private static IEnumerable<string> IdsUnder(string folder) =>
        from file in Directory.EnumerateFiles(Path.Combine(Tree.Root, folder), "*.cs", SearchOption.AllDirectories)
        where Path.GetFileName(file) != $"{nameof(RuleIdsTests)}.cs"
        from id in Ids(File.ReadAllText(file))
        select id;

    private static IEnumerable<string> Ids(string code) =>
        from Match id in RuleId().Matches(TextOrComment().Replace(code, static found => found.Value[0] == '/' ? " " : found.Value))
        select id.Groups["id"].Value;

    // "A5.button", "A11.injection", "P.never".
    [GeneratedRegex(@"""(?<id>(?:[A-Z][0-9]{1,2}|H|P)\.[a-z][a-z_-]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex RuleId();

    // Two strokes in a text begin no comment: raw texts, verbatim ones, others, letters; and comments.
    [GeneratedRegex(
        """"(?<raw>"{3,})(?s:.*?)\k<raw>|@\$?"(?:[^"]|"")*"|"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)+'|//[^\r\n]*|/\*(?s:.*?)\*/"""", RegexOptions.CultureInvariant)]
    private static partial Regex TextOrComment();
}
