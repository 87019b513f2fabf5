using FteAgent.Answering;
using FteAgent.Customers;

namespace FteAgent.Record;

/// <summary>What models cost is counted once, and no day costs more than it may.</summary>
public abstract class ModelSpendContract : RecordContract
{
    private IModelSpend Spend => Record.Get<IModelSpend>();

    [Fact]
    public async Task What_a_call_cost_takes_the_place_of_what_was_reserved_for_it()
    {
        var mira = await Record.NewCustomer();
        var reserved = await Spend.Reserve(mira, new(1_000, 0), 600, default);
        Assert.Equal(new(Today, 600), reserved);
        await AssertSpent(600);

        var call = Call(mira, 250);
        await Spend.Note(call, reserved, default);
        await Spend.Note(call, reserved, default);

        await AssertSpent(250);
        Assert.NotNull(await Spend.Reserve(mira, new(1_000, 0), 750, default));
        Assert.Null(await Spend.Reserve(mira, new(1_000, 0), 1, default));
    }

    [Fact]
    public async Task What_one_customer_may_cost_is_counted_by_itself_and_refusing_takes_nothing()
    {
        var (mira, noor) = (await Record.NewCustomer(), await Record.NewCustomer());
        var budget = new ModelBudget(1_000, 300);
        Assert.NotNull(await Spend.Reserve(mira, budget, 300, default));

        Assert.Null(await Spend.Reserve(mira, budget, 1, default));
        Assert.Null(await Spend.Reserve(noor, budget, 301, default));

        await AssertSpent(300);
        Assert.NotNull(await Spend.Reserve(noor, budget, 300, default));
    }

    [Fact]
    public async Task Each_day_begins_anew_and_what_was_reserved_before_midnight_is_settled_there()
    {
        var mira = await Record.NewCustomer();
        var reserved = await Spend.Reserve(mira, new(500, 500), 500, default);
        Assert.Null(await Spend.Reserve(mira, new(500, 500), 1, default));
        Record.Time.Advance(TimeSpan.FromDays(1));

        Assert.NotNull(await Spend.Reserve(mira, new(500, 500), 400, default));
        await Spend.Note(Call(mira, 200), reserved, default);

        await AssertSpent(400);
    }

    [Fact]
    public async Task Many_at_once_do_not_overspend()
    {
        var mira = await Record.NewCustomer();

        var taken = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Spend.Reserve(mira, new(1_000, 0), 100, default)));

        Assert.Equal(10, taken.Count(reservation => reservation is not null));
        await AssertSpent(1_000);
    }

    [Fact]
    public async Task Whoever_was_erased_leaves_no_account_and_what_they_cost_stays_spent()
    {
        var mira = await Record.NewCustomer();
        await Spend.Note(Call(mira, 250), null, default);

        await Record.PersonalData.Erase(mira, "Ana", default);
        await Spend.Note(Call(mira, 90), null, default);

        await AssertSpent(250);
    }

    private static ModelCall Call(CustomerId customer, long micros) => new(
        Guid.NewGuid(), customer, new(Guid.NewGuid()), "model-1", "answer-1", new(2, 900, 100, 80, micros), TimeSpan.FromSeconds(1.5), "answered");

    /// <summary>A budget lets one more call of nothing through as long as no more was spent than it holds, and such a call takes nothing.</summary>
    private async Task AssertSpent(long micros)
    {
        var somebody = await Record.NewCustomer();
        Assert.NotNull(await Spend.Reserve(somebody, new(micros, 0), 0, default));
        Assert.Null(await Spend.Reserve(somebody, new(micros - 1, 0), 0, default));
    }

    private DateTimeOffset Today => new(Record.Now.UtcDateTime.Date, TimeSpan.Zero);
}
