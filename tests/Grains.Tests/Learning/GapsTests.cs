using System.Collections.Immutable;
using System.Diagnostics;
using FteAgent.Customers;

namespace FteAgent.Learning;

/// <summary>What many ask is told by words that several of them used.</summary>
public sealed class GapsTests
{
    private const string Shared = "Export yearly invoices as PDF file for accounting";

    private long sequence;

    [Fact]
    public void Messages_that_ask_for_the_same_are_one_gap_those_of_most_customers_first()
    {
        var found = Gaps.Of(
        [
            Asks("How do I export my invoices as a PDF file?"),
            Asks("Is there a dark theme for the boards?"),
            Asks("Can invoices be exported as PDF?"),
            Asks("Where do I change the time zone of reminders?"),
            Asks("I want a dark theme"),
            Asks("Export of an invoice to PDF: how does it work?"),
        ]);

        Assert.Equal([3, 2, 1], found.Select(gap => gap.Customers));
        Assert.All(found[0].Messages, message => Assert.Contains("nvoice", message.Text, StringComparison.Ordinal));
        Assert.All(found[1].Messages, message => Assert.Contains("dark theme", message.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Words_that_fewer_than_three_customers_used_are_not_told()
    {
        var mira = new CustomerId(Guid.NewGuid());

        var gap = Assert.Single(Gaps.Of(
        [
            Asks($"{Shared}, Okafor"), Asks($"{Shared}, Okafor"), Asks($"{Shared}, Weber"),
            Asks($"{Shared}, Kowalczyk, Kowalczyk", mira), Asks($"{Shared}, Kowalczyk", mira), Asks($"{Shared}, Kowalczyk", mira),
        ]));

        Assert.Equal(["accounting", "export", "file", "invoices", "pdf", "yearly"], gap.Terms.Order());
    }

    [Fact]
    public void One_customer_who_asks_often_is_one_customer()
    {
        var mira = new CustomerId(Guid.NewGuid());

        var gap = Assert.Single(Gaps.Of([.. Enumerable.Range(0, 5).Select(_ => Asks("Is there a dark theme?", mira))]));

        Assert.Equal((1, 5, 0), (gap.Customers, gap.Messages.Length, gap.Terms.Length));
    }

    [Fact]
    public void Customers_who_are_one_person_are_one()
    {
        var mira = new CustomerId(Guid.NewGuid());

        var gap = Assert.Single(Gaps.Of([.. Enumerable.Range(0, 5).Select(_ => Asks("Is there a dark theme, Okafor?") with { Person = mira })]));

        Assert.Equal((1, 5, 0), (gap.Customers, gap.Messages.Length, gap.Terms.Length));
    }

    [Fact]
    public void Of_a_burst_the_message_that_says_most_was_asked()
    {
        var mira = new CustomerId(Guid.NewGuid());
        UnansweredMessage[] burst = [Asks("Hello!", mira), Asks("How do I export boards to Xero?", mira), Asks("thanks a lot for all your help!", mira)];
        var (before, other) = (Asks("Is there a dark theme?", mira), Asks("How do I export?"));

        var fullest = Gaps.Fullest([before, .. burst.Select(message => message with { Burst = burst[^1].Sequence }), other, burst[1]]);

        Assert.Equal([before.Message, burst[1].Message, other.Message], fullest.Select(message => message.Message));
    }

    [Fact]
    public void Numbers_tell_no_gap()
    {
        var found = Gaps.Of([Asks("order 4711 0815 1234 5678 theme"), Asks("theme 4711 0815 1234 5678 for dark boards at night")]);

        Assert.DoesNotContain(found.SelectMany(gap => gap.Terms), term => term.Any(char.IsAsciiDigit));
    }

    [Fact]
    public void Messages_without_words_are_in_no_gap()
    {
        Assert.Empty(Gaps.Of([Asks(""), Asks("🙂"), Asks("???"), Asks("12345")]));
        Assert.Empty(Gaps.Of([]));
    }

    [Fact]
    public void The_same_messages_make_the_same_gaps()
    {
        ImmutableArray<UnansweredMessage> messages = [.. Enumerable.Range(0, 200).Select(i => Asks($"word{(char)('a' + (i % 7))} thing{(char)('a' + (i % 3))} other{(char)('a' + (i % 5))} question"))];

        Assert.Equal(Told(Gaps.Of(messages)), Told(Gaps.Of(messages)));

        static IEnumerable<string> Told(ImmutableArray<Gap> gaps) => gaps.Select(gap => $"{string.Join(' ', gap.Terms)}: {string.Join(' ', gap.Messages.Select(message => message.Sequence))}");
    }

    [Fact]
    public void A_flood_is_looked_through_in_bounded_time_and_to_a_bounded_end()
    {
        var random = new Random(7);
        string Word() => new([.. Enumerable.Range(0, 3).Select(_ => (char)('a' + random.Next(6)))]);
        ImmutableArray<UnansweredMessage> messages = [.. Enumerable.Range(0, 3_000).Select(_ => Asks(string.Join(' ', Enumerable.Range(0, 400).Select(_ => Word()))))];
        var watch = Stopwatch.StartNew();

        var found = Gaps.Of(messages);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"It took {watch.Elapsed}.");
        Assert.True(found.Length <= IGaps.GapLimit);
        Assert.True(found.Sum(gap => gap.Messages.Length) <= Gaps.MessageLimit);
    }

    private UnansweredMessage Asks(string text, CustomerId? customer = null) => new(customer ?? new(Guid.NewGuid()), ++sequence, new(Guid.NewGuid()), text);
}
