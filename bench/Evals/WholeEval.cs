using FteAgent.Answering;
using FteAgent.Conversations;
using FteAgent.Evals.Tickets;
using FteAgent.Texts;

namespace FteAgent.Evals;

/// <summary>
/// What becomes of a first message, from the rules to the answer: each ticket under its own source's rules, answered by quoting its own source's
/// documents. How many reach a person though the rules did not ask for one, and why.
/// </summary>
/// <param name="set">The set.</param>
/// <param name="runs">How often all of it is done, to see whether the same comes of it.</param>
/// <param name="isOurs">Whether the set comes with the source: it is measured wherever no other folder has one.</param>
internal sealed class WholeEval(string set, int runs = WholeEval.Runs, bool isOurs = false) : IEval
{
    /// <summary>How often it is done where nothing else is asked for.</summary>
    public const int Runs = 3;

    private const int ShownCharacters = 96;

    public string Name => $"{set}_whole";

    public async Task Run(EvalData data, Figures figures)
    {
        if ((TicketSet.Open(data, set) ?? (isOurs ? TicketSet.Open(EvalData.Sample(), set) : null)) is not { } tickets)
        {
            figures.Say($"\n{Name}: no {set}/tickets.jsonl here, left out.");
            return;
        }

        var all = new List<IReadOnlyList<TicketOutcome>>();
        for (var run = 0; run < runs; run++)
            all.Add(await tickets.Answer(run, index => [new ExtractiveAssistant(index)], new ConversationOptions(), int.MaxValue, 1, CancellationToken.None));

        var outcomes = all[0];
        var unasked = outcomes.Where(outcome => !outcome.Ticket.MustBeHandedOver).ToList();
        figures.Heading($"{Name}: {outcomes.Count} tickets, {unasked.Count} that their rules do not hand over");
        Rates(Name, outcomes, unasked, figures);
        Consistency.Report(Name, all, figures);
        Explain(Name, unasked, figures);
    }

    /// <summary>How many reach a person.</summary>
    public static void Rates(string name, IReadOnlyList<TicketOutcome> outcomes, List<TicketOutcome> unasked, Figures figures)
    {
        Share($"{name}.escalation_rate", unasked, outcome => outcome.IsHandedOver, figures);
        Share($"{name}.no_evidence_rate", unasked, outcome => outcome.LacksEvidence, figures);
        var through = outcomes.Where(outcome => outcome.Ticket.MustBeHandedOver && !outcome.IsHandedOver).ToList();
        figures.Add($"{name}.answered_though_asked", through.Count, Interval.Of(outcomes, sample => sample.Count(outcome => outcome.Ticket.MustBeHandedOver && !outcome.IsHandedOver)));
        foreach (var outcome in through) figures.Say($"answered though a person was to come: {outcome.Ticket.Id}   {Cut(outcome.Ticket.Words)}");
    }

    /// <summary>Why, with what was asked and how sure the search was.</summary>
    public static void Explain(string name, List<TicketOutcome> unasked, Figures figures)
    {
        var reasons = unasked.Where(outcome => outcome.IsHandedOver).GroupBy(outcome => outcome.Why!)
            .OrderByDescending(reason => reason.Count()).ThenBy(reason => reason.Key, StringComparer.Ordinal).ToList();
        foreach (var reason in reasons)
        {
            figures.Say($"{reason.Count(),3}  {reason.Key}");
            foreach (var outcome in reason)
                figures.Say($"       {outcome.Ticket.Id,-20} {(outcome.IsDrafted ? Figures.Show(outcome.Draft.Confidence) : "-"),6}  {Cut(outcome.Ticket.Words)}");
        }

        figures.Show(new ReasonsExhibit(name, unasked.Count, [.. reasons.Select(reason => (reason.Key, reason.Count()))]));
    }

    /// <summary>The share of tickets of which something holds.</summary>
    public static void Share(string key, IReadOnlyList<TicketOutcome> among, Func<TicketOutcome, bool> holds, Figures figures)
    {
        var values = among.Select(outcome => holds(outcome) ? 1.0 : 0.0).ToList();
        figures.Add(key, values.Count == 0 ? 0 : values.Average(), Interval.OfMean(values));
    }

    private static string Cut(string words) => SafeCut.At(words, ShownCharacters);
}
