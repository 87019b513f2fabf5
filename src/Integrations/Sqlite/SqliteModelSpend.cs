using FteAgent.Answering;
using FteAgent.Customers;

namespace FteAgent.Sqlite;

/// <summary>What models cost, in the file.</summary>
internal sealed class SqliteModelSpend(SqliteRecord record, TimeProvider time) : IModelSpend
{
    private const string Add = """
        insert into model_spend (day, customer_id, micros) values ($day, $customer, $micros)
        on conflict (day, customer_id) do update set micros = micros + excluded.micros
        """;

    public Task<ModelReservation?> Reserve(CustomerId customer, ModelBudget budget, long micros, CancellationToken cancellationToken) => record.WriteClaim(
        session =>
        {
            var day = DayOf(time.GetUtcNow());
            if (!IsLeft(session, day, Guid.Empty, budget.Micros, micros) || !IsLeft(session, day, customer.Value, budget.MicrosPerCustomer, micros))
                return null;
            Spend(session, day, customer, micros);
            return new ModelReservation(day, micros);
        },
        cancellationToken);

    public Task Note(ModelCall call, ModelReservation? reserved, CancellationToken cancellationToken) => record.WriteClaim(
        session =>
        {
            var noted = session["""
                insert into model_calls (id, customer_id, exchange_id, at, model, prompt, calls, input_tokens, cached_tokens, output_tokens, cost_micros, took_ms, outcome)
                select $id, id, $exchange, $now, $model, $prompt, $calls, $input, $cached, $output, $cost, $took, $outcome from customers where id = $customer
                on conflict (id) do nothing
                """]
                .Set("$id", call.Id).Set("$exchange", call.Exchange.Value).Set("$now", record.Now).Set("$model", call.Model).Set("$prompt", call.Prompt)
                .Set("$calls", call.Use.Calls).Set("$input", call.Use.InputTokens).Set("$cached", call.Use.CachedTokens).Set("$output", call.Use.OutputTokens)
                .Set("$cost", call.Use.CostMicros).Set("$took", (long)call.Took.TotalMilliseconds).Set("$outcome", call.Outcome).Set("$customer", call.Customer.Value)
                .Execute();
            if (noted > 0 && call.Use.CostMicros != (reserved?.Micros ?? 0))
                Spend(session, reserved?.Day ?? DayOf(time.GetUtcNow()), call.Customer, call.Use.CostMicros - (reserved?.Micros ?? 0));
            return true;
        },
        cancellationToken);

    private static void Spend(SqliteSession session, DateTimeOffset day, CustomerId customer, long micros)
    {
        foreach (var whose in new[] { Guid.Empty, customer.Value })
            session[Add].Set("$day", day).Set("$customer", whose).Set("$micros", micros).Execute();
    }

    private static bool IsLeft(SqliteSession session, DateTimeOffset day, Guid whose, long limit, long micros) =>
        limit == 0 || Spent(session, day, whose) + micros <= limit;

    private static long Spent(SqliteSession session, DateTimeOffset day, Guid whose) =>
        session["select micros from model_spend where day = $day and customer_id = $customer"]
            .Set("$day", day).Set("$customer", whose).First(static row => row.Long(), 0L);

    private static DateTimeOffset DayOf(DateTimeOffset moment) => new(moment.UtcDateTime.Date, TimeSpan.Zero);
}
