using System.Collections.Immutable;
using System.Text.Json;
using FteAgent.Conversations;

namespace FteAgent.Evals.Tickets;

/// <summary>A customer's first contact, and what its source's own rules say of it.</summary>
/// <param name="Id">Its name in the set.</param>
/// <param name="Source">Whose rules and documents it is judged by.</param>
/// <param name="Channel">By which channel it came.</param>
/// <param name="Said">The words: the subject, where there is one, and the message.</param>
/// <param name="MustBeHandedOver">Whether the rules hand it over.</param>
internal sealed record SupportTicket(string Id, string Source, Channel Channel, ImmutableArray<string> Said, bool MustBeHandedOver)
{
    /// <summary>The words in one line.</summary>
    public string Words => string.Join(" | ", Said).ReplaceLineEndings(" ");

    public static SupportTicket Read(JsonElement line)
    {
        ImmutableArray<string> said = [.. new[] { line.Text("subject"), line.Text("message") }.Where(text => text.Length > 0)];
        return new(
            line.Text("id"), line.Text("source"),
            line.Text("channel") switch { "whatsapp" => Channel.WhatsApp, "email" or "gmail" => Channel.Email, _ => Channel.Web },
            said.IsEmpty ? [""] : said, line.Flag("expected_escalation"));
    }
}
