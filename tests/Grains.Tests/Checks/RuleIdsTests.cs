using System.Text.RegularExpressions;
using FteAgent.Testing;

namespace FteAgent.Tests.Checks;

/// <summary>Whatever decides is recorded with its rule's id: an id that no test names decides untried.</summary>
public sealed partial class RuleIdsTests
{
    [Fact]
    public void Each_rule_id_of_the_product_is_named_by_a_test()
    {
        var named = Ids("tests").ToHashSet();

        var ids = Ids("src").ToHashSet();
        Assert.Contains("A4.refund", ids);
        Assert.Empty(ids.Except(named).Order());
    }

    private static IEnumerable<string> Ids(string folder) =>
        from file in Directory.EnumerateFiles(Path.Combine(Tree.Root, folder), "*.cs", SearchOption.AllDirectories)
        from Match id in RuleId().Matches(File.ReadAllText(file))
        select id.Groups["id"].Value;

    // "A5.button", "A11.injection", "P.never".
    [GeneratedRegex(@"""(?<id>(?:[A-Z][0-9]{1,2}|H|P)\.[a-z][a-z_-]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex RuleId();
}
