using FteAgent.Conversations;
using FteAgent.Testing;

namespace FteAgent.Deliveries;

/// <summary>A provider that is down is left alone, and found again when it is back.</summary>
public sealed class DeliveryCircuitTests
{
    private const string Mail = "email";

    private static readonly SendResult Away = new(SendOutcome.TryAgain, "away");

    private readonly FakeTime time = new();
    private readonly DeliveryCircuits circuits;

    public DeliveryCircuitTests() => circuits = new([(Mail, Mail), ("unseen", Mail), ("whatsapp", "whatsapp")], time);

    [Fact]
    public void Four_failures_in_a_row_change_nothing_and_the_fifth_opens_the_circuit()
    {
        Assert.All(Fail(4), change => Assert.Equal(CircuitChange.None, change));
        Assert.Null(circuits.Wait(Mail));

        Assert.Equal(CircuitChange.Opened, Assert.Single(Fail(1)));

        Assert.Equal(TimeSpan.FromSeconds(10), circuits.Wait(Mail));
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(TimeSpan.FromSeconds(6), circuits.Wait(Mail));
    }

    [Fact]
    public void What_ends_before_the_provider_is_asked_says_nothing_of_it()
    {
        Fail(4);
        circuits.Note("unseen", SendResult.NothingToSend);
        Assert.Equal(CircuitChange.Opened, Assert.Single(Fail(1)));

        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(circuits.Wait("unseen"));
        Assert.Equal(CircuitChange.None, circuits.Note("unseen", SendResult.Unsendable("no address")));
        // It was the trial, and tried nothing: the next one is.
        Assert.Null(circuits.Wait(Mail));
        Assert.Equal(CircuitChange.Closed, circuits.Note(Mail, SendResult.Sent));
    }

    [Theory]
    [InlineData(SendOutcome.Sent)]
    [InlineData(SendOutcome.Refused)]
    public void Whatever_the_provider_takes_or_refuses_starts_the_count_anew(SendOutcome outcome)
    {
        Fail(4);
        circuits.Note(Mail, new(outcome));

        Fail(4);

        Assert.Null(circuits.Wait(Mail));
    }

    [Fact]
    public void After_the_rest_one_item_is_let_through_and_the_others_wait_for_it()
    {
        Fail(5);
        time.Advance(DeliveryCircuits.FirstRest);

        Assert.Null(circuits.Wait(Mail));

        Assert.Equal(DeliveryCircuits.TrialFor, circuits.Wait(Mail));
        Assert.Equal(CircuitChange.Closed, circuits.Note(Mail, SendResult.Sent));
        Assert.Null(circuits.Wait(Mail));
        Assert.Null(circuits.Wait(Mail));
    }

    [Fact]
    public void Each_failed_trial_doubles_the_rest_up_to_two_minutes_and_success_begins_again()
    {
        Fail(5);
        foreach (var seconds in (int[])[10, 20, 40, 80, 120, 120])
        {
            Assert.Equal(TimeSpan.FromSeconds(seconds), circuits.Wait(Mail));
            time.Advance(TimeSpan.FromSeconds(seconds));
            Assert.Null(circuits.Wait(Mail));
            Assert.Equal(CircuitChange.Opened, circuits.Note(Mail, Away));
        }

        time.Advance(DeliveryCircuits.LongestRest);
        Assert.Null(circuits.Wait(Mail));
        circuits.Note(Mail, SendResult.Sent);
        Assert.All(Fail(4), change => Assert.Equal(CircuitChange.None, change));
        Fail(1);
        Assert.Equal(DeliveryCircuits.FirstRest, circuits.Wait(Mail));
    }

    [Fact]
    public void What_was_under_way_when_it_opened_does_not_make_the_rest_longer()
    {
        Fail(5);

        Assert.All(Fail(3), change => Assert.Equal(CircuitChange.None, change));

        Assert.Equal(DeliveryCircuits.FirstRest, circuits.Wait(Mail));
    }

    [Fact]
    public void A_trial_of_which_nothing_is_heard_any_more_is_made_again()
    {
        Fail(5);
        time.Advance(DeliveryCircuits.FirstRest);
        Assert.Null(circuits.Wait(Mail));

        time.Advance(DeliveryCircuits.TrialFor);

        Assert.Null(circuits.Wait(Mail));
        Assert.NotNull(circuits.Wait(Mail));
    }

    [Fact]
    public void What_is_an_items_own_fault_never_opens_a_circuit_and_shows_that_the_provider_is_there()
    {
        Fail(4);
        circuits.Note(Mail, Away with { IsItems = true });
        Fail(4);
        for (var i = 0; i < 20; i++)
            Assert.Equal(CircuitChange.None, circuits.Note(Mail, Away with { IsItems = true }));

        Assert.Null(circuits.Wait(Mail));
    }

    [Fact]
    public void Destinations_of_one_provider_are_left_alone_together_and_tried_by_one_item()
    {
        Fail(3);
        circuits.Note("unseen", Away);
        Assert.Equal(CircuitChange.Opened, circuits.Note("unseen", Away));

        Assert.Equal(DeliveryCircuits.FirstRest, circuits.Wait(Mail));
        time.Advance(DeliveryCircuits.FirstRest);
        Assert.Null(circuits.Wait("unseen"));
        Assert.NotNull(circuits.Wait(Mail));
        circuits.Note("unseen", SendResult.Sent);
        Assert.Null(circuits.Wait(Mail));
    }

    [Fact]
    public void One_provider_says_nothing_of_another_and_none_waits_that_is_not_there()
    {
        Fail(5);
        for (var i = 0; i < 9; i++)
            circuits.Note("nowhere", Away);

        Assert.Null(circuits.Wait("whatsapp"));
        Assert.Null(circuits.Wait("nowhere"));
        Assert.Equal([("email", 1), ("unseen", 1), ("whatsapp", 0)], circuits.Observe().Select(one => ((string)one.Tags[0].Value!, one.Value)).Order());
    }

    [Fact]
    public async Task Of_many_that_come_at_once_after_the_rest_one_goes()
    {
        Fail(5);
        time.Advance(DeliveryCircuits.FirstRest);

        var waits = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => circuits.Wait(Mail))));

        Assert.Single(waits, wait => wait is null);
    }

    private List<CircuitChange> Fail(int times) => [.. Enumerable.Range(0, times).Select(_ => circuits.Note(Mail, Away))];
}
