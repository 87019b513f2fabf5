using FteAgent.Knowledge;

namespace FteAgent.Tests.Knowledge;

public class UtterancesTests
{
    private const string Story =
        "Hello there. We moved our bakery to a new street last month and the ovens came along on a truck. "
        + "Since then the label printer in the shop prints every price twice. My sister thinks the cable is to blame. "
        + "How do I set the printer back to how it was when it was new?";

    [Fact]
    public void A_short_question_is_searched_as_it_stands()
    {
        string[] texts = ["The label printer prints twice. How do I reset it?"];
        Assert.Equal(texts, Utterances.Of(texts));
    }

    [Fact]
    public void Turns_of_a_conversation_are_not_cut()
    {
        string[] texts = [Story, "And it is loud."];
        Assert.Equal(texts, Utterances.Of(texts));
    }

    [Fact]
    public void A_long_story_is_searched_by_groups_of_its_sentences()
    {
        var groups = Utterances.Of([Story]);
        Assert.InRange(groups.Count, 3, 5);
        Assert.DoesNotContain(Story, groups);
        Assert.Contains(groups, group => group.Trim() == "How do I set the printer back to how it was when it was new?");
        Assert.Equal(Words(Story), groups.SelectMany(Words));
    }

    [Fact]
    public void A_question_of_some_length_is_searched_whole_as_well()
    {
        const string text = "We moved our bakery to a new street and the ovens came along. Now the label printer prints every price twice, why is that?";
        var groups = Utterances.Of([text]);
        Assert.Equal(3, groups.Count);
        Assert.Equal(text, groups[0]);
    }

    [Fact]
    public void A_long_sentence_is_left_whole()
    {
        var text = string.Join(' ', Enumerable.Repeat("and the printer prints on", 30));
        Assert.Equal([text], Utterances.Of([text]));
    }

    [Fact]
    public void However_long_a_text_is_its_groups_have_an_end()
    {
        string[] hostile = [string.Concat(Enumerable.Repeat("One two three four five. ", 20_000)), new string('.', 100_000), string.Concat(Enumerable.Repeat(". ", 50_000)), "\n\n\n", "a\nb\nc\n"];
        foreach (var text in hostile)
        {
            var groups = Utterances.Of([text]);
            Assert.InRange(groups.Count, 1, Utterances.MaxGroups + 1);
        }
    }

    private static IEnumerable<string> Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
