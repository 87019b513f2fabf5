using System.Text.Json;
using System.Text.RegularExpressions;
using FteAgent.Testing;

namespace FteAgent.Api.Monitoring;

/// <summary>An alert that nobody understands, or that asks for what nobody tells, wakes people for nothing or never.</summary>
public sealed partial class AlertTests
{
    /// <summary>What Prometheus itself tells of each that it asks.</summary>
    private const string Up = "up";

    private static readonly string[] HistogramParts = ["_bucket", "_sum", "_count"];
    private static readonly string Folder = Path.Combine(Tree.Root, "deploy", "monitoring");
    private static readonly string Runbooks = Path.Combine(Tree.Root, "docs", "runbooks");

    [Fact]
    public void Each_alert_has_a_page_that_says_what_to_do_and_a_test()
    {
        var (rules, tests) = (File.ReadAllText(Path.Combine(Folder, "fte.rules.yml")), File.ReadAllText(Path.Combine(Folder, "fte.test.yml")));
        var alerts = Alert().Matches(rules).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(alerts);
        Assert.Equal(alerts.Select(alert => $"docs/runbooks/{alert}.md"), RunbookUrl().Matches(rules).Select(match => match.Groups[1].Value));
        foreach (var alert in alerts)
        {
            var page = File.ReadAllText(Path.Combine(Runbooks, $"{alert}.md"));
            Assert.All((string[])[$"# {alert}: ", "## What does it mean?", "## Where do I look?", "## What do I do?"], heading => Assert.Contains(heading, page, StringComparison.Ordinal));
            Assert.Contains($"- name: {alert} is raised\n", tests, StringComparison.Ordinal);
            Assert.Contains($"- name: {alert} is not raised\n", tests, StringComparison.Ordinal);
        }

        // And no page outlives its alert.
        Assert.Equal(
            alerts.Append("README").Order(StringComparer.Ordinal),
            Directory.GetFiles(Runbooks, "*.md").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Alerts_ask_only_for_metrics_that_exist()
    {
        var rules = File.ReadAllText(Path.Combine(Folder, "fte.rules.yml"));

        Assert.Empty(Unknown(Expression().Matches(rules).Select(match => match.Groups[1].Value)));
    }

    [Fact]
    public void The_dashboard_asks_only_for_metrics_that_exist()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "fte.json")));
        var expressions = dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .Where(panel => panel.TryGetProperty("targets", out _))
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray().Select(target => target.GetProperty("expr").GetString()!))
            .ToList();

        Assert.NotEmpty(expressions);
        Assert.Empty(Unknown(expressions));
    }

    [Fact]
    public void Runbooks_ask_only_for_metrics_that_exist()
    {
        var queries = Directory.GetFiles(Runbooks, "*.md").SelectMany(file => Code().Matches(File.ReadAllText(file).ReplaceLineEndings(" "))).Select(match => match.Groups[1].Value);

        Assert.Empty(Unknown(queries.Where(query => Name().IsMatch(query))));
    }

    [Fact]
    public void A_metric_that_does_not_exist_is_noticed() =>
        Assert.Equal(["fte_imagined_total"], Unknown(["sum(rate(fte_imagined_total{outcome=\"ok\"}[5m])) > 0 and fte_silo_active == 1"]));

    private static IEnumerable<string> Unknown(IEnumerable<string> expressions)
    {
        var known = MetricsPage.Metrics();
        known.Add(Up);
        return expressions.SelectMany(expression => Name().Matches(Labels().Replace(expression, "")))
            .Select(match => match.Value)
            .Where(name => !known.Contains(name) && !HistogramParts.Any(part => name.EndsWith(part, StringComparison.Ordinal) && known.Contains(name[..^part.Length])))
            .Where(name => !name.EndsWith('_'))   // "Those that begin with fte_backlog_".
            .Distinct();
    }

    [GeneratedRegex(@"^ +- alert: (\w+)$", RegexOptions.Multiline)]
    private static partial Regex Alert();

    [GeneratedRegex(@"^ +runbook_url: (\S+)$", RegexOptions.Multiline)]
    private static partial Regex RunbookUrl();

    [GeneratedRegex(@"^ +expr: \|\n((?: {10}.*\n)+)", RegexOptions.Multiline)]
    private static partial Regex Expression();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    /// <summary>What labels hold, and what a sum is taken by: names as well, but none of metrics.</summary>
    [GeneratedRegex(@"\{[^}]*\}|\bby \([^)]*\)")]
    private static partial Regex Labels();

    [GeneratedRegex(@"\b(?:fte|http|dotnet|aspnetcore|target)_[a-z0-9_]+|\bup\b")]
    private static partial Regex Name();
}
