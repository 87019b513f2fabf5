using System.Collections.Immutable;
using FteAgent.Answering.Rules.Foreign;

namespace FteAgent.Answering.Rules;

/// <summary>An exchange read once for all rules.</summary>
internal sealed class RuleInput
{
    private const int MaxEarlierRead = 20;

    public RuleInput(ExchangeText text, EscalationPolicy policy)
    {
        Text = text;
        Policy = policy;
        Messages = [.. text.Messages.Select(Reading.Of)];
        // What is parted over several messages is read together, too.
        var together = text.Messages.Length == 1 ? text.Messages : text.Messages.Add(string.Join(' ', text.Messages));
        var disguised = together.SelectMany(message => Disguise.Readings(message)).Distinct().ToList();
        Disguised = [.. disguised.Select(Reading.Of)];
        Unaccented = [.. text.Messages.Concat(disguised).Zip(Messages.Concat(Disguised), ForeignReading.Of)];
        History = text.History.IsDefault ? [] : text.History;
        Sentiments = [.. Messages.Select(SentimentScorer.Score)];
        EarlierSentiment = text.EarlierSentiments is { IsDefaultOrEmpty: false } stored
            ? stored[^1]
            : History.LastOrDefault(utterance => utterance.FromCustomer) is { } last ? SentimentScorer.Score(Reading.Of(last.Text)) : null;
    }

    public ExchangeText Text { get; }

    public EscalationPolicy Policy { get; }

    public ImmutableArray<Reading> Messages { get; }

    /// <summary>What the messages can be read as besides, where something was hidden in them; none in honest ones.</summary>
    public ImmutableArray<Reading> Disguised { get; }

    /// <summary>The messages, and what they can be read as besides, as phrases of other languages are compared.</summary>
    public ImmutableArray<Reading> Unaccented { get; }

    public ImmutableArray<Utterance> History { get; }

    /// <summary>Of each message, 0 to 1.</summary>
    public ImmutableArray<double> Sentiments { get; }

    /// <summary>Of the customer's message before this exchange, if there was one.</summary>
    public double? EarlierSentiment { get; }

    /// <summary>The customer's earlier utterances that were answered, latest last.</summary>
    public IEnumerable<string> AnsweredBefore()
    {
        var from = Math.Max(0, History.Length - MaxEarlierRead);
        for (var i = from; i < History.Length; i++)
        {
            if (History[i].FromCustomer && History.Skip(i + 1).Any(utterance => !utterance.FromCustomer))
                yield return History[i].Text;
        }
    }
}
