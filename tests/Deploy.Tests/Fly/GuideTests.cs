using System.Text.RegularExpressions;

namespace FteAgent.Deploy.Tests.Fly;

/// <summary>What the guides tell people to type: Fly must know every word of it, and it must say which app is meant.</summary>
public sealed partial class GuideTests : IDisposable
{
    private readonly FakeFly fly = new();

    [Fact]
    public void Every_command_of_fly_in_the_guides_is_one_that_Fly_has_and_says_which_app_it_means()
    {
        var said = Tree.Files("docs", "*.md").Append("FLY_IO_DEPLOYMENT.md").Append("README.md").Append("SECURITY.md").SelectMany(Commands).Distinct().ToList();

        Assert.True(said.Count > 20, $"Only {said.Count} commands were found.");
        Assert.Empty(said.Select(line => (line, fly.Parse(line))).Where(parsed => parsed.Item2.ExitCode != 0).Select(parsed => $"{parsed.line}: {parsed.Item2.Output}"));
    }

    [Theory]
    [InlineData("fly scale count 3")]
    [InlineData("fly mpg proxy --cluster ID")]
    [InlineData("fly machine stop ID --app my-support && fly machine begin ID --app my-support")]
    public void A_command_that_Fly_lacks_or_that_leaves_the_app_open_would_be_found(string line) => Assert.NotEqual(0, fly.Parse(line).ExitCode);

    public void Dispose() => fly.Dispose();

    /// <summary>Lines of examples that begin with fly, and commands within sentences.</summary>
    private static IEnumerable<string> Commands(string page)
    {
        var text = Tree.Read(page);
        var examples = Example().Matches(text).SelectMany(example => example.Groups["lines"].Value.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'))
            .Where(line => line.StartsWith("fly ", StringComparison.Ordinal));
        var sentences = Spoken().Matches(Example().Replace(text, "")).Select(command => command.Groups["command"].Value.Replace('\n', ' '));
        return examples.Concat(sentences);
    }

    [GeneratedRegex("^```sh\n(?<lines>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Example();

    [GeneratedRegex("`(?<command>fly [^`]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Spoken();
}
