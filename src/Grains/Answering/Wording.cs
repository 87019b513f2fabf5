using System.Globalization;
using FteAgent.Conversations;
using FteAgent.Tickets;

namespace FteAgent.Answering;

/// <summary>What the product itself says to customers, in one place. None of it promises what the settings do not.</summary>
internal static class Wording
{
    public const string Greeting = "Hello! I'm the AI assistant of this support team. Tell me what you need help with, and I'll look it up in our documentation.";

    public const string ThanksReceived = "You're welcome! Write again whenever something else comes up.";

    public const string SolvedConfirmed = "Great, I'm glad that's solved. I've closed the ticket; write again whenever something else comes up.";

    public const string AskForText = "I couldn't find any text in your message. Could you describe in a few words what you need help with?";

    public const string AskForMore = "Could you tell me a little more about what you need?";

    public const string CoolDown = "I've received all of your messages. Give me a moment: I'll answer them together.";

    public const string StillReading = "still reading the documentation";

    public const string StillReadingLong = "still working on it; if no answer can be found, a person will take over";

    public const string HandedBack = "The AI assistant is back in this conversation. If something is still open, just ask again; you can ask for a person at any time.";

    public const string Closed = "This ticket was closed because there was no further message. Write again whenever you need help.";

    public const string MailFooter = "Just reply to this mail to go on.";

    public const string MailFooterOfAssistant = "Need more help? Just reply to this mail. Write “human” and a person will answer.";

    public const string WrittenByAi = "This answer was written by an AI.";

    public const string WhatsAppFooter = "Type 'human' to reach a person.";

    public const string WhatsAppLink = "Have you written to us by mail before? Type 'link' and your address, and it is all one conversation.";

    public const string CodeSubject = "Is this you? Your code";

    public static string Code(string code) =>
        $"Your code is {code}. Somebody who writes to our support says that this address is theirs. If it was you, write the code there; it holds for 15 minutes. If it wasn't, do nothing.";

    public const string Linking = "Linking another address.";

    /// <summary>The answer to a code, or to the wish for one. It never tells whether an address is known to us.</summary>
    public static string Linked(LinkOutcome outcome) => outcome switch
    {
        LinkOutcome.CodeSent => "I've sent a six-digit code there. Write it here within 15 minutes, and both addresses count as yours.",
        LinkOutcome.TooMany => "I can't send another code there now. Please try again in an hour.",
        LinkOutcome.Unreachable => "I can't send a code there. Please give an email address such as name@example.com, or a phone number with its country code such as +49 30 123456.",
        LinkOutcome.Proved => "Thank you, that's the right code. You can write from that address as well now.",
        LinkOutcome.Merged => "Thank you, that's the right code. What you wrote from there belongs to this conversation now.",
        LinkOutcome.NeedsPerson => "Thank you, that's the right code. A colleague will look whether your conversations belong together.",
        LinkOutcome.OtherAddress => "That's the right code, but the address isn't one that belongs to this conversation. Please confirm one that you have written from before, or begin a new conversation.",
        LinkOutcome.Wrong => "That isn't the code, or its time has run out. Look again, or ask for another one.",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "Every outcome has its words."),
    };

    public const string PassedOn = "A person is needed for this. It goes on in the conversation that this one was merged into.";

    public const string AskedForPerson = "The customer asked for a person, without words of their own.";

    public static string FoundWhileAwaited(string why, string rule) =>
        $"{why} (rule {rule}). A person is awaited already, so nobody was called anew and the customer was told nothing.";

    public static string AnsweredElsewhere(string answer) =>
        $"Asked in a conversation that was merged into this one. The assistant would have answered as below, and is silent since a person has this conversation:\n{answer}";

    public const string AskedWhileJoined =
        "This was asked while the conversation was joined with another customer's, and the two were parted before it was answered. Either of them may have asked it: "
        + "find out who before you answer, and answer the other one in their own conversation.";

    public static string TakenOn(string summary) => $"Asked in a conversation that was merged into this one:\n{summary}";

    /// <summary>The answer goes on from what was said by another channel.</summary>
    public static string Continues(string channel) => $"Thank you for writing here as well; I have your earlier message by {channel} in mind.";

    public static string NotDelivered(string destination, string cause) => $"A message could not be delivered by {destination}: {cause}.";

    public static string Delayed(string destination, string cause) => $"A message has not arrived by {destination} yet, and its server goes on trying: {cause}.";

    public static string Automatic(string why, string text) => $"Received automatically ({why}), not answered:\n{text}";

    public static string NotProved(Channel channel, string text) => channel is Channel.Web
        ? $"Written on a page that does not lead here since conversations were joined, by somebody who has not shown that they are this customer. They were told that it is taken. Nobody but you answers it; what you write goes where the customer wrote before, and not to that page.\n{text}"
        : $"Received from an address that is not proved to be this customer's, in a thread of ours. It may be somebody else, and nobody but you answers it; what you write goes where the customer wrote before.\n{text}";

    public static string TicketOpened(Ticket ticket) => $"Opened ticket {ticket.Id}: {ticket.Subject} ({ticket.Category}, priority {ticket.Priority}).";

    public static string Claimed(string name) => $"{name} has joined the conversation.";

    public static string Resolved(string name) => $"{name} marked this as resolved. If it isn't, just write again.";

    /// <summary>The words of an escalation: an honest refusal or apology, and when a person answers.</summary>
    public static string Escalated(EscalationReason reason, BusinessHours hours, DateTimeOffset now, DateTimeOffset ackDue) =>
        $"{Because(reason)} {WhenAnswered(hours, now, ackDue)}";

    /// <summary>Nobody was free in time.</summary>
    public static string StillWaiting(BusinessHours hours, DateTimeOffset now, DateTimeOffset ackDue) =>
        $"I'm sorry, this takes longer than we promised. I've raised the urgency. {WhenAnswered(hours, now, ackDue)}";

    private static string Because(EscalationReason reason) => reason switch
    {
        EscalationReason.PersonRequested => "Of course. I've asked a colleague to take over.",
        EscalationReason.PricingInquiry => "I can't discuss prices, so I've passed your question to a colleague who can.",
        EscalationReason.RefundRequest => "I can't handle refunds myself, so I've passed your request to a colleague who can.",
        EscalationReason.BillingDispute => "I can't change charges myself, so I've passed this to a colleague who can look into it.",
        EscalationReason.Legal => "I've passed your message to a colleague who is responsible for such matters.",
        EscalationReason.Security => "Thank you for telling us. I've alerted our security colleagues.",
        EscalationReason.Privacy => "I've passed your privacy request to a colleague who is responsible for it.",
        EscalationReason.Aggression or EscalationReason.NegativeSentiment => "I'm sorry that this has been so frustrating. I've asked a colleague to help you personally.",
        EscalationReason.RepeatedQuestion => "I'm sorry that my answer didn't help. I've asked a colleague to take a look.",
        EscalationReason.Competitor => "I can't comment on other companies' products, so I've passed your question to a colleague.",
        EscalationReason.Internals => "I can't help with that, so I've passed your message to a colleague.",
        EscalationReason.DataLoss => "I'm sorry about that. I've passed this to a colleague as a matter of priority.",
        EscalationReason.AccountChange => "That needs a person, so I've passed your request to a colleague.",
        EscalationReason.Engineering => "That needs a closer look than I can take, so I've passed it to a colleague.",
        EscalationReason.NoEvidence => "I couldn't find an answer in our documentation, and I'd rather not guess, so I've passed your question to a colleague.",
        EscalationReason.LanguageNotSupported => "I can't answer in this language yet, so I've passed your message to a colleague.",
        EscalationReason.UnableToParseMessage => "I still couldn't find any text to read, so I've asked a colleague to take a look.",
        EscalationReason.ServiceUnavailable => "I'm sorry, I can't answer right now because of a problem on our side. I've passed your message to a colleague.",
        EscalationReason.Policy => "That needs a person, so I've passed your message to a colleague.",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "Every reason has its words."),
    };

    private static string WhenAnswered(BusinessHours hours, DateTimeOffset now, DateTimeOffset ackDue)
    {
        if (hours.IsOpen(now))
            return $"A person will answer within about {Minutes(ackDue - now)}.";
        var opening = TimeZoneInfo.ConvertTime(hours.NextOpen(now), hours.Zone);
        var zone = hours.Zone.HasIanaId && hours.Zone.Id != "UTC" ? hours.Zone.Id : "UTC";
        return string.Create(CultureInfo.InvariantCulture, $"Our team is away right now; a person will answer when it is back on {opening:dddd, d MMMM} at {opening:HH:mm} ({zone}).");
    }

    private static string Minutes(TimeSpan span)
    {
        var minutes = Math.Max(1, (int)Math.Ceiling(span.TotalMinutes));
        return minutes switch { 1 => "a minute", < 120 => $"{minutes} minutes", _ => $"{(minutes + 59) / 60} hours" };
    }
}
