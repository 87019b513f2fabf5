using System.Collections.Immutable;
using FteAgent.Answering.Rules;
using FteAgent.Conversations;
using FteAgent.Tickets;
using Microsoft.Extensions.Options;

namespace FteAgent.Reports;

/// <summary>Counts a day of the business by its own promises.</summary>
internal sealed class ReportMaker : IReportMaker
{
    private readonly IReportQueries queries;
    private readonly TimeProvider time;
    private readonly ActivityMeasures measures;

    public ReportMaker(IReportQueries queries, IOptions<BusinessHoursOptions> hours, IOptions<ConversationOptions> promises, TimeProvider time)
    {
        (this.queries, this.time) = (queries, time);
        Calendar = new(TimeZoneInfo.FindSystemTimeZoneById(hours.Value.TimeZone));
        measures = new(
            EscalationPolicy.AlwaysUnhappyBelow,
            Enum.GetValues<Channel>().ToImmutableSortedDictionary(channel => channel, promises.Value.FirstResponseBy));
    }

    /// <summary>The business's own.</summary>
    public BusinessCalendar Calendar { get; }

    public DateOnly Today() => Calendar.DayOf(time.GetUtcNow());

    public async Task<DailyReport> Make(DateOnly day, CancellationToken cancellationToken)
    {
        // Before it is counted: what is committed meanwhile may be in it or not, and a day that ends meanwhile was not over.
        var now = time.GetUtcNow();
        var (from, to) = (Calendar.Start(day), Calendar.End(day));
        return new(day, Calendar.ZoneName, from, to, now, await queries.Activity(from, to, measures, cancellationToken));
    }
}
