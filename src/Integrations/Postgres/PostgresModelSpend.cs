using FteAgent.Answering;
using FteAgent.Customers;

namespace FteAgent.Postgres;

/// <summary>What models cost, in the database (<c>db/fte/0011_assistant.sql</c>).</summary>
internal sealed class PostgresModelSpend(PostgresRecord record) : IModelSpend
{
    public Task<ModelReservation?> Reserve(CustomerId customer, ModelBudget budget, long micros, CancellationToken cancellationToken) =>
        record["select fte.reserve_spend($1, $2, $3, $4)"]
            .Set(customer.Value).Set(micros).Set(budget.Micros).Set(budget.MicrosPerCustomer)
            .First(row => row.TimeOrNull() is { } day ? new ModelReservation(day, micros) : null, null as ModelReservation, cancellationToken);

    public Task Note(ModelCall call, ModelReservation? reserved, CancellationToken cancellationToken) => PostgresPatience.WaitOut(
        record.Source.Work,
        () => record["select fte.note_model_call($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"]
            .Set(call.Id).Set(call.Customer.Value).Set(call.Exchange.Value).Set(call.Model).Set(call.Prompt).Set(call.Use.Calls)
            .Set(call.Use.InputTokens).Set(call.Use.CachedTokens).Set(call.Use.OutputTokens).Set(call.Use.CostMicros)
            .Set((long)call.Took.TotalMilliseconds).Set(call.Outcome).Set(reserved?.Day).Set(reserved?.Micros ?? 0L)
            .Any(cancellationToken),
        cancellationToken);
}
