using System.Collections.Immutable;
using System.Text.Json;
using FteAgent.Answering;
using FteAgent.Answering.Rules;
using FteAgent.Conversations;
using FteAgent.Knowledge;

namespace FteAgent.Evals;

/// <summary>
/// What becomes of a first message, from the rules to the answer: each ticket under its own source's rules, answered by quoting its own source's
/// documents. How many reach a person though the rules did not ask for one, and why.
/// </summary>
internal sealed class WholeEval(string set) : IEval
{
    private const int Hits = 8;
    private const int ShownCharacters = 80;

    public string Name => $"{set}_whole";

    public async Task Run(EvalData data, Figures figures)
    {
        var (questions, corpus) = ($"{set}/tickets.jsonl", $"{set}/corpus.jsonl");
        if (!data.Has(questions))
        {
            figures.Say($"\n{Name}: no {questions} here, left out.");
            return;
        }

        var books = EscalationEval.RulesBySource(data.Sources($"{set}/rules.jsonl"));
        var documents = data.Sources(corpus).GroupBy(line => line.Text("source")).ToDictionary(source => source.Key, source => source.ToList());
        var outcomes = new List<Outcome>();
        foreach (var source in data.Questions(questions).GroupBy(ticket => ticket.Text("source")))
        {
            var index = await Corpora.Index(documents.GetValueOrDefault(source.Key, []).Select(Corpora.ToDocument));
            var book = books.GetValueOrDefault(source.Key) ?? new RuleBook(EscalationPolicy.Default);
            foreach (var ticket in source)
                outcomes.Add(await Judge(ticket, index, book));
        }

        var unasked = outcomes.Where(outcome => !outcome.Expected).ToList();
        figures.Heading($"{Name}: {outcomes.Count} tickets, {unasked.Count} that their rules do not hand over");
        figures.Add($"{Name}.escalation_rate", Rate(unasked), Interval.Of(unasked, Rate));
        figures.Add($"{Name}.no_evidence_rate", NoEvidence(unasked), Interval.Of(unasked, NoEvidence));
        figures.Add($"{Name}.answered_though_asked", outcomes.Count(outcome => outcome.Expected && outcome.Rule is null));
        foreach (var rule in unasked.Where(outcome => outcome.Rule is not null).GroupBy(outcome => outcome.Rule).OrderByDescending(rule => rule.Count()))
            figures.Say($"{rule.Key,-24} {rule.Count(),3}   {string.Join(" / ", rule.Take(3).Select(outcome => outcome.Words[..Math.Min(ShownCharacters, outcome.Words.Length)]))}");
    }

    private static async Task<Outcome> Judge(JsonElement ticket, KnowledgeIndex index, RuleBook book)
    {
        ImmutableArray<string> words = [.. new[] { ticket.Text("subject"), ticket.Text("message") }.Where(text => text.Length > 0)];
        var text = new ExchangeText(words, Channel: ticket.Text("channel"));
        var conversation = Conversation.New(new(Guid.NewGuid()));
        var draft = Draft.None;
        if (!ReplyDecision.NeedsNoDraft(conversation, text, book))
        {
            var found = await index.Search(words, Hits, null, CancellationToken.None);
            // As the drafter does: what a burst says in several messages may be one question.
            if (found.Evidence < Evidence.Needed && words.Length > 1 && await index.Search([string.Join(' ', words)], Hits, null, CancellationToken.None) is var wider && wider.Evidence > found.Evidence)
                found = wider;
            draft = await new ExtractiveAssistant(index).Draft(new DraftRequest(words, [], found), NoTools.Instance, CancellationToken.None);
        }

        var decision = ReplyDecision.Decide(conversation, text, draft, book);
        return new(ticket.Flag("expected_escalation"), decision is Decision.Escalate escalate ? escalate.Rule : null, string.Join(" | ", words).ReplaceLineEndings(" "));
    }

    private static double Rate(IReadOnlyList<Outcome> outcomes) => Share(outcomes, outcome => outcome.Rule is not null);

    private static double NoEvidence(IReadOnlyList<Outcome> outcomes) => Share(outcomes, outcome => outcome.Rule?.StartsWith("A3.", StringComparison.Ordinal) is true);

    private static double Share(IReadOnlyList<Outcome> outcomes, Func<Outcome, bool> holds) => outcomes.Count == 0 ? 0 : (double)outcomes.Count(holds) / outcomes.Count;

    /// <param name="Expected">Whether the source's rules hand it over.</param>
    /// <param name="Rule">The rule by which it reached a person; null where it was answered.</param>
    /// <param name="Words">What was asked.</param>
    private sealed record Outcome(bool Expected, string? Rule, string Words);
}
