using FteAgent.Cluster.History;

namespace FteAgent.Cluster.Checks;

/// <content>What pages and transcripts must show.</content>
public sealed partial class JudgeTests
{
    [Fact]
    public void A_message_that_a_page_passes_over_is_lost_to_its_reader() =>
        Finds(Harm.Lost, world.Shown(showing => showing is { Reading: "transcript of 1", Sequence: 3 }, _ => null), "was shown 6 and never 3");

    [Fact]
    public void A_page_that_never_shows_the_last_answer_is_stuck() =>
        Finds(Harm.Stuck, world.Shown(showing => showing is { Reading: "stream of 0", Sequence: 6 }, _ => null), "was never shown 6");

    [Fact]
    public void A_page_that_shows_nothing_of_a_conversation_is_stuck() =>
        Finds(Harm.Stuck, world.Shown(showing => showing.Reading == "stream of 0", _ => null), "was never shown 1");

    [Fact]
    public void A_page_that_does_not_show_the_beginning_has_lost_it() =>
        Finds(Harm.Lost, world.Shown(showing => showing is { Reading: "stream of 0", Sequence: 1 }, _ => null), "was shown 6 and never 1");

    [Fact]
    public void A_transcript_read_in_the_midst_need_not_show_what_comes_later() =>
        Acquits(world.Shown(showing => showing is { Reading: "transcript of 0", Sequence: > 3 }, _ => null));

    [Fact]
    public void A_note_of_an_operators_is_shown_to_no_customer()
    {
        var note = SmallWorld.Said(SmallWorld.Second, 8, "operator", "They are in a hurry.") with { Kind = "note" };
        var closed = SmallWorld.Said(SmallWorld.Second, 9, "system", "This ticket was closed.", notice: "closed");
        var written = SmallWorld.Said(SmallWorld.Second, 7, "operator", SmallWorld.OperatorsWords);
        Acquits(world.And(note).And(closed).Show("stream of 1", written).Show("stream of 1", closed));
        Finds(Harm.Lost, new SmallWorld().And(closed with { Sequence = 8 }).Show("stream of 1", closed with { Sequence = 8 }), "was shown 8 and never 7");
    }
}
