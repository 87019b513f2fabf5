using System.Text.RegularExpressions;
using FteAgent.Cluster.Load;
using FteAgent.Testing;

namespace FteAgent.Cluster.Checks;

/// <summary>The script that looks through the logs knows the marks that customers' messages bear here.</summary>
public sealed partial class CanaryTests
{
    [Fact]
    public void The_canary_finds_the_mark_of_any_message()
    {
        var script = File.ReadAllText(PostgresServer.ScriptPath("log-canary"));
        var patterns = Patterns().Match(script).Groups[1].Value;
        Assert.NotEqual("", patterns);

        foreach (var (customer, message) in from customer in (int[])[0, 1, 15, 500_000, 700_123, 1_048_575] from message in (int[])[0, 9, 65_535] select (customer, message))
            Assert.Matches($"^(?:{patterns})$", Mark.Of(customer, message));
    }

    [GeneratedRegex("^readonly patterns='([^']+)'", RegexOptions.Multiline)]
    private static partial Regex Patterns();
}
