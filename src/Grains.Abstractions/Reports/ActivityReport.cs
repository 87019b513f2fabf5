using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace FteAgent.Reports;

/// <summary>
/// What happened in a period, in numbers alone: no word of a customer's is in it, and nothing that names one, so nothing in it has to be erased.
/// </summary>
/// <remarks>
/// Channels and reasons are told by their words of the wire (<c>whatsapp</c>, <c>pricing_inquiry</c>) and not by their enumerations: a report is
/// kept for years and read by whatever version runs then, and a word that it does not know is still a row to show.
/// </remarks>
/// <param name="All">Everything together.</param>
/// <param name="Channels">By channel, in the order of their words; channels on which nothing happened are left out.</param>
/// <param name="Reasons">By the reason for which a person was asked, the most frequent first.</param>
/// <param name="Model">What models used.</param>
/// <param name="Feedback">What customers said of answers.</param>
public sealed record ActivityReport(
    Figures All,
    ImmutableArray<ChannelFigures> Channels,
    ImmutableArray<ReasonFigures> Reasons,
    ModelFigures Model,
    FeedbackFigures Feedback);

/// <summary>What is counted of everything, and of each channel.</summary>
/// <param name="Messages">Customers' messages.</param>
/// <param name="Sentiment">How their customers felt.</param>
/// <param name="TicketsOpened">Matters opened.</param>
/// <param name="TicketsClosed">Matters closed, in whatever way.</param>
/// <param name="ResolvedVerified">Of these: closed without a person, and the customer confirmed it or stayed quiet.</param>
/// <param name="ClosedUnverified">Of these: closed without a person, and nobody knows whether it helped. What is left of them, people had a part in.</param>
/// <param name="Escalations">How often a person was asked for.</param>
/// <param name="FirstResponses">How long customers waited for a first response.</param>
public sealed record Figures(
    int Messages, SentimentFigures Sentiment, int TicketsOpened, int TicketsClosed, int ResolvedVerified, int ClosedUnverified, int Escalations,
    FirstResponseFigures FirstResponses);

/// <summary>How customers felt who wrote.</summary>
/// <param name="Rated">How many messages have a sentiment.</param>
/// <param name="Low">How many of them are below what counts as low.</param>
/// <param name="Mean">Their mean, from 0 (upset) to 1 (pleased); null without one.</param>
public sealed record SentimentFigures(int Rated, int Low, double? Mean)
{
    /// <summary>Nobody wrote.</summary>
    public static SentimentFigures None { get; } = new(0, 0, null);

    /// <summary>The share of the low ones, 0 to 1; null without any message.</summary>
    [JsonIgnore]
    public double? LowShare => Rated == 0 ? null : (double)Low / Rated;
}

/// <summary>How long those waited who got a first response in the period, from their ticket's opening.</summary>
/// <param name="Count">How many first responses there were.</param>
/// <param name="InTime">How many of them came within the time that is promised on their channel.</param>
/// <param name="Median">Half of them waited no longer than this; null without one.</param>
/// <param name="P95">Nineteen of twenty waited no longer than this; null without one.</param>
public sealed record FirstResponseFigures(int Count, int InTime, TimeSpan? Median, TimeSpan? P95)
{
    /// <summary>Nobody got one.</summary>
    public static FirstResponseFigures None { get; } = new(0, 0, null, null);

    /// <summary>The share of those that were in time, 0 to 1; null without any.</summary>
    [JsonIgnore]
    public double? InTimeShare => Count == 0 ? null : (double)InTime / Count;
}

/// <summary>What is counted of a channel.</summary>
/// <param name="Channel">The channel's word: <c>web</c>, <c>email</c>, <c>whatsapp</c>.</param>
/// <param name="Figures">Of messages, those that came by it; of the rest, what belongs to tickets that came by it.</param>
public sealed record ChannelFigures(string Channel, Figures Figures);

/// <summary>What is counted of a reason for which people were asked.</summary>
/// <param name="Reason">The reason's word, such as <c>refund_request</c>.</param>
/// <param name="Escalations">How often it was one, by the channel of the ticket, in the order of their words.</param>
/// <param name="Messages">Customers' messages of the period in tickets that were escalated for it in the period.</param>
/// <param name="Sentiment">How their customers felt.</param>
/// <param name="TicketsClosed">Tickets closed in the period that had been escalated for it, whenever that was.</param>
/// <param name="Verified">Of these: those whose customer confirmed it or stayed quiet.</param>
public sealed record ReasonFigures(
    string Reason, ImmutableArray<ChannelCount> Escalations, int Messages, SentimentFigures Sentiment, int TicketsClosed, int Verified)
{
    /// <summary>On all channels together.</summary>
    [JsonIgnore]
    public int Total => Escalations.IsDefault ? 0 : Escalations.Sum(count => count.Count);
}

/// <summary>How often something was on a channel.</summary>
/// <param name="Channel">The channel's word.</param>
/// <param name="Count">How often.</param>
public sealed record ChannelCount(string Channel, int Count);

/// <summary>What models used, all together and by model. Money is in millionths of the currency in which the prices are set.</summary>
/// <param name="All">Everything together.</param>
/// <param name="Models">By model, the dearest first, at most <see cref="ModelLimit"/>: an endpoint may call its models what it likes.</param>
public sealed record ModelFigures(ModelUsage All, ImmutableArray<NamedModelUsage> Models)
{
    /// <summary>So many models are told by name.</summary>
    public const int ModelLimit = 20;
}

/// <summary>What drafts used.</summary>
/// <param name="Drafts">For how many drafts a model was asked.</param>
/// <param name="Calls">How many calls were answered for them.</param>
/// <param name="InputTokens">Tokens that were sent, those from a cache among them.</param>
/// <param name="CachedTokens">Of them: read from the provider's cache.</param>
/// <param name="OutputTokens">Tokens that were written.</param>
/// <param name="CostMicros">Their price, in millionths.</param>
public sealed record ModelUsage(int Drafts, long Calls, long InputTokens, long CachedTokens, long OutputTokens, long CostMicros)
{
    /// <summary>No model was asked.</summary>
    public static ModelUsage None { get; } = new(0, 0, 0, 0, 0, 0);
}

/// <summary>What drafts of one model used.</summary>
/// <param name="Model">Its name, with its prompt's version where there is one.</param>
/// <param name="Usage">What they used.</param>
public sealed record NamedModelUsage(string Model, ModelUsage Usage);

/// <summary>What customers said of the assistant's answers; of each answer the last word counts.</summary>
/// <param name="Helpful">How many helped.</param>
/// <param name="NotHelpful">How many did not.</param>
public sealed record FeedbackFigures(int Helpful, int NotHelpful)
{
    /// <summary>Nobody said anything.</summary>
    public static FeedbackFigures None { get; } = new(0, 0);
}
