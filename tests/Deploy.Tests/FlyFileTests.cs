using System.Globalization;
using System.Text.RegularExpressions;

namespace FteAgent.Deploy.Tests;

/// <summary>What fly.toml must agree on with the silo and the image. That its fields exist is the lint's to say (scripts/linters/fly.mjs).</summary>
public sealed class FlyFileTests
{
    /// <summary>The longest that a silo takes to stop, whatever hangs, in seconds (src/Grains/Health/StopTime.cs).</summary>
    private const int LongestStop = 28;

    private static readonly string Silo = Tree.Read("fly.toml");

    [Fact]
    public void A_machine_may_take_as_long_to_stop_as_a_silo_does()
    {
        Assert.Equal("SIGTERM", Value("kill_signal"));
        Assert.InRange(Number("kill_timeout"), LongestStop + 1, 60);
    }

    [Fact]
    public void A_failing_check_is_noticed_while_the_silo_still_serves()
    {
        var checks = Silo[Silo.IndexOf("[[http_service.checks]]", StringComparison.Ordinal)..];

        Assert.Contains("path = \"/health/ready\"", checks, StringComparison.Ordinal);
        Assert.InRange(Seconds(checks, "interval") + Seconds(checks, "timeout"), 1, Number("DRAIN_SECONDS"));
    }

    [Fact]
    public void All_of_Flys_ports_are_those_of_the_image()
    {
        Assert.Equal(Value("internal_port"), new Uri(Value("FTE_URL")).Port.ToString(CultureInfo.InvariantCulture));
        Assert.Contains($"\nEXPOSE {Value("internal_port")} {Value("METRICS_PORT")} {Value("SILO_PORT")}\n", Tree.Read("Dockerfile"), StringComparison.Ordinal);
        Assert.Contains($"[metrics]\n  port = {Value("METRICS_PORT")}\n", Silo, StringComparison.Ordinal);
    }

    [Fact]
    public void The_port_between_silos_is_no_service() => Assert.DoesNotContain("[[services]]", Silo, StringComparison.Ordinal);

    [Fact]
    public void The_schema_is_brought_up_to_date_before_any_machine_changes()
    {
        Assert.Equal("migrate", Value("release_command"));
        Assert.Contains("new Command(\"migrate\"", Tree.Read("src/Silo/Commands/MigrateCommand.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void Machines_are_never_stopped_for_want_of_visitors() => Assert.Equal("off", Value("auto_stop_machines"));

    [Fact]
    public void Kafkas_log_is_in_a_folder_of_its_volume_and_not_the_volume()
    {
        var destination = Match(Tree.Read("deploy/fly/kafka/fly.toml"), "destination");
        var start = Tree.Read("deploy/fly/kafka/start");

        Assert.Contains($"\nvolume={destination}\n", start, StringComparison.Ordinal);
        Assert.Contains("\nexport KAFKA_LOG_DIRS=$volume/data\n", start, StringComparison.Ordinal);
        // A segment is deleted whole, so its oldest record stays for as long as it was filled and then kept.
        Assert.InRange(Number("RETENTION_HOURS") + Number("ROLL_HOURS"), 2, 7 * 24);
        // Ten topics of six partitions, each with a segment above its limit, on a volume of 50 GB with room for the rest.
        Assert.InRange(60 * (Number("RETENTION_BYTES") + Number("SEGMENT_BYTES")), 1, 45_000_000_000);

        long Number(string name) => long.Parse(Match(start, $"export KAFKA_LOG_{name}"), CultureInfo.InvariantCulture);
    }

    [Fact]
    public void The_pages_proxy_does_not_hold_events_back()
    {
        var proxy = Tree.Read("deploy/fly/frontend/silos.conf.template");

        Assert.Contains("proxy_buffering off;", proxy, StringComparison.Ordinal);
        Assert.DoesNotContain("event-stream", Tree.Read("deploy/fly/frontend/nginx.conf"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_pages_proxy_gives_pages_the_silos_own_policy()
    {
        var own = Regex.Matches(Tree.Read("src/Api/Pages/PageFiles.cs"), "(default|script|style|img|font|connect|base|form|frame)-[a-z]+ '[a-z]+'").Select(part => part.Value);

        Assert.Equal(9, own.Count());
        Assert.All(own, part => Assert.Contains($"\"{part}\"", Tree.Read("deploy/fly/frontend/policies.mjs"), StringComparison.Ordinal));
    }

    private static string Value(string name) => Match(Silo, name);

    private static int Number(string name) => int.Parse(Value(name), CultureInfo.InvariantCulture);

    private static int Seconds(string text, string name) => int.Parse(Match(text, name).TrimEnd('s'), CultureInfo.InvariantCulture);

    private static string Match(string text, string name)
    {
        var found = Regex.Match(text, $"^ *{Regex.Escape(name)} ?= ?\"?(?<value>[^\"\n]+)\"?$", RegexOptions.Multiline);
        Assert.True(found.Success, $"There is no {name}.");
        return found.Groups["value"].Value;
    }
}
