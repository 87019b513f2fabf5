using System.Globalization;
using System.Text;
using FteAgent.Answering.Rules;
using FteAgent.Texts;

namespace FteAgent.Answering;

/// <summary>
/// What an operator reads before the conversation: why, how the customer feels, what was asked and what was answered. Put
/// together from the record, not written by a model: it must be there when every model is down.
/// </summary>
public static class EscalationSummary
{
    private const int LongestQuote = 200;
    private const int MostEarlierQuestions = 2;

    /// <summary>Sums an escalation up.</summary>
    /// <param name="verdict">What decided it.</param>
    /// <param name="exchange">What the customer now says, and what was said before.</param>
    public static string Of(RuleVerdict verdict, ExchangeText exchange)
    {
        var summary = new StringBuilder()
            .Append(verdict.RuleId == DraftRules.Tampered ? "The page that answers holds words for a machine: look at it before it is quoted" : Why(verdict.Reason)).Append(" (rule ").Append(verdict.RuleId).AppendLine(").");
        var messages = exchange.Messages.Where(message => !string.IsNullOrWhiteSpace(message)).ToList();
        if (messages.Count > 0)
        {
            var lowest = messages.Min(SentimentScorer.Score);
            summary.Append("Sentiment ").Append(lowest.ToString("0.00", CultureInfo.InvariantCulture)).Append(" (").Append(Feeling(lowest)).AppendLine(").");
            summary.Append(messages.Count == 1 ? "Customer: " : $"Customer, {messages.Count} messages, the last: ").AppendLine(Quote(messages[^1]));
        }
        else
        {
            summary.AppendLine("The message has no text.");
        }

        var history = exchange.History.IsDefault ? [] : exchange.History;
        if (history.Length == 0)
            return summary.Append("No earlier contact in this conversation.").ToString();

        foreach (var earlier in history.Where(utterance => utterance.FromCustomer).TakeLast(MostEarlierQuestions))
            summary.Append("Earlier: ").AppendLine(Quote(earlier.Text));
        return history.LastOrDefault(utterance => !utterance.FromCustomer) is { } answer
            ? summary.Append("Last answer: ").Append(Quote(answer.Text)).ToString()
            : summary.Append("Nothing was answered yet.").ToString();
    }

    /// <summary>A reason in words.</summary>
    internal static string Why(EscalationReason reason) => reason switch
    {
        EscalationReason.PersonRequested => "The customer asks for a person",
        EscalationReason.PricingInquiry => "The customer asks about prices",
        EscalationReason.RefundRequest => "The customer wants money back",
        EscalationReason.Legal => "A legal matter",
        EscalationReason.Aggression => "Insults or threats",
        EscalationReason.NegativeSentiment => "The customer is truly unhappy",
        EscalationReason.RepeatedQuestion => "The same question again: the answer did not help",
        EscalationReason.Security => "A security report",
        EscalationReason.Privacy => "A privacy request",
        EscalationReason.Competitor => "A comparison with a competitor",
        EscalationReason.Internals => "The customer asks for internals or tries to steer the assistant",
        EscalationReason.DataLoss => "Data is reported lost or damaged",
        EscalationReason.BillingDispute => "A charge is disputed",
        EscalationReason.AccountChange => "A change that only a person may make",
        EscalationReason.Engineering => "The known fix did not help",
        EscalationReason.NoEvidence => "The documents do not answer this",
        EscalationReason.LanguageNotSupported => "A language that is not answered in",
        EscalationReason.UnableToParseMessage => "The messages have no text that can be read",
        EscalationReason.ServiceUnavailable => "The assistant could not answer",
        _ => "A rule of the handbook",
    };

    private static string Feeling(double sentiment) => sentiment switch
    {
        < EscalationPolicy.AlwaysUnhappyBelow => "unhappy",
        < 0.45 => "strained",
        < 0.6 => "neutral",
        _ => "content",
    };

    /// <summary>On one line and short, cut between words and never inside a character.</summary>
    private static string Quote(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= LongestQuote)
            return $"“{line}”";
        var end = line.LastIndexOf(' ', LongestQuote) is > 0 and var space ? space : LongestQuote;
        return $"“{line[..SafeCut.Place(line, end)]} …”";
    }
}
