using System.Text.Json;
using FteAgent.Answering;
using FteAgent.Channels;
using FteAgent.Events;

namespace FteAgent.Conversations;

/// <summary>What of a commit's messages goes out, and by which road. It is decided with the messages, in the same commit.</summary>
internal static class Outbound
{
    /// <summary>Puts everything that was said to the customer on its way.</summary>
    public static void SendOut(this ConversationEdit edit, IReadOnlyList<Message> said)
    {
        foreach (var message in said)
        {
            if (message.Author.Kind is ActorKind.Customer || !message.IsPublic)
                continue;
            switch (message.Channel)
            {
                case Channel.Email when message.Kind is MessageKind.Text || message.Notice is Notice.AnswerExpected or Notice.Resolved:
                    edit.Send(message, OutboundMessage.Email, [MailText.Of(message, edit.Context.Replies)]);
                    break;
                case Channel.WhatsApp when message.Notice is not Notice.Closed:
                    edit.Send(message, OutboundMessage.WhatsApp, Bubbles.Of(message, tellsOfLinks: edit.Context.Roads.Mails && edit.IsFirstByWhatsApp(message)));
                    break;
                // Who writes through another system reads there: nobody ever looks at our page for them.
                case Channel.Web when edit.Context.Roads.Mails && message.Kind is MessageKind.Text && !BroughtIds.Is(edit.Answers(message)?.ChannelMessageId):
                    edit.Send(message, OutboundMessage.Unseen, [MailText.Of(message, edit.Context.Replies)], edit.Context.Replies.UnseenAfter);
                    break;
            }

            if (edit.Context.Roads.Publishes)
                edit.Publish(new(
                    PublishedEvent.MessageSent, edit.Conversation.Customer.ToString(), message.TicketId?.Value, edit.Now,
                    message.Channel, message.Id.ToString(), message.Sequence, message.Author.Kind, message.Text));
        }
    }

    /// <summary>Sends the words of a message again by email, since the channel that it was for does not take it any more.</summary>
    public static void SendByMail(this ConversationEdit edit, Message message) =>
        edit.Send(message, OutboundMessage.Email, [MailText.Of(message, edit.Context.Replies)]);

    /// <summary>Sends a code to an address that is not the conversation's own yet.</summary>
    public static void SendCode(this ConversationEdit edit, Channel channel, string address, string code)
    {
        var destination = channel is Channel.Email ? OutboundMessage.Email : OutboundMessage.WhatsApp;
        var words = Wording.Code(code);
        edit.Send(
            Guid.CreateVersion7(edit.Now), destination,
            JsonSerializer.Serialize(
                new OutboundMessage(MessageId.None, 0, null, "", words, Address: address, Subject: Wording.CodeSubject), OutboundMessage.Json));
    }

    /// <summary>Tells other systems.</summary>
    public static void Publish(this ConversationEdit edit, PublishedEvent what) =>
        edit.Send(Guid.CreateVersion7(edit.Now), PublishedEvent.Destination, JsonSerializer.Serialize(what, PublishedEvent.Json));

    private static void Send(this ConversationEdit edit, Message message, string destination, IReadOnlyList<string> parts, TimeSpan wait = default)
    {
        for (var part = 0; part < parts.Count; part++)
        {
            var outbound = new OutboundMessage(
                message.Id, message.Sequence, edit.Answers(message)?.Id, message.TicketId?.Value ?? "", parts[part], part + 1, parts.Count);
            edit.Send(Guid.CreateVersion7(edit.Now), destination, JsonSerializer.Serialize(outbound, OutboundMessage.Json), wait);
        }
    }

    /// <summary>
    /// Whether it is the first answer by WhatsApp to somebody of whom no other conversation is known. That a person is called for a leak or a lawsuit is
    /// no place for advice, and whoever has just linked an address, or tries to, needs none: the next answer tells it.
    /// </summary>
    private static bool IsFirstByWhatsApp(this ConversationEdit edit, Message message) =>
        IsAnswer(message) && !edit.Conversation.HasEarlier && !edit.Conversation.Recent.Any(m => IsAnswer(m) && m.Sequence < message.Sequence);

    private static bool IsAnswer(Message message) =>
        message is { Channel: Channel.WhatsApp, Kind: MessageKind.Text, Author.Kind: ActorKind.Assistant, Notice: not Notice.Escalated, Rule: not Intake.LinkRule };

    /// <summary>The customer's message that this one goes back to: the latest before it by the same channel, if it is theirs beyond doubt.</summary>
    private static Message? Answers(this ConversationEdit edit, Message message) =>
        edit.Conversation.Recent.LastOrDefault(m =>
            m.Author.Kind is ActorKind.Customer && m.IsPublic && m.Channel == message.Channel && m.Sequence < message.Sequence
            && !edit.Conversation.IsHidden(m.Sequence));
}
