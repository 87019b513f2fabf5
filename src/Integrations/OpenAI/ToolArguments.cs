using System.Collections.Immutable;
using FteAgent.Answering;
using FteAgent.Tickets;

namespace FteAgent.OpenAI;

/// <summary>What a model asks a tool, as far as it was understood.</summary>
/// <param name="Value">The arguments; null where anything is wrong.</param>
/// <param name="Faults">What is wrong, in sentences that the model can mend by.</param>
internal sealed record ToolReading<T>(T? Value, ImmutableArray<string> Faults)
    where T : class;

/// <summary>What <c>search_knowledge_base</c> is asked.</summary>
/// <param name="Query">What to look for.</param>
/// <param name="MaxResults">1 to 10.</param>
/// <param name="Category">Only documents of this category; null for all.</param>
internal sealed record SearchArguments(string Query, int MaxResults, string? Category);

/// <summary>What <c>create_ticket</c> is asked.</summary>
/// <param name="Subject">The matter in a few words.</param>
/// <param name="Category">What it is about.</param>
/// <param name="Priority">How much it matters.</param>
internal sealed record TicketArguments(string Subject, TicketCategory Category, TicketPriority Priority);

/// <summary>What <c>escalate_to_human</c> is asked.</summary>
/// <param name="Reason">Why a person must take over.</param>
/// <param name="Urgency">How soon.</param>
internal sealed record EscalateArguments(EscalationReason Reason, Urgency Urgency);

/// <summary>What <c>get_customer_history</c> is asked: nothing, since whose history it is, the code knows.</summary>
internal sealed record HistoryArguments;

/// <summary>Reads the arguments of the four tools that do not end an exchange.</summary>
internal static class ToolArguments
{
    /// <summary>Longer arguments are not looked at.</summary>
    private const int LongestArguments = 4 * 1024;

    private const int LongestQuery = 500;
    private const int LongestCategory = 100;
    private const int LongestSubject = 120;
    private const int MostResults = 10;
    private const int UsualResults = 5;

    /// <summary>Reads what is searched for.</summary>
    public static ToolReading<SearchArguments> Search(string json) => Read(json, ["query", "max_results", "category"], fields =>
        (fields.Text("query", LongestQuery), fields.WholeOr("max_results", 1, MostResults, UsualResults), fields.TextOrNull("category", LongestCategory))
            is ({ } query, { } most, var category) ? new SearchArguments(query, most, category) : null);

    /// <summary>Reads that nothing is asked.</summary>
    public static ToolReading<HistoryArguments> History(string json) => Read(json, [], _ => new HistoryArguments());

    /// <summary>Reads what the matter at hand is.</summary>
    public static ToolReading<TicketArguments> Ticket(string json) => Read(json, ["subject", "category", "priority"], fields =>
        (fields.Text("subject", LongestSubject), fields.OneOf("category", OpenAiTools.Categories), fields.OneOf("priority", OpenAiTools.Priorities))
            is ({ } subject, { } category, { } priority) ? new TicketArguments(subject, category, priority) : null);

    /// <summary>Reads why a person is called.</summary>
    public static ToolReading<EscalateArguments> Escalate(string json) => Read(json, ["reason", "urgency"], fields =>
        (fields.OneOf("reason", OpenAiTools.Reasons), fields.OneOf("urgency", OpenAiTools.Urgencies))
            is ({ } reason, { } urgency) ? new EscalateArguments(reason, urgency) : null);

    private static ToolReading<T> Read<T>(string json, string[] known, Func<JsonFields, T?> read)
        where T : class
    {
        List<string> faults = [];
        var value = JsonFields.Read(json, LongestArguments, known, read, faults);
        return new(value, [.. faults]);
    }
}
