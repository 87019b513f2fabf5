using FteAgent.Answering;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Tickets;

namespace FteAgent.Storage;

/// <summary>Words of a version that is to come, read by this one: silos of both share a record while a fleet is upgraded.</summary>
public sealed class EnumTextTests
{
    private const string OfTomorrow = "word_of_tomorrow";

    [Fact]
    public void A_new_word_that_is_shown_and_sorted_by_is_read_as_a_general_one()
    {
        Assert.Equal(TicketCategory.General, EnumText.Parse<TicketCategory>(OfTomorrow));
        Assert.Equal(TicketPriority.Medium, EnumText.Parse<TicketPriority>(OfTomorrow));
        Assert.Equal(EscalationReason.PersonRequested, EnumText.Parse<EscalationReason>(OfTomorrow));
        Assert.Equal(Urgency.Urgent, EnumText.Parse<Urgency>(OfTomorrow));
    }

    /// <summary>
    /// By these is decided who sees a message, where it goes and what is still to be done, so no guess is made. A word that is added here must
    /// be read by a release before any release writes it: add it to the enumeration and to this list first, use it in the release after.
    /// </summary>
    [Fact]
    public void The_words_by_which_something_is_decided_are_taught_to_readers_one_release_before_they_are_written()
    {
        Known<ActorKind>("customer", "assistant", "operator", "system");
        Known<Channel>("web", "email", "whatsapp");
        Known<MessageKind>("text", "note", "notice");
        Known<Notice>("escalated", "claimed", "handed_back", "resolved", "closed", "cool_down", "answer_expected");
        Known<TicketStatus>("open", "in_progress", "waiting", "escalated", "resolved", "closed");
        Known<Verification>("customer_confirmed", "quiet");
        Known<IdentifierKind>("web_session", "email", "phone", "external");
    }

    [Fact]
    public void Every_word_is_read_as_what_was_written()
    {
        foreach (var reason in Enum.GetValues<EscalationReason>())
            Assert.Equal(reason, EnumText.Parse<EscalationReason>(EnumText.Of(reason)));
    }

    private static void Known<T>(params string[] words) where T : struct, Enum
    {
        Assert.Equal(words.Order(StringComparer.Ordinal), Enum.GetValues<T>().Select(EnumText.Of).Order(StringComparer.Ordinal));
        Assert.Throws<FormatException>(() => EnumText.Parse<T>(OfTomorrow));
    }
}
