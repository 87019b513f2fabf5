using FteAgent.Cluster.History;
using FteAgent.Cluster.Load;

namespace FteAgent.Cluster.Checks;

/// <summary>A judge that cannot convict is worthless: each harm, done to a small good history, is found.</summary>
public sealed class JudgeTests
{
    private readonly SmallWorld world = new();

    [Fact]
    public void A_good_history_is_acquitted() => Assert.Empty(world.Judge().Findings);

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
        Finds(Harm.Doubled, world.And(new StoredMessage(SmallWorld.First, 7, "again", "customer", "text", $"How do I make a backup? ({Mark.Of(0, 1)})", null, null, null))
            .Conversations(_ => true, conversation => conversation with { DecidedThrough = 7 }));

    [Fact]
    public void A_redelivery_that_is_given_another_id_is_doubled() =>
        Finds(Harm.Doubled, world.And(new Acceptance(SmallWorld.First, "customer", Mark.Of(0, 1), "another", 3, 100, 120)));

    [Fact]
    public void An_exchange_answered_twice_is_doubled() =>
        Finds(Harm.Doubled, world.And(new StoredMessage(SmallWorld.First, 7, "again", "assistant", "text", "Other words.", null, "exchange-0-2", null)));

    [Fact]
    public void A_message_answered_in_two_exchanges_is_doubled() =>
        Finds(Harm.Doubled, world.And(new StoredMessage(SmallWorld.First, 7, "again", "assistant", "text", $"This is about {Mark.Of(0, 2)}.", null, "exchange-other", null)));

    [Fact]
    public void A_decision_told_under_two_ids_is_doubled() =>
        Finds(Harm.Doubled, world.And(new StoredDelivery("delivery-3", SmallWorld.First, "escalations", 3, $"A customer needs a person: {Mark.Of(0, 2)}", true, false)));

    [Fact]
    public void A_delivery_repeated_under_its_own_id_is_allowed() =>
        Assert.Empty(world.And(new Arrival("delivery-1", $"A customer needs a person: {Mark.Of(0, 1)}")).Judge().Findings);

    [Fact]
    public void A_message_that_stands_before_one_that_was_acknowledged_before_it_was_sent_is_reordered() =>
        Finds(Harm.Reordered, world.Swap(SmallWorld.First, 1, 3));

    [Fact]
    public void Messages_that_were_under_way_together_may_stand_either_way() =>
        Assert.Empty(world.Swap(SmallWorld.First, 1, 3).Accepted(acceptance => acceptance.Mark == Mark.Of(0, 1), acceptance => acceptance with { SentAt = 5 }).Judge().Findings);

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
        Assert.Empty(world.Conversations(conversation => conversation.Id == SmallWorld.First, conversation => conversation with { DecidedThrough = 4, IsHeld = true }).Judge().Findings);

    [Fact]
    public void A_delivery_that_is_not_sent_at_the_end_is_stuck() =>
        Finds(Harm.Stuck, world.Deliveries(delivery => delivery.Sequence == 2, delivery => delivery with { IsSent = false }));

    [Fact]
    public void A_delivery_that_is_marked_sent_and_never_arrived_is_stuck() =>
        Finds(Harm.Stuck, world.Arrived(arrival => arrival.Id == "delivery-2", _ => null));

    [Fact]
    public void A_page_that_never_shows_the_last_answer_is_stuck() => Finds(Harm.Stuck, world.And(new Unseen(SmallWorld.First, "stream of 0", 5, 6)));

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
    private static void Finds(Harm harm, SmallWorld spoilt)
    {
        var verdict = spoilt.Judge();
        Assert.True(verdict.Count(harm) > 0, $"nothing {harm} was found, but {verdict}");
    }
}
