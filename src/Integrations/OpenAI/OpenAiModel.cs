using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using FteAgent.Answering;
using FteAgent.Knowledge;
using Microsoft.Extensions.Logging;

namespace FteAgent.OpenAI;

/// <summary>
/// Drafts with a model behind an endpoint: it is shown what was found, may look further with its tools, and ends with a proposed answer whose
/// sentences bear quotes. Nothing that it calls acts; two tools read, the others are words about the draft.
/// </summary>
/// <param name="chat">Asks once.</param>
/// <param name="road">The road to the model.</param>
/// <param name="model">Which model.</param>
/// <param name="style">How its answer's form is asked for.</param>
/// <param name="accounts">What it costs.</param>
/// <param name="logger">Hears what went wrong, without anybody's words.</param>
internal sealed partial class OpenAiModel(
    IModelChat chat, ModelRoad road, string model, ModelStyle style, ModelAccounts accounts, ILogger<OpenAiModel> logger) : IChatModel
{
    /// <summary>How often the model is heard for one draft.</summary>
    private const int MostRounds = 4;

    /// <summary>How many tools it may call beside its answer.</summary>
    private const int MostCalls = 6;

    /// <summary>An answer of which its own model says that it hardly fits is none. What models say of themselves is rough, so that only the lowest counts.</summary>
    public const double LeastConfidence = 0.2;

    /// <inheritdoc/>
    public string Name { get; } = $"{model}/{Prompt.Answer.Label}";

    /// <inheritdoc/>
    public bool LeavesTheDeployment => true;

    /// <inheritdoc/>
    public async Task<Draft> Draft(DraftRequest request, IDraftTools tools, CancellationToken cancellationToken)
    {
        var work = new Work(request);
        var account = accounts.Open(request);
        var (since, outcome) = (Stopwatch.GetTimestamp(), "failed");
        try
        {
            var draft = await Write(work, tools, account, cancellationToken);
            outcome = draft is { NeedsPerson: not null } ? "needs_person" : draft.Citations.IsEmpty ? "no_evidence" : "answered";
            return draft with { Model = Name, Use = account.Use };
        }
        // What it has called for is not unsaid by what broke afterwards; the next model might not call.
        catch (Exception failure) when (work.NeedsPerson is not null && (failure is not OperationCanceledException || request.TimeIsOver.IsCancellationRequested))
        {
            LogOnlyPerson(logger, model, failure.GetType().Name);
            outcome = "needs_person";
            return work.WithoutWords() with { Model = Name, Use = account.Use };
        }
        catch (ModelFailure failure)
        {
            outcome = JsonNamingPolicy.SnakeCaseLower.ConvertName(failure.Fault.ToString());
            throw new ModelUnavailableException(failure.Message);
        }
        catch (OperationCanceledException)
        {
            outcome = "cancelled";
            throw;
        }
        finally
        {
            await accounts.Close(account, Name, Prompt.Answer.Label, Stopwatch.GetElapsedTime(since), outcome);
        }
    }

    private async Task<Draft> Write(Work work, IDraftTools tools, ModelAccount account, CancellationToken cancellationToken)
    {
        for (var round = 1; round <= MostRounds; round++)
        {
            var mustEnd = round == MostRounds || work.Calls >= MostCalls;
            var answer = await Ask(work, account, mustEnd, cancellationToken);
            if (answer.Refusal is not null)
                return work.WithoutWords();
            if (style is ModelStyle.Json || answer.Calls.IsEmpty)
            {
                // An endpoint that knows no tools answers in words, which are the answer's form or nothing.
                if (Take(work, answer.Text, out var spoken) is { } draft)
                    return draft;
                work.Lines.Add(new ChatLine.Material(ToolAnswers.Fault(spoken)));
                continue;
            }

            work.Lines.Add(new ChatLine.Called(answer.Calls));
            // The proposal last, whatever stands beside it: a call for a person goes into it.
            foreach (var call in answer.Calls.OrderBy(call => call.Name == OpenAiTools.SendName))
            {
                if (call.Name == OpenAiTools.SendName)
                {
                    if (Take(work, call.Arguments, out var faults) is { } draft)
                        return draft;
                    work.Lines.Add(new ChatLine.Given(call.Id, ToolAnswers.Fault(faults)));
                    continue;
                }

                work.Calls++;
                work.Lines.Add(new ChatLine.Given(call.Id, await Call(work, call, tools, cancellationToken)));
            }
        }

        LogNoDraft(logger, model, MostRounds);
        throw new ModelUnavailableException($"The model wrote no answer that could be read in {MostRounds} attempts.");
    }

    private Task<ChatAnswer> Ask(Work work, ModelAccount account, bool mustEnd, CancellationToken cancellationToken)
    {
        var request = style is ModelStyle.Json
            ? new ChatRequest(model, [.. work.Lines], [], Form: OpenAiTools.Send)
            : new ChatRequest(model, [.. work.Lines], OpenAiTools.All, mustEnd ? OpenAiTools.SendName : null);
        return road.Send(
            attempt => AskOnce(request, account, attempt), cancellationToken, token => accounts.Reserve(account, Name, request, token), work.TimeIsOver);
    }

    /// <summary>Each attempt is paid, whatever becomes of it. Where the endpoint does not tell what it used, it is guessed.</summary>
    private async Task<ChatAnswer> AskOnce(ChatRequest request, ModelAccount account, ModelAttempt attempt)
    {
        var pieces = 0;
        try
        {
            var answer = await chat.Ask(request, Heard, attempt.Token);
            account.Add(answer.Use ?? TokenGuess.Likely(request, pieces));
            return answer;
        }
        catch (Exception failure) when (failure is ModelFailure or OperationCanceledException)
        {
            account.Add(failure is ModelFailure { WasRefused: true } ? null : (failure as ModelFailure)?.Use ?? TokenGuess.Likely(request, pieces));
            throw;
        }

        void Heard()
        {
            pieces++;
            attempt.Heard();
        }
    }

    /// <summary>What a tool gives. A name or arguments that make no sense are told, and harm nothing.</summary>
    private static async Task<string> Call(Work work, ToolCall call, IDraftTools tools, CancellationToken cancellationToken)
    {
        switch (call.Name)
        {
            case OpenAiTools.SearchName:
                var search = ToolArguments.Search(call.Arguments);
                if (search.Value is not { } asked)
                    return ToolAnswers.Fault(search.Faults);
                var found = await tools.Search(asked.Query, asked.MaxResults, asked.Category, cancellationToken);
                work.Know(found.Hits);
                return ToolAnswers.Chunks(found.Hits);
            case OpenAiTools.HistoryName:
                var history = ToolArguments.History(call.Arguments);
                return history.Value is null ? ToolAnswers.Fault(history.Faults) : ToolAnswers.History(await tools.History(cancellationToken));
            case OpenAiTools.EscalateName:
                var escalate = ToolArguments.Escalate(call.Arguments);
                if (escalate.Value is not { } why)
                    return ToolAnswers.Fault(escalate.Faults);
                work.NeedsPerson ??= why.Reason;
                work.Urgency = work.Urgency is { } before && before > why.Urgency ? before : why.Urgency;
                return ToolAnswers.Noted;
            case OpenAiTools.TicketName:
                var ticket = ToolArguments.Ticket(call.Arguments);
                if (ticket.Value is not { } matter)
                    return ToolAnswers.Fault(ticket.Faults);
                work.Matter ??= new(matter.Subject, matter.Category, matter.Priority);
                return ToolAnswers.Noted;
            default:
                return ToolAnswers.Fault(["There is no such tool."]);
        }
    }

    private static Draft? Take(Work work, string arguments, out ImmutableArray<string> faults)
    {
        var reading = DraftJson.Read(arguments);
        faults = reading.Faults;
        return reading.Draft is { } proposed ? ToDraft(work, proposed) : null;
    }

    private static Draft ToDraft(Work work, ProposedDraft proposed)
    {
        if (proposed is { NeedsPerson: null, Confidence: < LeastConfidence })
            return work.WithoutWords() with { Confidence = proposed.Confidence, Intent = proposed.Intent };
        var citations = ImmutableArray.CreateBuilder<Citation>();
        var sentences = ImmutableArray.CreateBuilder<DraftSentence>();
        var text = new StringBuilder();
        foreach (var sentence in proposed.Sentences)
        {
            var places = ImmutableArray.CreateBuilder<int>();
            foreach (var quote in sentence.Quotes)
            {
                var citation = work.Cite(quote);
                var place = citations.IndexOf(citation);
                if (place < 0)
                {
                    place = citations.Count;
                    citations.Add(citation);
                }

                places.Add(place);
            }

            // Steps and items stand below each other, as the model wrote them line by line.
            if (text.Length > 0)
                text.Append(StandsAlone(sentence.Text) ? '\n' : ' ');
            text.Append(sentence.Text);
            sentences.Add(new(sentence.Text, places.ToImmutable()));
        }

        return new(text.ToString(), citations.ToImmutable(), proposed.Confidence, proposed.NeedsPerson ?? work.NeedsPerson)
        {
            Sentences = sentences.ToImmutable(),
            Intent = proposed.Intent,
            Matter = work.Matter,
            Urgency = work.Urgency,
        };
    }

    private static bool StandsAlone(string sentence) => sentence is ['-' or '*' or '•', ' ', ..] || sentence.TrimStart("0123456789") is ['.' or ')', ' ', ..] and { } rest && rest.Length < sentence.Length;

    [LoggerMessage(2210, LogLevel.Warning, "The model {Model} wrote no answer that could be read in {Rounds} attempts.")]
    private static partial void LogNoDraft(ILogger logger, string model, int rounds);

    [LoggerMessage(2212, LogLevel.Warning, "The model {Model} called for a person and then failed ({Failure}); a person comes.")]
    private static partial void LogOnlyPerson(ILogger logger, string model, string failure);

    /// <summary>A draft in the making.</summary>
    private sealed class Work
    {
        private readonly Dictionary<string, SearchHit> known;

        public Work(DraftRequest request)
        {
            known = request.Evidence.Hits.ToDictionary(hit => hit.ChunkId);
            TimeIsOver = request.TimeIsOver;
            Lines = [.. AnswerPrompt.Lines(request)];
            if (request.Fault is { } fault)
                Lines.Add(new ChatLine.Material(ToolAnswers.Fault([fault])));
        }

        public List<ChatLine> Lines { get; }

        public CancellationToken TimeIsOver { get; }

        public int Calls { get; set; }

        public EscalationReason? NeedsPerson { get; set; }

        public Urgency? Urgency { get; set; }

        public DraftMatter? Matter { get; set; }

        /// <summary>What it noted so far, and no answer.</summary>
        public Draft WithoutWords() => new("", [], 0, NeedsPerson) { Matter = Matter, Urgency = Urgency };

        public void Know(ImmutableArray<SearchHit> hits)
        {
            foreach (var hit in hits)
                known[hit.ChunkId] = hit;
        }

        /// <summary>A quote of a chunk that was never shown keeps the id that the model gave it: whoever verifies quotes says so.</summary>
        public Citation Cite(ProposedQuote quote) => known.TryGetValue(quote.ChunkId, out var hit)
            ? new(hit.ChunkId, hit.DocumentId, hit.Title, hit.Heading, quote.Quote, hit.ChangedAt, hit.Url)
            : new(quote.ChunkId, "", "", "", quote.Quote, DateTimeOffset.UnixEpoch);
    }
}
