using System.Collections.Immutable;
using System.Globalization;
using FteAgent.Customers;
using FteAgent.Jobs;
using FteAgent.Reports;
using Microsoft.Extensions.Logging;

namespace FteAgent.Learning;

/// <summary>Finds what the documents lacked on each day of the business that is over. One silo does it for a day, and a day may be done twice.</summary>
internal sealed partial class GapFinder(
    IGaps gaps, MatterReader matters, ReportMaker reports, IJobRoster roster, TimeProvider time, ILogger<GapFinder> logger)
    : Routine(Period, time)
{
    /// <summary>A day is made up for within a week.</summary>
    private const int DaysBack = 7;

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);

    /// <summary>What was decided just before midnight is committed by then.</summary>
    private static readonly TimeSpan AfterMidnight = TimeSpan.FromMinutes(10);

    /// <summary>Nobody waits for it.</summary>
    protected override TimeSpan FirstAfter => Period;

    /// <summary>Does what is left of the last days. A day that is cut off is free again when its lease is over.</summary>
    protected override async Task Do(CancellationToken cancellationToken)
    {
        var last = reports.Calendar.DayOf(Time.GetUtcNow() - AfterMidnight).AddDays(-1);
        for (var back = 0; back < DaysBack; back++)
            await Find(last.AddDays(-back), cancellationToken);
    }

    /// <inheritdoc/>
    protected override void Tell(Exception failure) => LogFailed(logger, failure);

    private async Task Find(DateOnly day, CancellationToken cancellationToken)
    {
        var name = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (await roster.Claim($"gaps/{name}", Lease, cancellationToken) is not { } claim)
            return;
        var messages = Gaps.Fullest(await gaps.Unanswered(reports.Calendar.Start(day), reports.Calendar.End(day), Gaps.MessageLimit, cancellationToken));
        var found = Gaps.Of(await WithoutPeople(messages, cancellationToken));
        await gaps.Keep(day, found, cancellationToken);
        await roster.Finish(claim, cancellationToken);
        if (!found.IsEmpty)
            LogFound(logger, name, messages.Length, found.Length);
    }

    /// <summary>Takes each person out of what they wrote, as out of a proposal. Whoever is not there any more asks for nothing.</summary>
    private async Task<ImmutableArray<UnansweredMessage>> WithoutPeople(ImmutableArray<UnansweredMessage> messages, CancellationToken cancellationToken)
    {
        var known = new Dictionary<CustomerId, (CustomerId Person, Redaction Redaction)?>();
        var without = ImmutableArray.CreateBuilder<UnansweredMessage>(messages.Length);
        foreach (var message in messages)
        {
            if (!known.TryGetValue(message.Conversation, out var asker))
            {
                var people = await matters.People(message.Conversation, cancellationToken);
                known[message.Conversation] = asker = people.IsEmpty ? null : (people[0].Id, new Redaction(people));
            }

            if (asker is { } one)
                without.Add(message with { Person = one.Person, Text = Redaction.WithoutMarks(one.Redaction.Hide(message.Text)) });
        }

        return without.ToImmutable();
    }

    [LoggerMessage(2305, LogLevel.Information, "On {Day} the documents did not answer {Messages} messages; they ask for {Gaps} things.")]
    private static partial void LogFound(ILogger logger, string day, int messages, int gaps);

    [LoggerMessage(2306, LogLevel.Error, "What the documents lack could not be found; it is tried again.")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}
