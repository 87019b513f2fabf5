using System.Collections.Immutable;

namespace FteAgent.Answering.Rules;

/// <summary>What the rules see of an exchange: words, no identities.</summary>
/// <param name="Messages">The customer's messages of this exchange, oldest first; a form's subject counts as one.</param>
/// <param name="History">What was said before this exchange, oldest first.</param>
/// <param name="Channel">The channel's name, such as <c>web</c>, <c>email</c>, <c>whatsapp</c>: a handbook may have rules for one only.</param>
/// <param name="EarlierSentiments">The stored sentiments of the customer's earlier messages, oldest first; scored again from the history where absent.</param>
public sealed record ExchangeText(
    ImmutableArray<string> Messages,
    ImmutableArray<Utterance> History = default,
    string Channel = "web",
    ImmutableArray<double> EarlierSentiments = default)
{
    /// <summary>One message without history.</summary>
    public static ExchangeText Of(string message, string channel = "web") => new([message], Channel: channel);
}
