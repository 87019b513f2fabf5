using System.Text;
using FteAgent.Answering;
using FteAgent.Conversations;
using FteAgent.Testing;
using FteAgent.Tickets;
using Xunit.Abstractions;

namespace FteAgent.Tests.Answering;

/// <summary>How a message looks on WhatsApp.</summary>
public sealed class BubblesTests(ITestOutputHelper output)
{
    private const string Footer = "Type 'human' to reach a person.";

    [Fact]
    public void A_short_answer_is_one_bubble_with_its_footer() =>
        Assert.Equal([$"Open the settings.\n\n{Footer}"], Bubbles.Of(Message("Open the settings.")));

    [Fact]
    public void How_to_link_an_address_stands_below_how_to_reach_a_person() =>
        Assert.Equal(
            [$"Open the settings.\n\n{Footer}\nHave you written to us by mail before? Type 'link' and your address, and it is all one conversation."],
            Bubbles.Of(Message("Open the settings."), tellsOfLinks: true));

    [Fact]
    public void An_answer_names_each_document_that_it_quotes_once_with_its_day()
    {
        var message = Message("Open the settings.") with { Citations = [Cite("a", "Settings"), Cite("a", "Settings"), Cite("b", new string('t', 119) + "😀 and more")] };

        Assert.Equal(
            [$"Open the settings.\nSource: Settings (2026-03-01)\nSource: {new string('t', 119)}… (2026-03-01)\n\n{Footer}"],
            Bubbles.Of(message));
    }

    [Fact]
    public void A_source_that_does_not_fit_begins_a_bubble()
    {
        var text = new string('a', 289) + ".";

        Assert.Equal([text, $"Source: Settings (2026-03-01)\n\n{Footer}"], Bubbles.Of(Message(text) with { Citations = [Cite("a", "Settings")] }));
    }

    [Fact]
    public void Bubbles_end_where_sentences_end()
    {
        var sentence = $"This one has exactly a hundred characters, which makes three of them fit into one bubble without spa. ";
        var bubbles = Bubbles.Split(string.Concat(Enumerable.Repeat(sentence, 7)));

        Assert.Equal([2, 2, 2, 1], bubbles.Select(bubble => bubble.Split("spa.").Length - 1));
        Assert.All(bubbles, bubble => Assert.EndsWith("spa.", bubble, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Ask your bank first, e.g. ")]
    [InlineData("Dr. ")]
    [InlineData("See order no. ")]
    [InlineData("1. ")]
    public void A_bubble_does_not_end_after_a_point_that_ends_no_sentence(string point)
    {
        var first = new string('a', 290 - point.Length) + ". ";
        var bubbles = Bubbles.Split($"{first}{point}{(char.IsDigit(point[0]) ? "Do" : "Miller")} has told of it in some more words.");
        Assert.Equal(first.TrimEnd(), bubbles[0]);
        Assert.StartsWith(point, bubbles[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Sentences_that_end_without_a_space_are_told_apart()
    {
        var sentence = new string('あ', 119) + "。";
        Assert.Equal([sentence + sentence, sentence], Bubbles.Split(sentence + sentence + sentence));
    }

    [Fact]
    public void A_footer_that_does_not_fit_is_a_bubble_of_its_own()
    {
        var text = new string('a', 280) + ".";

        Assert.Equal([text, Footer], Bubbles.Of(Message(text)));
    }

    [Fact]
    public void Exactly_three_hundred_characters_are_one_bubble()
    {
        Assert.Single(Bubbles.Split(new string('a', 300)));
        Assert.Equal([300, 1], Bubbles.Split(new string('a', 301)).Select(bubble => bubble.Length));
    }

    [Fact]
    public void A_sentence_without_an_end_is_cut_between_words()
    {
        var bubbles = Bubbles.Split(string.Join(' ', Enumerable.Repeat("seventeen-letters", 40)));

        Assert.All(bubbles, bubble => Assert.All(bubble.Split(' '), word => Assert.Equal("seventeen-letters", word)));
    }

    [Fact]
    public void No_character_is_cut_in_two()
    {
        foreach (var before in Enumerable.Range(0, 4))
            Assert.All(Bubbles.Split(new string('a', before) + string.Concat(Enumerable.Repeat("😀", 700))), IsWhole);
    }

    [Fact]
    public void Operators_and_notices_bear_no_footer()
    {
        Assert.Equal(["Hello."], Bubbles.Of(Message("Hello.") with { Author = Actor.Of(new(Guid.NewGuid(), "Ana")) }));
        Assert.Equal(["Ana has joined."], Bubbles.Of(Message("Ana has joined.") with { Author = Actor.System, Kind = MessageKind.Notice }));
    }

    [Fact]
    public void The_longest_message_that_anybody_writes_arrives_whole()
    {
        var sentence = new string('a', 150) + ". ";
        var text = string.Concat(Enumerable.Repeat(sentence, 10_000 / sentence.Length));

        Assert.Equal(Letters(text), Letters(string.Concat(Bubbles.Split(text))));
    }

    [Fact]
    public void Any_text_arrives_whole_in_bubbles_that_are_short_enough()
    {
        var random = new Random(TestSeed.Take(output.WriteLine));
        string[] pieces = ["a", "word", "Version 1.2", "x@example.com", "😀", "👩‍👩‍👧", "é", "e\u0301", "한국어", "مرحبا", ".", "!", "?", "…", ". ", "? ", "\n", "\n\n", " ", "  ", "\t", "```code. more```", ")", "”", new('w', 299), new('l', 700)];
        for (var round = 0; round < 2_000; round++)
        {
            var text = new StringBuilder();
            for (var count = random.Next(0, 120); count > 0 && text.Length < 9_000; count--)
                text.Append(pieces[random.Next(pieces.Length)]).Append(random.Next(3) == 0 ? " " : "");

            var bubbles = Bubbles.Split(text.ToString());

            Assert.All(bubbles, bubble =>
            {
                Assert.InRange(bubble.Length, 1, Bubbles.Longest);
                Assert.Equal(bubble.Trim(), bubble);
                IsWhole(bubble);
            });
            Assert.Equal(Letters(text.ToString()), Letters(string.Concat(bubbles)));
        }
    }

    private static Citation Cite(string document, string title) => new("c1", document, title, "", "Open the settings.", new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));

    private static void IsWhole(string text) => Assert.DoesNotContain(text.EnumerateRunes(), rune => rune == Rune.ReplacementChar);

    private static string Letters(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static Message Message(string text) => new(
        new(Guid.NewGuid()), 2, Actor.Assistant, MessageKind.Text, text, DateTimeOffset.UnixEpoch, Channel.WhatsApp, new TicketId("01ARZ3NDEKTSV4RRFFQ69G5FAV"), []);
}
