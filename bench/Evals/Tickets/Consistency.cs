using FteAgent.Texts;

namespace FteAgent.Evals.Tickets;

/// <summary>Is the same message answered alike, whatever was asked before and in which order the documents came?</summary>
internal static class Consistency
{
    private const int Shown = 5;
    private const int ShownCharacters = 80;

    /// <summary>Compares the runs with the first one, ticket by ticket.</summary>
    /// <param name="name">Whose figures they are.</param>
    /// <param name="runs">What became of the same tickets, in the same order, in each run.</param>
    /// <param name="figures">Where they go.</param>
    public static void Report(string name, IReadOnlyList<IReadOnlyList<TicketOutcome>> runs, Figures figures)
    {
        if (runs.Count < 2 || runs[0].Count == 0) return;
        var decided = Alike(runs, (one, other) => one.IsDecidedLike(other));
        var cited = Alike(runs, (one, other) => one.CitesLike(other));
        figures.Add($"{name}.same_decision", decided.Average(), Interval.OfMean(decided));
        figures.Add($"{name}.same_citations", cited.Average(), Interval.OfMean(cited));
        var differ = Enumerable.Range(0, decided.Count).Where(i => decided[i] < 1 || cited[i] < 1).ToList();
        figures.Say($"{runs.Count} runs, each on an index of its own, documents and tickets shuffled: {differ.Count} tickets differ");
        foreach (var i in differ.Take(Shown))
            figures.Say($"  {runs[0][i].Ticket.Id,-20} {string.Join(" / ", runs.Select(run => run[i].Decision.Rule))}   {Cut(runs[0][i].Ticket.Words)}");
    }

    private static List<double> Alike(IReadOnlyList<IReadOnlyList<TicketOutcome>> runs, Func<TicketOutcome, TicketOutcome, bool> same) =>
        [.. Enumerable.Range(0, runs[0].Count).Select(i => runs.All(run => same(runs[0][i], run[i])) ? 1.0 : 0.0)];

    private static string Cut(string words) => SafeCut.At(words, ShownCharacters);
}
