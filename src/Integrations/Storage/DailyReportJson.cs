using System.Text.Json;
using System.Text.Json.Serialization;
using FteAgent.Reports;

namespace FteAgent.Storage;

/// <summary>
/// A report as the record keeps it: it is read as a whole and never searched, so one JSON column does. What a later version adds is left out by an
/// earlier one, and what a later one asks for is null or zero in an earlier one's.
/// </summary>
internal static class DailyReportJson
{
    private static readonly DailyReportContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    public static string Write(DailyReport report) => JsonSerializer.Serialize(report, Context.DailyReport);

    public static DailyReport Read(string json) =>
        JsonSerializer.Deserialize(json, Context.DailyReport) ?? throw new FormatException("A kept report is empty.");
}

[JsonSerializable(typeof(DailyReport))]
internal sealed partial class DailyReportContext : JsonSerializerContext;
