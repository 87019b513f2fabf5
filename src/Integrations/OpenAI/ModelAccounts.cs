using FteAgent.Answering;
using Microsoft.Extensions.Logging;

namespace FteAgent.OpenAI;

/// <summary>What a model's tokens cost, in the deployment's currency for a million of them; 0 where it is not known.</summary>
/// <param name="Input">Of what is sent.</param>
/// <param name="CachedInput">Of what the endpoint had in its cache.</param>
/// <param name="Output">Of what it writes.</param>
public sealed record ModelPrices(decimal Input, decimal CachedInput, decimal Output)
{
    /// <summary>The cost in millionths, rounded up.</summary>
    public long Micros(long input, long cached, long output) =>
        (long)Math.Ceiling(((input - cached) * Input) + (cached * CachedInput) + (output * Output));
}

/// <summary>Keeps the accounts of a model: reserves before each request what it may cost at most, and notes after the draft what it cost.</summary>
/// <param name="spend">Where they are kept.</param>
/// <param name="budget">What a day may cost.</param>
/// <param name="prices">What its tokens cost.</param>
/// <param name="longestAnswer">The most tokens of one answer.</param>
/// <param name="metrics">Counts tokens and money.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Hears what could not be noted.</param>
internal sealed partial class ModelAccounts(
    IModelSpend spend, ModelBudget budget, ModelPrices prices, int longestAnswer, ModelMetrics metrics, TimeProvider time, ILogger<ModelAccounts> logger)
{
    /// <summary>No draft is kept longer by its account. What takes longer goes on by itself.</summary>
    public static readonly TimeSpan LongestNote = TimeSpan.FromSeconds(2);

    private bool IsBounded => budget is not { Micros: 0, MicrosPerCustomer: 0 };

    /// <summary>Opens an account for a draft.</summary>
    public ModelAccount Open(DraftRequest request) => new(request, prices);

    /// <summary>Reserves for one more request, so that the draft can be paid whatever comes of it.</summary>
    /// <exception cref="ModelUnavailableException">A budget of the day has not so much left.</exception>
    /// <exception cref="OperationCanceledException">The draft's time was over first: a record that does not answer must not hold it for longer.</exception>
    public async Task Reserve(ModelAccount account, string model, ChatRequest request, CancellationToken cancellationToken)
    {
        if (!IsBounded)
            return;
        var missing = account.Use.CostMicros + prices.Micros(TokenGuess.AtMost(request), 0, longestAnswer) - (account.Reserved?.Micros ?? 0);
        if (missing <= 0)
            return;
        // Not ended by whoever leaves: what was taken must be known here, or it would stay spent.
        var taking = spend.Reserve(account.Request.Customer, budget, missing, CancellationToken.None);
        ModelReservation? taken;
        try
        {
            taken = await taking.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            account.Leave(taking);
            throw;
        }

        if (taken is null)
        {
            metrics.Refused(model);
            throw new ModelUnavailableException("The day's budget for the model is spent.");
        }

        account.Take(taken);
    }

    /// <summary>Closes an account. What cannot be noted stays reserved for the day; the draft is not lost by it.</summary>
    public async Task Close(ModelAccount account, string model, string prompt, TimeSpan took, string outcome)
    {
        metrics.Used(model, account.Use);
        var call = new ModelCall(Guid.CreateVersion7(), account.Request.Customer, account.Request.Exchange, model, prompt, account.Use, took, outcome);
        await Note(account, call).WaitAsync(LongestNote, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task Note(ModelAccount account, ModelCall call)
    {
        try
        {
            await spend.Note(call, await account.Settled(), CancellationToken.None);
        }
        catch (Exception failure)
        {
            LogNotNoted(logger, failure, call.Model);
        }
    }

    [LoggerMessage(2211, LogLevel.Warning, "What a draft of {Model} cost could not be noted; what was reserved for it stays spent.")]
    private static partial void LogNotNoted(ILogger logger, Exception failure, string model);
}

/// <summary>The account of one draft.</summary>
/// <param name="request">The draft.</param>
/// <param name="prices">What tokens cost.</param>
internal sealed class ModelAccount(DraftRequest request, ModelPrices prices)
{
    private (int Calls, long Input, long Cached, long Output) sum;
    private Task<ModelReservation?>? late;

    public DraftRequest Request => request;

    /// <summary>What was reserved so far; null while nothing was.</summary>
    public ModelReservation? Reserved { get; private set; }

    /// <summary>What was used so far.</summary>
    public ModelUse Use => new(sum.Calls, sum.Input, sum.Cached, sum.Output, prices.Micros(sum.Input, sum.Cached, sum.Output));

    /// <summary>So much more was reserved. A draft over midnight keeps its first day, and with it what it costs.</summary>
    public void Take(ModelReservation taken) => Reserved = Reserved is { } before ? before with { Micros = before.Micros + taken.Micros } : taken;

    /// <summary>The draft does not wait any more for what is being reserved for it.</summary>
    public void Leave(Task<ModelReservation?> taking) => late = taking;

    /// <summary>All that was reserved, with what came after the draft had left: nobody will use that, and the account gives it back.</summary>
    public async Task<ModelReservation?> Settled()
    {
        try
        {
            if (late is not null && await late is { } taken)
                Take(taken);
        }
        catch (Exception)
        {
            // Nobody knows whether it was taken. If so it stays spent, and what was used is noted all the same.
        }

        return Reserved;
    }

    /// <summary>A request was made that used so much; null where it was not taken.</summary>
    public void Add(TokenUse? use) =>
        sum = (sum.Calls + 1, sum.Input + (use?.Input ?? 0), sum.Cached + (use?.Cached ?? 0), sum.Output + (use?.Output ?? 0));
}
