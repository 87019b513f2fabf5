using FteAgent.Answering;
using FteAgent.Conversations;
using FteAgent.Tickets;

namespace FteAgent.Tests.Answering;

/// <summary>How a message looks as a mail.</summary>
public sealed class MailTextTests
{
    private static readonly ReplyOptions Options = new() { Company = "Example Ltd", Assistant = "Fina" };

    private static readonly Citation Guide = new("chunk-1", "guide.md", "Guide", "First steps", "the words", new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), "https://docs.example.com/guide");

    [Fact]
    public void An_answer_bears_its_sources_how_to_go_on_who_wrote_it_and_the_ticket() => Assert.Equal(
        string.Join(
            '\n', "Open the settings.", "", "Sources:", "- Guide › First steps (2026-03-01) https://docs.example.com/guide", "",
            "Need more help? Just reply to this mail. Write “human” and a person will answer.", "", "-- ", "Fina, Example Ltd", "This answer was written by an AI.",
            "Ticket 01ARZ3NDEKTSV4RRFFQ69G5FAV"),
        MailText.Of(Message() with { Citations = [Guide, Guide with { Quote = "other words" }] }, Options));

    [Fact]
    public void A_person_signs_with_their_own_name_and_is_not_called_an_AI()
    {
        var text = MailText.Of(Message() with { Author = Actor.Of(new(Guid.NewGuid(), "Ana")) }, Options);

        Assert.Contains("-- \nAna, Example Ltd\nTicket ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("AI", text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_known_is_left_out()
    {
        var text = MailText.Of(Message() with { TicketId = null }, new());

        Assert.EndsWith("-- \nYour support assistant\nThis answer was written by an AI.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Sources", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mail_has_at_most_five_hundred_words_and_a_whatsapp_answer_far_fewer()
    {
        var text = string.Concat(Enumerable.Repeat("One two three four five. ", 400));

        Assert.Equal(500, ReplyForm.Words(ReplyForm.Email.Form(text).Text));
        Assert.Equal(120, ReplyForm.Words(ReplyForm.WhatsApp.Form(text).Text));
        Assert.All((ReplyForm[])[ReplyForm.Email, ReplyForm.WhatsApp], form => Assert.Equal("", form.Form(text).Footer));
    }

    [Theory]
    [InlineData("email", 500)]
    [InlineData("whatsapp", 120)]
    [InlineData("web", 300)]
    [InlineData("anything else", 300)]
    public void Each_channel_has_its_form(string channel, int words) => Assert.Equal(words, ReplyForm.Of(channel).MaxWords);

    private static Message Message() => new(
        new(Guid.NewGuid()), 2, Actor.Assistant, MessageKind.Text, "Open the settings.", DateTimeOffset.UnixEpoch, Channel.Email, new TicketId("01ARZ3NDEKTSV4RRFFQ69G5FAV"), []);
}
