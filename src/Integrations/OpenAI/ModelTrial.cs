using System.Collections.Immutable;

namespace FteAgent.OpenAI;

/// <summary>How a model answered a trial.</summary>
public enum ModelTrialOutcome
{
    /// <summary>It takes what it is asked, and began to answer.</summary>
    Answers,

    /// <summary>It takes it only without some of the <see cref="OptionalFields"/>.</summary>
    RefusesFields,

    /// <summary>It does not take it, and names no field that could be left out.</summary>
    RefusesRequest,

    /// <summary>Our key does not open this model.</summary>
    Denied,

    /// <summary>Its account has no money left.</summary>
    QuotaSpent,

    /// <summary>It gave no answer now, for a reason that may pass.</summary>
    Silent,
}

/// <summary>What a trial of a model found.</summary>
/// <param name="Outcome">How it answered.</param>
/// <param name="Fields">The fields that it refuses.</param>
public sealed record ModelTrialFacts(ModelTrialOutcome Outcome, ImmutableArray<string> Fields);

/// <summary>
/// Asks a model once in the form in which customers' questions are asked, with nothing of anybody's in it. Whether an endpoint takes such a request can
/// be found out in no other way. Its answer is bounded to a few tokens.
/// </summary>
public sealed class ModelTrial(OpenAiOptions options)
{
    /// <summary>The fewest that every endpoint takes. An answer that ends there has shown what we want to know.</summary>
    private const int Tokens = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Asks a model, and again without each field that it refuses, so that all are told at once.</summary>
    public async Task<ModelTrialFacts> Ask(string model, CancellationToken cancellationToken)
    {
        var refused = ImmutableArray.CreateBuilder<string>();
        while (true)
        {
            var failure = await Once(model, options.Omitted.Union(refused), cancellationToken);
            if (failure is { Fault: ModelFault.NotAccepted, Field: { } field } && !refused.Contains(field))
            {
                refused.Add(field);
                continue;
            }

            return new(Outcome(failure, refused.Count > 0), refused.ToImmutable());
        }
    }

    private static ModelTrialOutcome Outcome(ModelFailure? failure, bool refusesFields) => failure?.Fault switch
    {
        ModelFault.NotAccepted => ModelTrialOutcome.RefusesRequest,
        ModelFault.Denied => ModelTrialOutcome.Denied,
        ModelFault.QuotaSpent => ModelTrialOutcome.QuotaSpent,
        _ when refusesFields => ModelTrialOutcome.RefusesFields,
        null or ModelFault.TooLong or ModelFault.Filtered => ModelTrialOutcome.Answers,
        _ => ModelTrialOutcome.Silent,
    };

    private async Task<ModelFailure?> Once(string model, ImmutableHashSet<string> omitted, CancellationToken cancellationToken)
    {
        var asked = new OpenAiOptions { BaseUrl = options.BaseUrl, Key = options.Key, Model = model, Omitted = omitted, MaxOutputTokens = Tokens };
        using var connection = new OpenAiConnection(asked);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await new OpenAiChat(connection, asked, TimeProvider.System).Ask(Request(model), static () => { }, limit.Token);
            return null;
        }
        catch (ModelFailure failure)
        {
            return failure;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(ModelFault.TimedOut);
        }
    }

    private ChatRequest Request(string model)
    {
        ImmutableArray<ChatLine> lines = [new ChatLine.Instruction("This is a trial. Answer with no sentences."), new ChatLine.Material("{}")];
        return options.Style is ModelStyle.Json ? new(model, lines, [], Form: OpenAiTools.Send) : new(model, lines, OpenAiTools.All);
    }
}
