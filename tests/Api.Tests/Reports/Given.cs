using FteAgent.Reports;

namespace FteAgent.Api.Reports;

/// <summary>A report of a day, with figures that can be told apart.</summary>
internal static class Given
{
    public static DailyReport Report(DateOnly day, int messages = 12, string model = "model-1")
    {
        var web = new Figures(messages, new(3, 1, 0.4375), 5, 4, 2, 1, 2, new(4, 3, TimeSpan.FromSeconds(1.25), TimeSpan.FromMinutes(6)));
        var whatsApp = new Figures(0, SentimentFigures.None, 0, 0, 0, 0, 0, FirstResponseFigures.None);
        var usage = new ModelUsage(2, 3, 4_000, 500, 60, 1_250_000);
        var from = new DateTimeOffset(day.ToDateTime(default), TimeSpan.Zero);
        return new(
            day, "Europe/Berlin", from, from.AddDays(1), from.AddDays(1).AddMinutes(10),
            new(
                web, [new("web", web), new("whatsapp", whatsApp)],
                [new("refund_request", [new("web", 2)], 7, new(7, 2, 0.25), 1, 1)],
                new(usage, [new(model, usage)]), new(9, 1)));
    }
}
