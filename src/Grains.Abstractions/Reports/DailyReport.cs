using System.Text.Json.Serialization;

namespace FteAgent.Reports;

/// <summary>What happened on a day of the business.</summary>
/// <param name="Day">The day, as the team's calendar has it.</param>
/// <param name="TimeZone">The time zone whose day it is, an IANA name.</param>
/// <param name="From">Its beginning. With a change of the clocks a day has 23 or 25 hours.</param>
/// <param name="To">Its end, exclusive.</param>
/// <param name="MadeAt">When it was counted, by the clock of the silo that did.</param>
/// <param name="Activity">What happened.</param>
public sealed record DailyReport(DateOnly Day, string TimeZone, DateTimeOffset From, DateTimeOffset To, DateTimeOffset MadeAt, ActivityReport Activity)
{
    /// <summary>Whether the day was over when it was counted. A report of a day that goes on tells how far it is.</summary>
    [JsonIgnore]
    public bool IsWhole => MadeAt >= To;
}
