using FteAgent.Answering;

namespace FteAgent.Conversations;

/// <summary>Whoever has just changed the channel hears that they are known from the other one, once.</summary>
internal static class EarlierContact
{
    /// <summary>Contact that is longer ago is another matter.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(2);

    /// <summary>The words of an answer, behind a sentence about the channel that the customer wrote by before, if they have changed it.</summary>
    public static string WithEarlierContact(this ConversationEdit edit, string text) =>
        edit.SwitchedFrom() is { } before ? $"{Wording.Continues(Name(before))}\n\n{text}" : text;

    /// <summary>The channel by which the customer wrote last before they changed to this one, if that was lately.</summary>
    private static Channel? SwitchedFrom(this ConversationEdit edit)
    {
        if (edit.Conversation.Exchange is not { } exchange || edit.Conversation.MessagesOf(exchange) is not [.., var last])
            return null;
        var before = edit.Conversation.Recent.LastOrDefault(m => m.IsFromCustomer() && m.Channel != last.Channel && !edit.Conversation.IsHidden(m.Sequence));
        var since = edit.Conversation.Recent.LastOrDefault(m => m.Author.Kind is ActorKind.Assistant && m.Kind is MessageKind.Text && m.Channel == last.Channel);
        return before is not null && before.At > edit.Now - Remembered && (since is null || since.Sequence < before.Sequence) ? before.Channel : null;
    }

    private static string Name(Channel channel) => channel switch
    {
        Channel.WhatsApp => "WhatsApp",
        Channel.Email => "email",
        _ => "chat",
    };
}
