using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using FteAgent.Api.Inbox;
using FteAgent.Api.Live;
using FteAgent.Knowledge;
using FteAgent.Texts;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace FteAgent.Api.Mcp;

/// <summary>What programs may read: the documentation, and the tickets and the conversation of the customer whom their header names.</summary>
internal sealed class McpResources(IKnowledgeReader knowledge, OperatorConversations conversations)
{
    private const string Knowledge = "fte://knowledge/";
    private const string Tickets = "fte://customer/tickets";
    private const string Conversation = "fte://customer/conversation";
    private const string Json = "application/json";
    private const string Markdown = "text/markdown";

    private const string MissingIsInvalidFrom = "2026-07-28";

    private const int PageSize = 100;
    private const int LongestUri = 2_000;

    /// <summary>A document's characters; a longer one is cut, and says so.</summary>
    private const int LongestDocument = 200_000;

    /// <summary>How many of a conversation's messages are given: the latest.</summary>
    private const int MostMessages = 50;

    /// <summary>How many tickets are given: the latest.</summary>
    private const int MostTickets = 100;

    /// <summary>The form of the addresses that are not listed one by one.</summary>
    public static ListResourceTemplatesResult Templates() => new()
    {
        ResourceTemplates =
        [
            new() { UriTemplate = $"{Knowledge}{{document}}", Name = "document", Title = "A document of the knowledge base", MimeType = Markdown, Description = "Its id, percent-encoded as one part of an address." },
        ],
    };

    /// <summary>A document's address.</summary>
    public static string UriOf(string document) => Knowledge + Uri.EscapeDataString(document);

    /// <summary>What there is, page by page: the customer's first, then the documents in order of id.</summary>
    public ListResourcesResult List(McpCaller caller, string? cursor)
    {
        var after = cursor is null ? null : Read(cursor) ?? throw new McpProtocolException("The cursor is not one that we gave.", McpErrorCode.InvalidParams);
        var page = knowledge.Documents(after, PageSize);
        List<Resource> resources = [.. page.Select(Listed)];
        if (caller.Customer is not null && after is null)
            resources.InsertRange(0,
            [
                new() { Uri = Conversation, Name = "conversation", Title = "The conversation with this customer", MimeType = Json, Description = $"How it stands and its latest {MostMessages} messages, with private notes." },
                new() { Uri = Tickets, Name = "tickets", Title = "The tickets of this customer", MimeType = Json, Description = $"The latest {MostTickets}, newest first." },
            ]);
        return new() { Resources = resources, NextCursor = page.Length == PageSize ? Base64Url.EncodeToString(Encoding.UTF8.GetBytes(page[^1].Id)) : null };
    }

    /// <summary>Reads one. What is not there, and what this caller may not read, look alike.</summary>
    /// <param name="caller">For whom.</param>
    /// <param name="uri">Which.</param>
    /// <param name="revision">The protocol's revision that the request goes by, where it is known: they differ in the code of what is not there.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<ReadResourceResult> Read(McpCaller caller, string? uri, string? revision, CancellationToken cancellationToken)
    {
        var contents = uri switch
        {
            { Length: > LongestUri } or null => null,
            Tickets when caller.Customer is { } customer => Of(Tickets, (await conversations.Read(customer, includesHidden: false, cancellationToken)).Tickets.Take(MostTickets)),
            Conversation when caller.Customer is { } customer => Of(Conversation, Latest(await conversations.Read(customer, includesHidden: false, cancellationToken))),
            _ when uri.StartsWith(Knowledge, StringComparison.Ordinal) => Document(uri),
            _ => null,
        };
        return contents is null
            ? throw new McpProtocolException(
                "There is no such resource, or this request may not read it.",
                string.CompareOrdinal(revision, MissingIsInvalidFrom) >= 0 ? McpErrorCode.InvalidParams : McpErrorCode.ResourceNotFound)
            : new() { Contents = [contents] };
    }

    private static Resource Listed(KnowledgeEntry document) => new()
    {
        Uri = UriOf(document.Id),
        Name = document.Id,
        Title = document.Title,
        MimeType = Markdown,
        Description = document.Category,
        Annotations = new() { LastModified = document.ChangedAt },
    };

    private TextResourceContents? Document(string uri)
    {
        var chunks = knowledge.ChunksOf(Uri.UnescapeDataString(uri[Knowledge.Length..]));
        if (chunks.IsEmpty)
            return null;
        var text = string.Join("\n\n", chunks.Select(chunk => chunk.Text));
        return new()
        {
            Uri = uri,
            MimeType = Markdown,
            Text = text.Length <= LongestDocument ? text : $"{SafeCut.At(text, LongestDocument)}\n\n(The rest is left out.)",
        };
    }

    private static OperatorConversation Latest(OperatorConversation whole) => whole with
    {
        Messages = [.. whole.Messages.TakeLast(MostMessages).Select(Shortened)],
        Earlier = whole.Earlier is { } earlier ? [.. earlier.TakeLast(MostMessages).Select(Shortened)] : null,
        Tickets = [.. whole.Tickets.Take(MostTickets)],
        Escalations = [.. whole.Escalations.Take(MostTickets)],
    };

    private static MessageView Shortened(MessageView message) => message with { Text = SafeCut.At(message.Text, PastMessageView.LongestText) };

    private static TextResourceContents Of<T>(string uri, T value) => new() { Uri = uri, MimeType = Json, Text = JsonSerializer.Serialize(value, Wire.Json) };

    private static string? Read(string cursor)
    {
        if (cursor.Length is 0 or > LongestUri || !Base64Url.IsValid(cursor))
            return null;
        return Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
    }
}
