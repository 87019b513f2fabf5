using System.Globalization;

namespace FteAgent.Bench;

/// <summary>What a figure should be. The limits are those that the built-in engine is held to; on Orleans they are printed for comparison.</summary>
/// <param name="Sign">How the figure should stand to the limit.</param>
/// <param name="Limit">The limit.</param>
/// <param name="Unit">Of both.</param>
/// <param name="IsHarm">Whether missing it is a fault on any machine and any engine, not a matter of speed.</param>
/// <param name="IsPromised">Whether missing it ends the command with 1 though it is a matter of speed: the command is run to show just that.</param>
internal sealed record Target(string Sign, double Limit, string Unit = "", bool IsHarm = false, bool IsPromised = false)
{
    private static readonly Target NoHarm = new("=", 0, IsHarm: true);

    private static readonly Dictionary<string, Target> All = new(StringComparer.Ordinal)
    {
        ["commits.ratio_to_pgbench"] = new("≥", 1),
        ["commits.p99_ratio_to_pgbench"] = new("≤", 2),
        ["engine.cross_silo_calls_per_s"] = new("≥", 100_000, "/s"),
        ["engine.cross_silo_p99_ms"] = new("<", 3, " ms"),
        ["failover.kill9_seconds"] = new("<", 5, " s"),
        ["failover.kill9_failed_calls"] = new("=", 0),
        ["failover.sigstop_seconds"] = new("<", 10, " s"),
        ["failover.unexpected_answers"] = NoHarm,
        ["evictions.under_full_load"] = NoHarm,
        ["kafka.kill9_doubled"] = NoHarm,
        ["kafka.kill9_lost"] = NoHarm,
        ["kafka.kill9_swapped"] = NoHarm,
        ["kafka.outage_doubled"] = NoHarm,
        ["kafka.outage_lost"] = NoHarm,
        ["kafka.outage_swapped"] = NoHarm,
        ["knowledge.search_p95_ms"] = new("<", 20, " ms"),
        ["knowledge.quality_difference"] = new("≤", 0.02),
        ["rolling.failed_requests"] = NoHarm,
        ["rolling.slowest_drain_seconds"] = new("≤", 30, " s"),
        ["rolling.lost"] = NoHarm,
        ["rolling.doubled"] = NoHarm,
        ["rolling.other_harms"] = NoHarm,
        ["start.first_answer_ms"] = new("<", 1_000, " ms"),
        ["start.idle_rss_mb"] = new("<", 120, " MB"),
        ["start.peak_hwm_mb"] = new("<", 200, " MB"),
        ["start.failed_requests"] = NoHarm,
        ["soak.uptime_percent"] = new(">", 99.9, " %", IsPromised: true),
        ["soak.processing_p95_ms"] = new("<", 3_000, " ms", IsPromised: true),
        ["soak.joined_by_code"] = new("≥", 10, IsHarm: true),
        ["soak.not_joined"] = NoHarm,
        ["soak.joined_unanswered"] = NoHarm,
        ["soak.lost"] = NoHarm,
        ["soak.doubled"] = NoHarm,
        ["soak.other_harms"] = NoHarm,
        ["model.reply_p95_seconds"] = new("<", 3, " s", IsPromised: true),
        ["model.peak_rss_mb"] = new("<", 300, " MB", IsPromised: true),
        ["model.burst_p95_seconds"] = new("<", 3, " s", IsPromised: true),
        ["model.burst_peak_rss_mb"] = new("<", 300, " MB", IsPromised: true),
        ["model.unanswered"] = NoHarm,
        ["model.doubled"] = NoHarm,
        ["restore.rpo_seconds"] = new("≤", 300, " s"),
        ["restore.rto_seconds"] = new("≤", 900, " s"),
        ["restore.lost_before_the_point"] = NoHarm,
        ["restore.repeated_sends"] = NoHarm,
        ["restore.unanswered"] = NoHarm,
        ["restore.doubled"] = NoHarm,
        ["faults.lost"] = NoHarm,
        ["faults.doubled"] = NoHarm,
        ["faults.reordered"] = NoHarm,
        ["faults.stuck"] = NoHarm,
        ["faults.leaked"] = NoHarm,
        ["faults.unexpected_answers"] = NoHarm,
    };

    /// <summary>The target of a figure, where it has one.</summary>
    public static Target? Of(string figure) => All.GetValueOrDefault(figure);

    public bool IsMet(double value) => Sign switch
    {
        "<" => value < Limit,
        ">" => value > Limit,
        "≤" => value <= Limit,
        "≥" => value >= Limit,
        "=" => value.Equals(Limit),
        _ => throw new InvalidOperationException($"'{Sign}' is no sign."),
    };

    /// <summary>In words, as it is printed beside the figure.</summary>
    public string Verdict(double value) =>
        string.Create(CultureInfo.InvariantCulture, $"target {Sign} {Limit:#,0.##}{Unit}: {(IsMet(value) ? "met" : "MISSED")}");
}
