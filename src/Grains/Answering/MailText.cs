using System.Globalization;
using System.Text;
using FteAgent.Conversations;

namespace FteAgent.Answering;

/// <summary>
/// A message as the body of a mail, from below the greeting on: the words, their sources, how to go on, and who wrote it. That an AI wrote it
/// is said wherever one did.
/// </summary>
internal static class MailText
{
    public static string Of(Message message, ReplyOptions options)
    {
        var text = new StringBuilder(message.Text);
        if (!message.Citations.IsDefaultOrEmpty)
        {
            text.Append("\n\nSources:");
            foreach (var citation in message.Citations.DistinctBy(citation => (citation.DocumentId, citation.Heading)))
                text.Append("\n- ").Append(Place(citation));
        }

        text.Append("\n\n").Append(message.Author.Kind is ActorKind.Operator ? Wording.MailFooter : Wording.MailFooterOfAssistant);
        text.Append("\n\n-- \n").Append(Signature(message, options));
        if (message.TicketId is { } ticket)
            text.Append("\nTicket ").Append(ticket.Value);
        return text.ToString();
    }

    private static string Place(Citation citation)
    {
        var heading = citation.Heading.Length == 0 ? "" : $" › {citation.Heading}";
        var date = citation.VersionDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return $"{citation.Title}{heading} ({date}){(citation.Url is null ? "" : $" {citation.Url}")}";
    }

    private static string Signature(Message message, ReplyOptions options)
    {
        var name = message.Author.Operator?.Name ?? options.Assistant;
        var who = options.Company.Length == 0 ? name : $"{name}, {options.Company}";
        return message.Author.Kind is ActorKind.Operator ? who : $"{who}\n{Wording.WrittenByAi}";
    }
}
