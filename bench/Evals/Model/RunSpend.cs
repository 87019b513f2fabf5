using FteAgent.Answering;
using FteAgent.Customers;

namespace FteAgent.Evals.Model;

/// <summary>Keeps the accounts of one run: a day's budget bounds what an evaluation may cost, too. Each ticket is a customer's of its own.</summary>
internal sealed class RunSpend(TimeProvider time) : IModelSpend
{
    private readonly Lock gate = new();
    private long spent;

    /// <inheritdoc/>
    public Task<ModelReservation?> Reserve(CustomerId customer, ModelBudget budget, long micros, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if ((budget.Micros > 0 && spent + micros > budget.Micros) || (budget.MicrosPerCustomer > 0 && micros > budget.MicrosPerCustomer))
                return Task.FromResult<ModelReservation?>(null);
            spent += micros;
            return Task.FromResult<ModelReservation?>(new(time.GetUtcNow(), micros));
        }
    }

    /// <inheritdoc/>
    public Task Note(ModelCall call, ModelReservation? reserved, CancellationToken cancellationToken)
    {
        lock (gate)
            spent += call.Use.CostMicros - (reserved?.Micros ?? 0);
        return Task.CompletedTask;
    }
}
