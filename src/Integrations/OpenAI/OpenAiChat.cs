using System.Runtime.CompilerServices;
using OpenAI.Chat;

namespace FteAgent.OpenAI;

/// <summary>
/// Asks an OpenAI-compatible endpoint by its chat completions API and reads the streamed answer. Source: OpenAI API reference, "Create chat
/// completion" and "Streaming".
/// </summary>
internal sealed class OpenAiChat(OpenAiConnection connection, OpenAiOptions options, TimeProvider time) : IModelChat
{
    /// <summary>How long what follows a whole answer may take: what it used, and the stream's end.</summary>
    private static readonly TimeSpan ForTheRest = TimeSpan.FromSeconds(1);

    // The same few for each request, with schemas of several thousand letters.
    private readonly ConditionalWeakTable<ToolForm, ChatTool> tools = [];

    /// <inheritdoc/>
    public async Task<ChatAnswer> Ask(ChatRequest request, Action heard, CancellationToken cancellationToken)
    {
        var reading = new ChatReading(request.Model);
        using var rest = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, rest.Token);
        try
        {
            await foreach (var update in connection.Chat(request.Model).CompleteChatStreamingAsync(Lines(request), Options(request), both.Token))
            {
                if (reading.Take(update))
                    heard();
                if (reading.IsFinished)
                    rest.CancelAfter(ForTheRest);
            }
        }
        catch (OperationCanceledException) when (reading.IsFinished && !cancellationToken.IsCancellationRequested)
        {
            // The answer is whole, and the stream stays open: only what was used is not told.
        }
        catch (Exception failure) when (EndpointFailures.Read(failure, time) is { } read)
        {
            // Once it has said why it ended, the answer is whole. Some endpoints add a chunk that the library cannot read ("choices": null), or hang up
            // early: only what was used is not known then.
            if (!reading.IsFinished)
                throw read;
        }

        return reading.End();
    }

    private ChatCompletionOptions Options(ChatRequest request)
    {
        var chat = new ChatCompletionOptions { StoredOutputEnabled = Sends(OptionalFields.Store) ? false : null };
        Bound(chat);
        foreach (var tool in request.Tools)
            chat.Tools.Add(tools.GetValue(tool, Tool));
        if (request.Tools.Length > 0)
        {
            // One after another: what a search gave decides what is called next, and strict schemas are promised for single calls only.
            chat.AllowParallelToolCalls = Sends(OptionalFields.ParallelToolCalls) ? false : null;
            if (Sends(OptionalFields.ToolChoice))
                chat.ToolChoice = request.MustCall is { } name ? ChatToolChoice.CreateFunctionChoice(name) : ChatToolChoice.CreateRequiredChoice();
        }

        if (request.Form is { } form)
            chat.ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat(form.Name, BinaryData.FromString(form.Schema), form.Description, Sends(OptionalFields.Strict) ? true : null);
        return chat;
    }

    private void Bound(ChatCompletionOptions chat)
    {
        if (Sends(OptionalFields.MaxCompletionTokens))
            chat.MaxOutputTokenCount = options.MaxOutputTokens;
#pragma warning disable SCME0001 // The one way to send what the library has no name for, and not to send what it adds by itself; marked as one that may change.
        else if (Sends(OptionalFields.MaxTokens))
            chat.Patch.Set("$.max_tokens"u8, options.MaxOutputTokens);
        if (!Sends(OptionalFields.StreamOptions))
            chat.Patch.Remove("$.stream_options"u8);
#pragma warning restore SCME0001
    }

    private bool Sends(string field) => !options.Omitted.Contains(field);

    private ChatTool Tool(ToolForm tool) =>
        ChatTool.CreateFunctionTool(tool.Name, tool.Description, BinaryData.FromString(tool.Schema), Sends(OptionalFields.Strict) ? true : null);

    private static IEnumerable<ChatMessage> Lines(ChatRequest request) => request.Lines.Select(ChatMessage (line) => line switch
    {
        ChatLine.Instruction instruction => new SystemChatMessage(instruction.Text),
        ChatLine.Material material => new UserChatMessage(material.Text),
        ChatLine.Called called => new AssistantChatMessage(called.Calls.Select(Call)),
        ChatLine.Given given => new ToolChatMessage(given.CallId, given.Text),
        _ => throw new ArgumentOutOfRangeException(nameof(request)),
    });

    private static ChatToolCall Call(ToolCall call) => ChatToolCall.CreateFunctionToolCall(call.Id, call.Name, BinaryData.FromString(call.Arguments));
}
