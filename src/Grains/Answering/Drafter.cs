using System.Collections.Immutable;
using System.Diagnostics;
using FteAgent.Answering.Rules;
using FteAgent.Answering.Rules.Matter;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Knowledge;
using FteAgent.Telemetry;
using Microsoft.Extensions.Logging;

namespace FteAgent.Answering;

/// <summary>Fetches what an answer needs and asks the model. Always comes back with a draft: a failed one says so, and a person gets the exchange.</summary>
internal sealed partial class Drafter(
    IKnowledgeIndex knowledge, ModelChain models, Cores cores, ICustomerHistory history, ILiveSignals live, ConversationContext context,
    AnsweringMetrics metrics, ILogger<Drafter> logger)
{
    /// <summary>How much evidence a model is shown.</summary>
    private const int EvidenceLimit = 8;

    /// <summary>How often a failed model is asked again.</summary>
    private const int ModelAttempts = 3;

    /// <summary>What is kept of a draft's time for the last model: where it quotes, it takes far less.</summary>
    private static readonly TimeSpan ForTheLast = TimeSpan.FromSeconds(5);

    /// <summary>Below this chance a second search is made, where the question can be put in another way.</summary>
    private const double SecondSearchBelow = 0.5;

    public async Task<Draft> Write(ExchangeSnapshot snapshot, CancellationToken cancellationToken)
    {
        var conversation = snapshot.Conversation;
        var since = Stopwatch.GetTimestamp();
        var text = ExchangeReading.Read(conversation, snapshot.Exchange);
        if (ReplyDecision.NeedsNoDraft(conversation, text, context.Rules))
        {
            metrics.NotNeeded(since);
            return Draft.None;
        }

        var draft = await Write(snapshot, text, cancellationToken);
        metrics.Drafted(draft, since);
        return draft;
    }

    private async Task<Draft> Write(ExchangeSnapshot snapshot, ExchangeText text, CancellationToken cancellationToken)
    {
        var (conversation, exchange) = snapshot;
        using var limit = new CancellationTokenSource(context.Options.DraftFor, context.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var answerBy = context.Time.GetUtcNow() + context.Options.DraftFor - ForTheLast;
        try
        {
            if (conversation.HasEarlier)
                text = ExchangeReading.After(await history.Read(conversation.Customer, ICustomerHistory.DefaultLimit, both.Token), conversation, text);
            var (evidence, searches) = await Search(conversation.Customer, text, both.Token);
            var request = new DraftRequest(text.Messages, text.History, evidence)
            {
                Customer = conversation.Customer,
                Exchange = exchange.Id,
                Channel = text.Channel,
                Tone = context.Rules.Policy.Tone,
                PricesMayBeSaid = context.Rules.Policy.ListPricesAreAnswered,
                TimeIsOver = limit.Token,
            };
            var draft = await Ask(request, answerBy, both.Token);
            // Nothing of it changes after it was judged: the grain that decides on it need not read it again.
            draft = draft with { Searches = searches + draft.Searches };
            // Decided where the conversation lives, which may be a silo of the release before, with fewer rules: it heeds this.
            return draft.NeedsPerson is null && ReplyDecision.Breach(text, draft, context.Rules) is { } breach ? draft with { NeedsPerson = breach.Reason } : draft;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Draft.Failed("timeout");
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogFailed(logger, failure, conversation.Customer, exchange.Id);
            return Draft.Failed(failure.GetType().Name);
        }
    }

    private async Task<(SearchResult Evidence, int Searches)> Search(CustomerId customer, ExchangeText text, CancellationToken cancellationToken)
    {
        live.Status(customer, "searching the documentation");
        var first = await Search(text.Messages, cancellationToken);
        if (first.Evidence >= SecondSearchBelow)
            return (first, 1);

        if (Wider(text) is not { } wider)
            return (first, 1);
        var second = await Search(wider, cancellationToken);
        return (second.Evidence > first.Evidence ? second : first, 2);
    }

    private Task<SearchResult> Search(ImmutableArray<string> query, CancellationToken cancellationToken) => Search(query, EvidenceLimit, null, cancellationToken);

    private async Task<SearchResult> Search(ImmutableArray<string> query, int maxResults, string? category, CancellationToken cancellationToken)
    {
        using var step = Traces.Begin("search");
        var since = Stopwatch.GetTimestamp();
        try
        {
            var found = await cores.Take(() => knowledge.Search(query, maxResults, category, cancellationToken), cancellationToken);
            metrics.Searched(null, since);
            return found;
        }
        catch (Exception failure)
        {
            metrics.Searched(failure, since);
            throw;
        }
    }

    /// <summary>
    /// What a second search asks. "And on Windows?" means nothing alone, so what the customer asked before completes it; a burst
    /// may say in several messages what is one question. A question that stands alone must not borrow another one's evidence.
    /// </summary>
    private static ImmutableArray<string>? Wider(ExchangeText text) =>
        FollowUp.IsOne(text.Messages[^1]) && text.History.LastOrDefault(utterance => utterance.FromCustomer) is { } before
            ? [before.Text, .. text.Messages]
            : text.Messages.Length > 1 ? [string.Join(' ', text.Messages)] : null;

    /// <summary>
    /// Asks for a draft whose quotes stand where they are said to. One that does not is asked for once more, with what was wrong with it; after that
    /// a person has to do.
    /// </summary>
    private async Task<Draft> Ask(DraftRequest request, DateTimeOffset answerBy, CancellationToken cancellationToken)
    {
        if (request.Evidence.Hits.Length > 0)
            live.Status(request.Customer, request.Evidence.Hits.Length is 1 ? "reading 1 source" : $"reading {request.Evidence.Hits.Length} sources");
        var masking = models.LeavesTheDeployment ? new Masking() : null;
        var tools = new BoundTools(request.Customer, request.Evidence, Search, history, masking);
        var shown = Masked(request, masking);
        var draft = await AskPatiently(shown, tools, answerBy, cancellationToken);
        if (Quotes.Fault(draft, tools.Given) is { } fault)
        {
            metrics.Misquoted(draft.Model);
            var again = await AskPatiently(shown with { Fault = fault }, tools, answerBy, cancellationToken);
            draft = again with { Use = ModelUse.Sum(draft.Use, again.Use) };
            if (Quotes.Fault(draft, tools.Given) is not null)
            {
                metrics.Misquoted(draft.Model);
                return Draft.Failed("quotes") with { Model = draft.Model, Use = draft.Use, Searches = tools.Searches };
            }
        }

        if (ReadingTime.Or<bool?>(() => Tampering.IsQuoted(draft, tools.Given, Told(request)), null) is not { } isTampered)
            return Draft.Failed("unread") with { Model = draft.Model, Use = draft.Use, Searches = tools.Searches };
        draft = draft with { Searches = tools.Searches, IsDisputed = Quotes.AreDisputed(draft, tools.Given), IsTampered = isTampered };
        return masking is null
            ? draft
            : draft with
            {
                Text = masking.Show(draft.Text),
                Matter = draft.Matter is { } matter ? matter with { Subject = masking.Show(matter.Subject) } : null,
                Sentences = draft.Sentences.IsDefault ? default : [.. draft.Sentences.Select(sentence => sentence with { Text = masking.Show(sentence.Text) })],
            };
    }

    /// <summary>What the customer has said so far.</summary>
    private static ImmutableArray<string> Told(DraftRequest request) =>
        [.. request.History.Where(utterance => utterance.FromCustomer).Select(utterance => utterance.Text), .. request.Question];

    private static DraftRequest Masked(DraftRequest request, Masking? masking) => masking is null
        ? request
        : request with
        {
            Question = [.. request.Question.Select(message => masking.Hide(message, fromCustomer: true))],
            History = [.. request.History.Select(utterance => utterance with { Text = masking.Hide(utterance.Text, utterance.FromCustomer) })],
        };

    private async Task<Draft> AskPatiently(DraftRequest request, BoundTools tools, DateTimeOffset answerBy, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var draft = await models.Draft(request, tools, answerBy, cancellationToken);
                // Where a person comes its words are sent to nobody. What is wrong with them may neither undo the call nor give it another reason.
                return draft.NeedsPerson is null ? draft : draft with { Text = "", Citations = [], Sentences = default };
            }
            catch (Exception failure) when (failure is not (OperationCanceledException or ModelUnavailableException) && attempt < ModelAttempts)
            {
                LogModelFailed(logger, failure, models.Name, attempt);
                await Task.Delay(TimeSpan.FromMilliseconds(250 << attempt), context.Time, cancellationToken);
            }
        }
    }

    [LoggerMessage(2010, LogLevel.Warning, "The model {Model} failed (attempt {Attempt}).")]
    private static partial void LogModelFailed(ILogger logger, Exception failure, string model, int attempt);

    [LoggerMessage(2011, LogLevel.Error, "Conversation {Customer}: no draft for exchange {Exchange}; a person gets it.")]
    private static partial void LogFailed(ILogger logger, Exception failure, CustomerId customer, ExchangeId exchange);
}
