using FteAgent.Cluster.History;
using FteAgent.Cluster.Load;

namespace FteAgent.Cluster.Checks;

/// <content>What each message must come to: the second customer's conversation goes on after its seventh message.</content>
public sealed partial class JudgeTests
{
    private int next = 8;

    [Fact]
    public void A_message_that_was_decided_and_never_answered_is_stuck() =>
        Finds(Harm.Stuck, world.Messages(Answers(SmallWorld.Second, 2), answer => answer with { Text = "Our documentation says nothing." }), "was neither answered");

    [Fact]
    public void A_message_that_an_answer_to_a_later_one_passes_over_is_stuck() =>
        Finds(Harm.Stuck, world.Messages(Answers(SmallWorld.Second, 1), answer => answer with { Text = "Our documentation says nothing." }), "was passed over");

    [Fact]
    public void An_answer_that_names_only_some_messages_of_its_exchange_leaves_the_others_stuck() =>
        Finds(Harm.Stuck, GoesOn(Asked(3), Asked(4), Answered(4)), "was passed over");

    [Fact]
    public void Messages_that_were_joined_are_answered_by_one_answer_that_names_them_all() => Acquits(GoesOn(Asked(3), Asked(4), Answered(3, 4)));

    [Fact]
    public void A_message_that_came_too_late_to_join_is_answered_by_the_next_answer() => Acquits(GoesOn(Asked(3), Asked(4), Answered(3), Answered(4)));

    [Fact]
    public void A_message_for_which_a_person_is_called_needs_no_answer_and_the_assistant_may_be_silent_after_it() =>
        Acquits(GoesOn(Asked(3), Noticed("escalated"), Asked(4), Asked(5), Answered(5)));

    [Fact]
    public void A_message_that_an_operator_takes_over_or_receives_needs_no_answer_of_the_assistant() =>
        Acquits(GoesOn(Asked(3), Noticed("claimed"), Asked(4), Noticed("handed_back"), Asked(5), Answered(5)));

    [Fact]
    public void A_message_that_an_operator_settles_needs_no_answer() => Acquits(GoesOn(Asked(3), Noticed("resolved")));

    [Fact]
    public void What_was_written_to_a_holder_who_was_silent_is_not_the_assistants_to_answer() =>
        Acquits(GoesOn(Noticed("escalated"), Noticed("claimed"), Asked(3), Noticed("answer_expected"))
            .Conversations(conversation => conversation.Id == SmallWorld.Second, conversation => conversation with { DecidedThrough = 9 }));

    [Fact]
    public void A_message_after_the_conversation_was_given_back_needs_an_answer() =>
        Finds(Harm.Stuck, GoesOn(Noticed("escalated"), Noticed("claimed"), Noticed("handed_back"), Asked(3)), "was neither answered");

    [Fact]
    public void A_cool_down_is_no_answer() => Finds(Harm.Stuck, GoesOn(Asked(3), Noticed("cool_down")), "was neither answered");

    [Fact]
    public void A_courtesy_is_no_answer() =>
        Finds(Harm.Stuck, GoesOn(Asked(3), SmallWorld.Said(SmallWorld.Second, next++, "assistant", "You're welcome!")), "was neither answered");

    [Fact]
    public void A_message_that_waited_longer_than_any_fault_lasts_is_stuck()
    {
        Acquits(GoesOn(Asked(3), Later(80, Answered(3))));
        Finds(Harm.Stuck, GoesOn(Asked(4), Later(90, Answered(4))), "waited 91.0 s");
    }

    [Fact]
    public void An_answer_that_stands_before_a_message_that_it_names_is_reordered() =>
        Finds(Harm.Reordered, world.Swap(SmallWorld.Second, 5, 6), "stands before");

    [Fact]
    public void An_answer_that_goes_less_far_than_the_one_before_it_is_reordered() =>
        Finds(Harm.Reordered, GoesOn(Asked(3), Asked(4), Answered(4), Answered(3)), "and one before it went to");

    [Fact]
    public void An_answer_to_a_message_that_the_conversation_does_not_hold_answers_what_was_lost() => Finds(Harm.Lost, GoesOn(Answered(3)), "does not hold");

    private static Func<StoredMessage, bool> Answers(string conversation, int turn) =>
        message => message.Conversation == conversation && message.Sequence == 2 * turn + 2;

    private SmallWorld GoesOn(params StoredMessage[] messages)
    {
        foreach (var message in messages)
            world.And(message);
        return world.Shown(showing => showing.Conversation == SmallWorld.Second, _ => null).Wholes(reading => reading.Conversation == SmallWorld.Second, _ => null);
    }

    private StoredMessage Asked(int message) => SmallWorld.Said(SmallWorld.Second, next++, "customer", $"And then? ({Mark.Of(1, message)})");

    private StoredMessage Answered(params int[] messages) =>
        SmallWorld.Said(SmallWorld.Second, next++, "assistant", $"This is about {string.Join(" and ", messages.Select(message => Mark.Of(1, message)))}.", $"exchange-{next}");

    private StoredMessage Noticed(string notice) => SmallWorld.Said(SmallWorld.Second, next++, notice is "escalated" ? "assistant" : "operator", "Something happens.", notice: notice);

    private static StoredMessage Later(int seconds, StoredMessage message) => message with { At = message.At.AddSeconds(seconds) };
}
