using System.Collections.Immutable;
using FteAgent.Answering;
using FteAgent.Storage;
using FteAgent.Tickets;

namespace FteAgent.OpenAI;

/// <summary>
/// The five tools as a model sees them, in strict form: each object is closed and each field required; what may be left out is null instead.
/// None names a customer: whose conversation it is, the code knows. Source: OpenAI docs, "Function calling", "Strict mode".
/// </summary>
internal static class OpenAiTools
{
    /// <summary>Looks into the documents.</summary>
    public const string SearchName = "search_knowledge_base";

    /// <summary>Reads what this customer wrote before.</summary>
    public const string HistoryName = "get_customer_history";

    /// <summary>Notes what the matter at hand is.</summary>
    public const string TicketName = "create_ticket";

    /// <summary>Notes that a person is needed.</summary>
    public const string EscalateName = "escalate_to_human";

    /// <summary>Proposes the answer. It ends the exchange; nothing is sent by it.</summary>
    public const string SendName = "send_response";

    /// <summary>The reasons that a model may give. The others are ours: the machine's own failures, and a deployment's own rules.</summary>
    public static readonly ImmutableDictionary<string, EscalationReason> Reasons = Words(
        EscalationReason.ServiceUnavailable, EscalationReason.UnableToParseMessage, EscalationReason.Policy);

    /// <summary>How soon a person is needed, as a model says it.</summary>
    public static readonly ImmutableDictionary<string, Urgency> Urgencies = Words<Urgency>();

    /// <summary>What a matter is about.</summary>
    public static readonly ImmutableDictionary<string, TicketCategory> Categories = Words<TicketCategory>();

    /// <summary>How much a matter matters.</summary>
    public static readonly ImmutableDictionary<string, TicketPriority> Priorities = Words<TicketPriority>();

    /// <summary>The proposed answer; also the form of an answer where there are no tools.</summary>
    public static readonly ToolForm Send = new(
        SendName,
        "Proposes the answer to the customer and ends the exchange. Every sentence that states something bears the quotes that it rests on.",
        $$$$"""
        {"type":"object","properties":{
          "sentences":{"type":"array","description":"The answer, sentence by sentence, in order. Empty only where needs_person is set.","items":{"type":"object","properties":{
            "text":{"type":"string","description":"One sentence, in the customer's language, plain text."},
            "quotes":{"type":"array","description":"What the sentence rests on. Empty only for greetings, questions and courtesies.","items":{"type":"object","properties":{
              "chunk_id":{"type":"string","description":"The id of the chunk that holds the quote."},
              "quote":{"type":"string","description":"3 to 40 words, copied from the chunk letter by letter."}},
              "required":["chunk_id","quote"],"additionalProperties":false}}},
            "required":["text","quotes"],"additionalProperties":false}},
          "intent":{"type":"string","description":"What the customer wants, in one to four words of snake_case, such as reset_password."},
          "confidence":{"type":"number","description":"The chance, 0 to 1, that this answers the question. Below 0.2 it is not sent, and a person answers."},
          "needs_person":{"type":["string","null"],"enum":[{{{{List(Reasons)}}}},null],"description":"Why a person must take over; null where none must."}},
          "required":["sentences","intent","confidence","needs_person"],"additionalProperties":false}
        """);

    /// <summary>All five.</summary>
    public static readonly ImmutableArray<ToolForm> All =
    [
        new(
            SearchName,
            "Searches the documentation. Use it when the chunks at hand do not answer the question.",
            """
            {"type":"object","properties":{
              "query":{"type":"string","description":"What to look for, in words that the documentation would use; at most 500 characters."},
              "max_results":{"type":["integer","null"],"description":"1 to 10; null for 5."},
              "category":{"type":["string","null"],"description":"Only documents of this category; null for all."}},
              "required":["query","max_results","category"],"additionalProperties":false}
            """),
        new(
            HistoryName,
            "Gives what this customer wrote before and how it ended.",
            """{"type":"object","properties":{},"required":[],"additionalProperties":false}"""),
        new(
            TicketName,
            "Sorts the matter at hand, whose ticket is there already: sets its category and priority where nobody has yet. Opens no further ticket.",
            $$$"""
            {"type":"object","properties":{
              "subject":{"type":"string","description":"The matter in a few words; at most 120 characters. The ticket keeps the subject that it has."},
              "category":{"type":"string","enum":[{{{List(Categories)}}}]},
              "priority":{"type":"string","enum":[{{{List(Priorities)}}}]}},
              "required":["subject","category","priority"],"additionalProperties":false}
            """),
        new(
            EscalateName,
            "Notes that a person must take over, and why. Call send_response afterwards.",
            $$$"""
            {"type":"object","properties":{
              "reason":{"type":"string","enum":[{{{List(Reasons)}}}]},
              "urgency":{"type":"string","enum":[{{{List(Urgencies)}}}]}},
              "required":["reason","urgency"],"additionalProperties":false}
            """),
        Send,
    ];

    private static ImmutableDictionary<string, T> Words<T>(params T[] without)
        where T : struct, Enum => Enum.GetValues<T>().Except(without).ToImmutableDictionary(value => EnumText.Of(value));

    private static string List<T>(ImmutableDictionary<string, T> words)
        where T : struct, Enum => string.Join(',', words.OrderBy(word => word.Value).Select(word => $"\"{word.Key}\""));
}
