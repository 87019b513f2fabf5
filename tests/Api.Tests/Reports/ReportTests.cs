using System.Globalization;
using System.Text.Json;
using FteAgent.Api.Hosting;
using FteAgent.Reports;
using Microsoft.Extensions.Hosting;

namespace FteAgent.Api.Reports;

/// <summary>Operators read what happened: kept reports, and a day as far as it is.</summary>
[Collection(SiloCollection.Name)]
public sealed class ReportTests(SiloFixture fixture)
{
    private readonly RunningSilo silo = fixture.Silo;

    [Fact]
    public async Task Kept_report_is_told_as_it_was_kept()
    {
        var (ana, day) = (await silo.NewOperator(), new DateOnly(2001, 1, 31));
        Assert.True(await silo.Service<IDailyReports>().Keep(Given.Report(day), default));

        var report = (await ana.Caller.Get("/api/reports/2001-01-31")).Expect(200);

        Assert.Equal(("2001-01-31", "Europe/Berlin", true), (report["day"].GetString(), report["time_zone"].GetString(), report["is_whole"].GetBoolean()));
        Assert.Equal(new(2001, 2, 1, 0, 10, 0, TimeSpan.Zero), report["made_at"].GetDateTimeOffset());
        Assert.Equal(12, report["messages"].GetProperty("web").GetInt32());
        Assert.False(report["messages"].TryGetProperty("whatsapp", out _));
        Assert.Equal((5, 4, 2, 1), (Number(report.Json, "tickets_opened"), Number(report.Json, "tickets_closed"), Number(report.Json, "resolved_by_assistant"), Number(report.Json, "closed_unverified")));
        Assert.Equal(2, report["escalations"].GetProperty("refund_request").GetInt32());
        Assert.Equal((3, 3, 7), (Number(report.Json, "rated_messages"), Number(report["channels"][0], "rated_messages"), Number(report["reasons"][0], "rated_messages")));
        Assert.Equal((0.4375, 1 / 3.0), (report["mean_sentiment"].GetDouble(), report["low_sentiment_share"].GetDouble()));
        Assert.Equal((1.25, 360, 0.75),
            (report["median_first_response_seconds"].GetDouble(), report["p95_first_response_seconds"].GetDouble(), report["first_response_in_time_share"].GetDouble()));
        Assert.Equal(["web", "whatsapp"], report["channels"].EnumerateArray().Select(channel => channel.GetProperty("channel").GetString()));
        var reason = Assert.Single(report["reasons"].EnumerateArray());
        Assert.Equal((2, 1), (reason.GetProperty("channels").GetProperty("web").GetInt32(), Number(reason, "closed_verified")));
        Assert.Equal(1.25m, report["model"].GetProperty("cost").GetDecimal());
        Assert.Equal("model-1", report["model"].GetProperty("models")[0].GetProperty("model").GetString());
        Assert.Equal((9, 1), (Number(report["feedback"], "helpful"), Number(report["feedback"], "not_helpful")));
        Assert.False(report.Json.TryGetProperty("gaps", out _));
    }

    [Fact]
    public async Task Day_that_goes_on_is_told_as_far_as_it_is_without_anybodys_words()
    {
        var ana = await silo.NewOperator();
        var customer = await silo.NewCustomer("Where does the kingfisher keep its data?", "Mira Kingfisher");
        (await customer.Caller.Put("/support/conversation/escalation")).Expect(200);
        var today = Name(silo.Service<IReportMaker>().Today());

        var report = (await ana.Caller.Get($"/api/reports/{today}")).Expect(200);

        Assert.False(report["is_whole"].GetBoolean());
        Assert.Equal("UTC", report["time_zone"].GetString());
        var web = report["channels"].EnumerateArray().Single(channel => channel.GetProperty("channel").GetString() == "web");
        Assert.True(Number(web, "messages") > 0);
        Assert.True(Number(web, "escalations") > 0);
        foreach (var text in new[] { report.Text, (await ana.Caller.Get($"/api/reports/{today}?format=csv")).Expect(200).Text })
            Assert.DoesNotContain("kingfisher", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Period_tells_the_kept_days_in_order_and_leaves_out_the_others()
    {
        var ana = await silo.NewOperator();
        foreach (var day in new[] { 12, 10, 14 })
            await silo.Service<IDailyReports>().Keep(Given.Report(new(2002, 5, day), day), default);

        var period = (await ana.Caller.Get("/api/reports?from=2002-05-10&to=2002-05-13")).Expect(200);

        Assert.Equal(("2002-05-10", "2002-05-13"), (period["from"].GetString(), period["to"].GetString()));
        Assert.Equal(["2002-05-10", "2002-05-12"], Days(period.Json));
    }

    [Fact]
    public async Task Without_a_period_the_last_days_are_told_and_today_with_them()
    {
        var ana = await silo.NewOperator();
        var today = silo.Service<IReportMaker>().Today();

        var period = (await ana.Caller.Get("/api/reports")).Expect(200);

        Assert.Equal((Name(today.AddDays(-29)), Name(today)), (period["from"].GetString(), period["to"].GetString()));
        Assert.Equal([Name(today.AddDays(-1)), Name(today)], Days(period.Json).TakeLast(2));
        Assert.False(period["reports"].EnumerateArray().Last().GetProperty("is_whole").GetBoolean());
    }

    [Theory]
    [InlineData("from=2026-01-02&to=2026-01-01", "from")]
    [InlineData("from=2026-01-01&to=2026-04-03", "from")]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=", "from")]
    [InlineData("to=9999-12-31", "to")]
    [InlineData("from=2026-02-30&to=tomorrow", "from to")]
    [InlineData("format=xlsx", "format")]
    [InlineData("format=CSV", "format")]
    [InlineData("format=csv&format=json", "format")]
    public async Task Bad_period_is_refused(string query, string fields)
    {
        var ana = await silo.NewOperator();

        Assert.Equal(fields.Split(' '), (await ana.Caller.Get($"/api/reports?{query}")).BadFields());
    }

    [Theory]
    [InlineData("from=2026-01-01&to=2026-04-02")]
    [InlineData("to=0001-01-01")]
    [InlineData("from=9999-12-30&to=9999-12-30")]
    public async Task Period_at_a_limit_is_told(string query)
    {
        var ana = await silo.NewOperator();

        (await ana.Caller.Get($"/api/reports?{query}")).Expect(200);
    }

    [Theory]
    [InlineData("?format=csv", null)]
    [InlineData("?format=csv", "application/json")]
    [InlineData("", "text/csv")]
    [InlineData("", "text/csv, */*;q=0.1")]
    [InlineData("", "application/json;q=0.5, text/csv;q=0.9")]
    public async Task Report_is_a_table_where_a_table_is_asked_for(string query, string? accept)
    {
        var ana = await silo.NewOperator();
        await silo.Service<IDailyReports>().Keep(Given.Report(new(2003, 3, 3)), default);

        var day = (await ana.Caller.Get($"/api/reports/2003-03-03{query}", Accept(accept))).Expect(200);

        Assert.Equal("text/csv", day.MediaType);
        Assert.Equal("attachment; filename=report-2003-03-03.csv", day.Headers["Content-Disposition"]);
        Assert.Equal("Accept", day.Headers["Vary"]);
        Assert.StartsWith("day,time_zone,", day.Text, StringComparison.Ordinal);
        Assert.Contains("2003-03-03,Europe/Berlin,2003-03-04T00:10:00Z,true,all,", day.Text, StringComparison.Ordinal);
        var period = (await ana.Caller.Get($"/api/reports{query}{(query.Length > 0 ? "&" : "?")}from=2003-03-01&to=2003-03-05", Accept(accept))).Expect(200);
        Assert.Equal("attachment; filename=reports-2003-03-01-2003-03-05.csv", period.Headers["Content-Disposition"]);
        Assert.Equal(day.Text, period.Text);
    }

    [Theory]
    [InlineData("?format=json", "text/csv")]
    [InlineData("", null)]
    [InlineData("", "*/*")]
    [InlineData("", "application/json, text/csv")]
    [InlineData("", "text/csv;q=0")]
    [InlineData("", "not a media type; q=seven")]
    public async Task Report_is_json_otherwise(string query, string? accept)
    {
        var ana = await silo.NewOperator();

        Assert.Equal("application/json", (await ana.Caller.Get($"/api/reports/2003-04-04{query}", Accept(accept))).Expect(200).MediaType);
    }

    [Fact]
    public async Task Bad_day_and_form_are_told_at_once()
    {
        var ana = await silo.NewOperator();

        Assert.Equal(["day", "format"], (await ana.Caller.Get("/api/reports/someday?format=pdf")).BadFields());
    }

    [Theory]
    [InlineData("/api/reports")]
    [InlineData("/api/reports/{day}")]
    public async Task Document_tells_of_both_forms(string path)
    {
        var document = (await silo.Anyone.Get("/openapi/v1.json")).Expect(200);

        var responses = document["paths"].GetProperty(path).GetProperty("get").GetProperty("responses");
        Assert.Equal(["application/json", "text/csv"], responses.GetProperty("200").GetProperty("content").EnumerateObject().Select(content => content.Name).Order());
        Assert.True(responses.TryGetProperty("422", out _));
    }

    [Fact]
    public void Silo_makes_the_reports_of_days_that_are_over() =>
        Assert.Contains(silo.Service<IEnumerable<IHostedService>>(), service => service.GetType().Name is "DailyReporter");

    private static (string, string)[] Accept(string? accept) => accept is null ? [] : [("Accept", accept)];

    private static IEnumerable<string?> Days(JsonElement period) => period.GetProperty("reports").EnumerateArray().Select(report => report.GetProperty("day").GetString());

    private static int Number(JsonElement of, string name) => of.GetProperty(name).GetInt32();

    private static string Name(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
