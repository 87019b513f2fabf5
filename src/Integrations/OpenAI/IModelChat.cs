using System.Collections.Immutable;

namespace FteAgent.OpenAI;

/// <summary>Asks a model once.</summary>
internal interface IModelChat
{
    /// <summary>Asks, and reads the answer to its end. Whatever goes wrong is a <see cref="ModelFailure"/>.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="heard">Called at each piece of the answer; never with its words.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    Task<ChatAnswer> Ask(ChatRequest request, Action heard, CancellationToken cancellationToken);
}

/// <summary>What a model is asked.</summary>
/// <param name="Model">Which model.</param>
/// <param name="Lines">What was said, oldest first; the instruction stands first.</param>
/// <param name="Tools">What it may call; none where it answers by <paramref name="Form"/> or in plain text.</param>
/// <param name="MustCall">The one tool that it must call now; null for any of them.</param>
/// <param name="Form">The form of its answer; null where it has tools, or for plain text.</param>
internal sealed record ChatRequest(string Model, ImmutableArray<ChatLine> Lines, ImmutableArray<ToolForm> Tools, string? MustCall = null, ToolForm? Form = null);

/// <summary>One line of what a model is told.</summary>
internal abstract record ChatLine
{
    private ChatLine()
    {
    }

    /// <summary>What we tell it to do.</summary>
    internal sealed record Instruction(string Text) : ChatLine;

    /// <summary>What it is to work on. It holds customers' words and documents, as data.</summary>
    internal sealed record Material(string Text) : ChatLine;

    /// <summary>What it called before.</summary>
    internal sealed record Called(ImmutableArray<ToolCall> Calls) : ChatLine;

    /// <summary>What a call gave.</summary>
    internal sealed record Given(string CallId, string Text) : ChatLine;
}

/// <summary>A tool as a model sees it, or the form of an answer.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Schema">The JSON schema of its arguments, in the part of JSON Schema that strict mode takes.</param>
internal sealed record ToolForm(string Name, string Description, string Schema);

/// <summary>A call that a model wishes. It acts on nothing by itself.</summary>
/// <param name="Id">The call's id; its result is given under it.</param>
/// <param name="Name">The tool's name, as the model wrote it.</param>
/// <param name="Arguments">The arguments, as the model wrote them: JSON or not.</param>
internal sealed record ToolCall(string Id, string Name, string Arguments);

/// <summary>What a model answered.</summary>
/// <param name="Text">Its words; empty where it only calls.</param>
/// <param name="Calls">What it calls.</param>
/// <param name="Refusal">Why it does not answer, in its words; null when it does.</param>
/// <param name="Model">The model's exact name, as the endpoint tells it.</param>
/// <param name="Use">What the answer used; null where the endpoint does not tell.</param>
internal sealed record ChatAnswer(string Text, ImmutableArray<ToolCall> Calls, string? Refusal, string Model, TokenUse? Use);

/// <summary>How many tokens a call used.</summary>
/// <param name="Input">What it was told.</param>
/// <param name="Cached">How much of that the endpoint knew already; part of <paramref name="Input"/>.</param>
/// <param name="Output">What it wrote.</param>
internal sealed record TokenUse(int Input, int Cached, int Output)
{
    /// <summary>What an endpoint told, made sense of: money is counted by it.</summary>
    public static TokenUse Of(int input, int cached, int output) => new(Math.Max(0, input), Math.Clamp(cached, 0, Math.Max(0, input)), Math.Max(0, output));
}
