using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Answering;

/// <summary>
/// What models cost, over all silos of a deployment. A day is one of UTC, by the record's clock; money is in millionths of the currency in which the
/// prices are set. What is reserved counts as spent until the call is noted: a silo that is killed between both leaves the day poorer, never over
/// its budget.
/// </summary>
public interface IModelSpend
{
    /// <summary>Takes so much out of the day's budgets. Null where one of them has not so much left; nothing is taken then.</summary>
    /// <param name="customer">Who is answered.</param>
    /// <param name="budget">The budgets.</param>
    /// <param name="micros">What the call may cost at most.</param>
    /// <param name="cancellationToken">Ends the call early; it may have been taken all the same.</param>
    Task<ModelReservation?> Reserve(CustomerId customer, ModelBudget budget, long micros, CancellationToken cancellationToken);

    /// <summary>Notes what a draft used, and puts what it cost in the place of what was reserved for it. Repeated with the same id, it changes nothing.</summary>
    Task Note(ModelCall call, ModelReservation? reserved, CancellationToken cancellationToken);

    /// <summary>How long calls are remembered, in days.</summary>
    const int KeptDays = 400;
}

/// <summary>What may be spent in a day.</summary>
/// <param name="Micros">By all together; 0 for no limit.</param>
/// <param name="MicrosPerCustomer">For one customer; 0 for no limit.</param>
public sealed record ModelBudget(long Micros, long MicrosPerCustomer);

/// <summary>What was taken out of a day's budget.</summary>
/// <param name="Day">The day's beginning, in UTC.</param>
/// <param name="Micros">How much.</param>
public sealed record ModelReservation(DateTimeOffset Day, long Micros);

/// <summary>A draft's work with a model.</summary>
/// <param name="Id">Its own.</param>
/// <param name="Customer">Who was answered.</param>
/// <param name="Exchange">For which exchange.</param>
/// <param name="Model">Which model, with its version.</param>
/// <param name="Prompt">Which prompt, with its version.</param>
/// <param name="Use">What it used.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Outcome">How it ended, in a word of a closed set.</param>
public sealed record ModelCall(
    Guid Id, CustomerId Customer, ExchangeId Exchange, string Model, string Prompt, ModelUse Use, TimeSpan Took, string Outcome);
