using FteAgent.Cluster.History;
using FteAgent.Cluster.Load;

namespace FteAgent.Cluster.Checks;

/// <summary>A judge that cannot convict is worthless: each harm, done to a small good history, is found.</summary>
public sealed partial class JudgeTests
{
    private readonly SmallWorld world = new();

    [Fact]
    public void A_good_history_is_acquitted() => Acquits(world);

    [Fact]
    public void An_accepted_message_that_is_not_in_the_record_is_lost() =>
        Finds(Harm.Lost, world.Messages(Asks(SmallWorld.Second, 2), _ => null));

    [Fact]
    public void An_operators_message_that_is_not_in_the_record_is_lost() =>
        Finds(Harm.Lost, world.Messages(message => message.Author == "operator", _ => null));

    [Fact]
    public void A_message_that_stands_elsewhere_than_its_sender_was_told_is_lost() =>
        Finds(Harm.Lost, world.Accepted(acceptance => acceptance.Mark == Mark.Of(0, 1), acceptance => acceptance with { Sequence = 5 }));

    [Fact]
    public void An_answer_that_was_shown_and_is_not_in_the_record_is_lost() =>
        Finds(Harm.Lost, world.Messages(message => message is { Conversation: SmallWorld.First, Sequence: 6 }, _ => null)
            .Conversations(conversation => conversation.Id == SmallWorld.First, conversation => conversation with { LastSequence = 5, DecidedThrough = 5 }));

    [Fact]
    public void An_answer_that_was_shown_in_other_words_than_the_record_has_is_lost() =>
        Finds(Harm.Lost, world.Messages(message => message is { Conversation: SmallWorld.First, Sequence: 6 }, message => message with { Text = "Another answer." }));

    [Fact]
    public void A_delivery_that_arrived_and_is_not_in_the_record_is_lost() =>
        Finds(Harm.Lost, world.And(new Arrival("delivery-9", "A customer needs a person")));

    [Fact]
    public void A_gap_in_a_conversation_is_lost() =>
        Finds(Harm.Lost, world.Conversations(conversation => conversation.Id == SmallWorld.Second, conversation => conversation with { LastSequence = 8, DecidedThrough = 8 }));

    [Fact]
    public void A_message_stored_twice_is_doubled() =>
        Finds(Harm.Doubled, world.And(SmallWorld.Said(SmallWorld.First, 7, "customer", $"How do I make a backup? ({Mark.Of(0, 1)})")));

    [Fact]
    public void A_redelivery_that_is_given_another_id_is_doubled() =>
        Finds(Harm.Doubled, world.And(new Acceptance(SmallWorld.First, "customer", Mark.Of(0, 1), "another", 3, 100, 120)));

    [Fact]
    public void An_exchange_answered_twice_is_doubled() =>
        Finds(Harm.Doubled, world.And(SmallWorld.Said(SmallWorld.First, 7, "assistant", "Other words.", "exchange-0-2")));

    [Fact]
    public void A_message_answered_in_two_exchanges_is_doubled() =>
        Finds(Harm.Doubled, world.And(SmallWorld.Said(SmallWorld.First, 7, "assistant", $"This is about {Mark.Of(0, 1)}.", "exchange-other")));

    [Fact]
    public void A_decision_told_under_two_ids_is_doubled() =>
        Finds(Harm.Doubled, world.And(SmallWorld.Notice(3, "delivery-3", "escalation-1", reminders: 1)), "told under 2 ids");

    [Fact]
    public void A_decision_carried_out_twice_with_other_ids_and_times_is_doubled() =>
        Finds(Harm.Doubled, world.And(SmallWorld.Notice(3, "delivery-3", "escalation-2", at: 6)), "while one for refund_request was awaited");

    [Fact]
    public void The_same_need_may_come_again_once_the_one_before_it_was_settled() => Acquits(
        world.And(SmallWorld.Said(SmallWorld.First, 7, "operator", "Alex marked this as resolved.", notice: "resolved")).And(SmallWorld.Notice(3, "delivery-3", "escalation-2", at: 7)));

    [Fact]
    public void A_need_may_be_brought_up_again_by_a_reminder() =>
        Acquits(world.And(SmallWorld.Notice(3, "delivery-3", "escalation-1", reminders: 2)));

    [Fact]
    public void A_delivery_repeated_under_its_own_id_is_allowed() =>
        Acquits(world.And(new Arrival("delivery-1", $"A customer wants money back: {Mark.Of(0, 1)}")));

    [Fact]
    public void A_message_that_stands_before_one_that_was_acknowledged_before_it_was_sent_is_reordered() =>
        Finds(Harm.Reordered, world.Swap(SmallWorld.First, 1, 3).Swap(SmallWorld.First, 2, 4), "was sent after");

    [Fact]
    public void Messages_that_were_under_way_together_may_stand_either_way() =>
        Acquits(world.Swap(SmallWorld.First, 1, 3).Swap(SmallWorld.First, 2, 4).Accepted(acceptance => acceptance.Mark == Mark.Of(0, 1), acceptance => acceptance with { SentAt = 5 }));

    [Fact]
    public void A_reader_who_is_shown_a_message_twice_or_backwards_sees_disorder() =>
        Finds(Harm.Reordered, world.Shown(showing => showing is { Reading: "stream of 0", Sequence: 5 }, showing => showing with { Sequence = 4, MessageId = "id-1-4", Text = $"This is about {Mark.Of(0, 1)}." }));

    [Fact]
    public void Deliveries_that_come_out_of_their_sequence_are_reordered() => Finds(Harm.Reordered, world.ArrivedBackwards());

    [Fact]
    public void An_open_exchange_at_the_end_is_stuck() =>
        Finds(Harm.Stuck, world.Conversations(conversation => conversation.Id == SmallWorld.First, conversation => conversation with { HasExchange = true }));

    [Fact]
    public void A_message_that_nobody_decided_is_stuck() =>
        Finds(Harm.Stuck, world.Conversations(conversation => conversation.Id == SmallWorld.First, conversation => conversation with { DecidedThrough = 4 }));

    [Fact]
    public void A_message_to_an_operator_who_has_the_conversation_is_theirs_to_answer() =>
        Acquits(world.And(SmallWorld.Said(SmallWorld.First, 7, "operator", "Alex has joined.", notice: "claimed")).And(SmallWorld.Said(SmallWorld.First, 8, "customer", $"Hello? ({Mark.Of(0, 3)})"))
            .Conversations(conversation => conversation.Id == SmallWorld.First, conversation => conversation with { DecidedThrough = 7 }));

    [Fact]
    public void A_delivery_that_is_not_sent_at_the_end_is_stuck() =>
        Finds(Harm.Stuck, world.Deliveries(delivery => delivery.Sequence == 2, delivery => delivery with { IsSent = false }));

    [Fact]
    public void A_delivery_that_is_marked_sent_and_never_arrived_is_stuck() =>
        Finds(Harm.Stuck, world.Arrived(arrival => arrival.Id == "delivery-2", _ => null));

    [Fact]
    public void What_was_undone_when_the_fleet_had_had_its_time_is_stuck_though_a_person_settled_it_later() =>
        Finds(Harm.Stuck, world.And(new Undone(SmallWorld.First, "its exchange is open")));

    [Fact]
    public void Words_of_another_customer_in_an_answer_are_leaked() =>
        Finds(Harm.Leaked, world.Messages(message => message is { Conversation: SmallWorld.First, Sequence: 6 }, message => message with { Citations = Mark.Of(1, 0) }));

    [Fact]
    public void Words_of_another_customer_in_a_stream_are_leaked() =>
        Finds(Harm.Leaked, world.Shown(showing => showing is { Reading: "stream of 1", Sequence: 2 }, showing => showing with { Raw = $"{{\"footer\":\"{Mark.Of(0, 0)}\"}}" }));

    [Fact]
    public void Words_of_another_customer_in_a_state_are_leaked() =>
        Finds(Harm.Leaked, world.And(new Glimpse(SmallWorld.First, "stream of 0", $"{{\"subject\":\"{Mark.Of(1, 0)}\"}}")));

    [Fact]
    public void Words_of_another_customer_in_a_delivery_are_leaked() =>
        Finds(Harm.Leaked, world.Arrived(arrival => arrival.Id == "delivery-2", arrival => arrival with { Body = Mark.Of(1, 2) }));

    private static Func<StoredMessage, bool> Asks(string conversation, int turn) =>
        message => message.Conversation == conversation && message.Sequence == 2 * turn + 1;

    /// <summary>That harm is found; those that follow from it may be found with it, but no run is acquitted.</summary>
    private static void Finds(Harm harm, SmallWorld spoilt, string what = "")
    {
        var verdict = spoilt.Judge();
        Assert.True(verdict.Findings.Any(finding => finding.Harm == harm && finding.What.Contains(what, StringComparison.Ordinal)), $"nothing {harm} ({what}) was found, but {verdict}");
    }

    private static void Acquits(SmallWorld good)
    {
        var verdict = good.Judge();
        Assert.True(verdict.Findings.IsEmpty, verdict.ToString());
    }
}
