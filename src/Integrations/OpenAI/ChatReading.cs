using System.Text;
using OpenAI.Chat;

namespace FteAgent.OpenAI;

/// <summary>An answer that comes in pieces: text, and tool calls by index with their arguments in fragments.</summary>
internal sealed class ChatReading(string asked)
{
    /// <summary>More calls than any exchange is allowed are no answer.</summary>
    public const int MostCalls = 8;

    /// <summary>Longest text, or arguments of one call, in characters: several times what a reply may have with its quotes.</summary>
    public const int LongestText = 64 * 1024;

    private readonly StringBuilder text = new();
    private readonly StringBuilder refusal = new();
    private readonly List<Call> calls = [];
    private string model = asked;
    private ChatFinishReason? finish;
    private TokenUse? use;
    private int pieces;

    /// <summary>Whether the endpoint said why it ended: what comes after that is no part of the answer.</summary>
    public bool IsFinished => finish is not null;

    /// <summary>
    /// Takes a piece, and tells whether the answer has begun. The first piece often says no more than who speaks; what comes after it are words, or
    /// thoughts that we are not shown.
    /// </summary>
    public bool Take(StreamingChatCompletionUpdate? update)
    {
        if (update is null)
            throw new ModelFailure(ModelFault.Nonsense);
#pragma warning disable SCME0001 // The one way to see what the library has no name for; marked as one that may change.
        if (update.Patch.Contains("$.error"u8))
            throw new ModelFailure(ModelFault.Unavailable);
#pragma warning restore SCME0001
        if (update.Model is { Length: > 0 } name)
            model = name;
        if (update.Usage is { } told)
            use = TokenUse.Of(told.InputTokenCount, told.InputTokenDetails?.CachedTokenCount ?? 0, told.OutputTokenCount);
        finish ??= update.FinishReason;

        foreach (var part in update.ContentUpdate)
            Add(text, part.Text);
        Add(refusal, update.RefusalUpdate);
        foreach (var piece in update.ToolCallUpdates)
            Take(piece);
        return pieces++ > 0 || text.Length > 0 || refusal.Length > 0 || calls.Count > 0;
    }

    /// <summary>The whole answer.</summary>
    public ChatAnswer End() => finish switch
    {
        // A stream that ends without a reason was cut off, however quietly.
        null => throw new ModelFailure(ModelFault.CutOff, use: use),
        ChatFinishReason.Length => throw new ModelFailure(ModelFault.TooLong, use: use),
        ChatFinishReason.ContentFilter => throw new ModelFailure(ModelFault.Filtered, use: use),
        _ when text.Length == 0 && refusal.Length == 0 && calls.Count == 0 => throw new ModelFailure(ModelFault.Nonsense, use: use),
        _ => new(text.ToString(), [.. calls.Select(call => call.End())], refusal.Length > 0 ? refusal.ToString() : null, model, use),
    };

    private void Take(StreamingChatToolCallUpdate piece)
    {
        var call = calls.FindLast(each => each.Index == piece.Index);
        // Some endpoints give all calls one index, and a new id to each.
        if (call is null || (piece.ToolCallId is { Length: > 0 } id && call.Id.Length > 0 && id != call.Id))
        {
            if (calls.Count == MostCalls)
                throw new ModelFailure(ModelFault.TooLong);
            calls.Add(call = new(piece.Index));
        }

        if (call.Id.Length == 0)
            call.Id = piece.ToolCallId ?? "";
        if (call.Name.Length == 0)
            call.Name = piece.FunctionName ?? "";
        Add(call.Arguments, piece.FunctionArgumentsUpdate?.ToString());
    }

    private static void Add(StringBuilder to, string? piece)
    {
        if (piece is null)
            return;
        if (to.Length + piece.Length > LongestText)
            throw new ModelFailure(ModelFault.TooLong);
        to.Append(piece);
    }

    private sealed class Call(int index)
    {
        public int Index { get; } = index;

        public string Id { get; set; } = "";

        public string Name { get; set; } = "";

        public StringBuilder Arguments { get; } = new();

        // A call without a name or an id cannot be answered.
        public ToolCall End() => Name.Length > 0 && Id.Length > 0 ? new(Id, Name, Arguments.ToString()) : throw new ModelFailure(ModelFault.Nonsense);
    }
}
