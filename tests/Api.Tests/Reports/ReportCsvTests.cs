namespace FteAgent.Api.Reports;

public sealed class ReportCsvTests
{
    [Fact]
    public void Each_part_of_a_day_is_a_row()
    {
        var rows = Rows(ReportCsv.Write([(Given.Report(new(2026, 1, 31)), null), (Given.Report(new(2026, 2, 1), messages: 8), null)]));

        Assert.Equal(
            ["all", "channel web", "channel whatsapp", "reason refund_request", "reason_by_channel web refund_request", "model model-1"],
            rows.Where(row => row["day"] == "2026-01-31").Select(row => string.Join(' ', new[] { row["part"], row["channel"], row["reason"], row["model"] }.Where(word => word.Length > 0))));
        Assert.Equal(["12", "8"], rows.Where(row => row["part"] == "all").Select(row => row["messages"]));
    }

    [Fact]
    public void Each_number_stands_under_its_name()
    {
        var rows = Rows(ReportCsv.Write([(Given.Report(new(2026, 1, 31)), new(2, 6))]));

        var all = rows[0];
        Assert.Equal(
            "2026-01-31 Europe/Berlin 2026-02-01T00:10:00Z true 12 0.4375 0.3333 5 4 2 1 2 4 1.25 360 0.75 2 3 4000 500 60 1.25 9 1 2 6",
            string.Join(' ', all.Where(cell => cell.Value.Length > 0 && cell.Key != "part").Select(cell => cell.Value)));
        Assert.Equal(("1.25", "9", "6"), (all["cost"], all["helpful"], all["gap_messages"]));
        var whatsApp = rows.Single(row => row["channel"] == "whatsapp");
        Assert.Equal(("0", "", "", "0"), (whatsApp["messages"], whatsApp["mean_sentiment"], whatsApp["median_first_response_seconds"], whatsApp["escalations"]));
        var reason = rows.Single(row => row["part"] == "reason");
        Assert.Equal(("7", "0.25", "", "1", "1", "", "2"),
            (reason["messages"], reason["mean_sentiment"], reason["tickets_opened"], reason["tickets_closed"], reason["resolved_verified"], reason["closed_unverified"], reason["escalations"]));
        Assert.Equal("2", rows.Single(row => row["part"] == "reason_by_channel")["escalations"]);
        var model = rows.Single(row => row["part"] == "model");
        Assert.Equal(("", "2", "1.25"), (model["messages"], model["drafts"], model["cost"]));
    }

    [Fact]
    public void Model_that_is_named_like_a_formula_is_text()
    {
        var csv = ReportCsv.Write([(Given.Report(new(2026, 1, 31), model: "=cmd|' /C calc'!A0"), null)]);

        Assert.Contains(",\"'=cmd|' /C calc'!A0\",", csv, StringComparison.Ordinal);
    }

    [Fact]
    public void No_reports_are_a_table_without_rows() => Assert.Single(ReportCsv.Write([]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries));

    /// <summary>None of these cells is quoted.</summary>
    private static List<Dictionary<string, string>> Rows(string csv)
    {
        var lines = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToArray();
        return [.. lines.Skip(1).Select(cells => lines[0].Zip(cells).ToDictionary(cell => cell.First, cell => cell.Second))];
    }
}
