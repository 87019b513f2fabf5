using FteAgent.Answering;
using FteAgent.Conversations;
using FteAgent.Evals.Tickets;
using FteAgent.Silo.Settings;

namespace FteAgent.Evals.Model;

/// <summary>
/// The whole road with a language model on it, by a silo's own settings: rules, search, model, check of quotes, decision. Without a key it says in
/// one line that it is left out.
/// </summary>
/// <param name="configuration">Where the settings are: OPENAI_…, Model__… and Conversation__….</param>
/// <param name="runs">How often all tickets are answered.</param>
/// <param name="most">How many tickets of each set at most.</param>
internal sealed class ModelEval(IConfiguration configuration, int runs = 1, int most = int.MaxValue) : IEval
{
    /// <summary>Drafts under way at a time: enough to be done in minutes, too few to make an endpoint slow.</summary>
    private const int AtOnce = 4;

    private const double MicrosOfOne = 1e6;

    private static readonly string[] Sets = ["tickets2", "tickets", "everyday"];

    public string Name => "model";

    public async Task Run(EvalData data, Figures figures)
    {
        if (ModelSettings.Read(configuration) is not { } settings)
        {
            figures.Say($"\n{Name}: skipped, since OPENAI_API_KEY is not set. With it, whole tickets are answered by the model of OPENAI_MODEL at OPENAI_BASE_URL.");
            return;
        }

        await using var models = EvalModels.Open(settings);
        var options = configuration.GetSection("Conversation").Get<ConversationOptions>() ?? new();
        foreach (var set in Sets)
        {
            if ((TicketSet.Open(data, set) ?? (set == "everyday" ? TicketSet.Open(EvalData.Sample(), set) : null)) is not { } tickets)
                continue;
            var all = new List<IReadOnlyList<TicketOutcome>>();
            for (var run = 0; run < runs; run++)
                all.Add(await tickets.Answer(run, models.For, options, most, AtOnce, CancellationToken.None));
            Report($"{Name}_{set}", settings, all, figures);
        }
    }

    private static void Report(string name, ModelSettings settings, List<IReadOnlyList<TicketOutcome>> all, Figures figures)
    {
        var outcomes = all[0];
        var unasked = outcomes.Where(outcome => !outcome.Ticket.MustBeHandedOver).ToList();
        figures.Heading($"{name}: {outcomes.Count} tickets, {unasked.Count} that their rules do not hand over, answered by {settings.Endpoint.Model}");
        WholeEval.Share($"{name}.answered_rate", unasked, outcome => !outcome.IsHandedOver, figures);
        WholeEval.Rates(name, outcomes, unasked, figures);

        // What was spent is told of every run.
        var drafted = all.SelectMany(run => run).Where(outcome => outcome.IsDrafted).ToList();
        WholeEval.Share($"{name}.misquoted_rate", drafted, outcome => outcome.AskedAgain > 0, figures);
        WholeEval.Share($"{name}.failed_quotes_rate", drafted, outcome => outcome.Draft.Failure == "quotes", figures);
        WholeEval.Share($"{name}.failed_rate", drafted, outcome => outcome.Draft.Failure is not null, figures);
        WholeEval.Share($"{name}.quoted_instead_rate", drafted, outcome => outcome.Draft.Model.StartsWith("extractive/", StringComparison.Ordinal), figures);
        PerDraft($"{name}.calls", drafted, use => use.Calls, figures);
        PerDraft($"{name}.input_tokens", drafted, use => use.InputTokens, figures);
        PerDraft($"{name}.cached_tokens", drafted, use => use.CachedTokens, figures);
        PerDraft($"{name}.output_tokens", drafted, use => use.OutputTokens, figures);
        Cost(name, settings, drafted, figures);
        var seconds = drafted.ConvertAll(outcome => outcome.Took.TotalSeconds);
        foreach (var percent in new[] { 50, 95 })
            figures.Add($"{name}.draft_p{percent}_s", Interval.Quantile(seconds, percent / 100.0), Interval.OfQuantile(seconds, percent / 100.0));
        Consistency.Report(name, all, figures);
        WholeEval.Explain(name, unasked, figures);
    }

    private static void Cost(string name, ModelSettings settings, List<TicketOutcome> drafted, Figures figures)
    {
        if (settings.Prices is { Input: 0, Output: 0 })
        {
            figures.Say("what it cost is not known: Model__InputPrice and Model__OutputPrice are not set");
            return;
        }

        PerDraft($"{name}.cost", drafted, use => use.CostMicros / MicrosOfOne, figures);
        figures.Say(FormattableString.Invariant($"{drafted.Sum(outcome => outcome.Draft.Use?.CostMicros ?? 0) / MicrosOfOne:0.0000} in all, of {drafted.Count} drafts"));
    }

    private static void PerDraft(string key, List<TicketOutcome> drafted, Func<ModelUse, double> value, Figures figures)
    {
        var values = drafted.Select(outcome => outcome.Draft.Use is { } use ? value(use) : 0).ToList();
        figures.Add(key, values.Count == 0 ? 0 : values.Average(), Interval.OfMean(values));
    }
}
