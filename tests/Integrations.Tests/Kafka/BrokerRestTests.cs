using FteAgent.Testing;

namespace FteAgent.Kafka;

public sealed class BrokerRestTests
{
    private static readonly TimeSpan Attempt = TimeSpan.FromSeconds(9);

    private readonly FakeTime time = new();
    private readonly BrokerRest rest;

    public BrokerRestTests() => rest = new(Attempt, time);

    [Fact]
    public void Broker_that_answers_is_asked_by_everybody()
    {
        Assert.True(rest.MayAsk() && rest.MayAsk());
        rest.Answered();
        Assert.True(rest.MayAsk());
    }

    [Fact]
    public void After_a_failure_one_asks_at_a_time_until_it_answers()
    {
        rest.Failed();
        Assert.False(rest.MayAsk());

        time.Advance(BrokerRest.Length);
        Assert.Equal([true, false, false], [rest.MayAsk(), rest.MayAsk(), rest.MayAsk()]);

        rest.Answered();
        Assert.True(rest.MayAsk() && rest.MayAsk());
    }

    [Fact]
    public void One_who_asked_and_was_never_heard_of_again_stops_nobody_for_good()
    {
        rest.Failed();
        time.Advance(BrokerRest.Length);
        Assert.True(rest.MayAsk());

        time.Advance(Attempt);

        Assert.True(rest.MayAsk());
    }

    [Fact]
    public void One_who_asked_for_all_and_gave_it_up_lets_the_next_one_ask_soon()
    {
        rest.Failed();
        time.Advance(BrokerRest.Length);
        Assert.True(rest.MayAsk());

        rest.Unsettled();
        time.Advance(BrokerRest.Length);

        Assert.True(rest.MayAsk());
    }

    [Fact]
    public void One_who_gave_it_up_while_the_broker_answers_closes_the_door_to_nobody()
    {
        Assert.True(rest.MayAsk());

        rest.Unsettled();

        Assert.True(rest.MayAsk());
    }
}
