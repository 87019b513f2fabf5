namespace FteAgent.OpenAI;

/// <summary>
/// How many tokens words make, where nobody has counted them. Tokens are made of bytes, four or so of English, and fewer of other scripts; which ones
/// is the model's own.
/// </summary>
internal static class TokenGuess
{
    /// <summary>What a line costs beside its words.</summary>
    private const int OfLine = 8;

    /// <summary>About as many as it is.</summary>
    public static TokenUse Likely(ChatRequest request, int pieces) => new((int)Math.Min(int.MaxValue, Count(request, 4, 1)), 0, pieces);

    /// <summary>More than it is, in any language that people write.</summary>
    public static long AtMost(ChatRequest request) => Count(request, 2, 2);

    private static long Count(ChatRequest request, int asciiOfToken, int tokensOfOther)
    {
        var tokens = 0L;
        foreach (var text in request.Lines.SelectMany(Texts).Concat(request.Tools.SelectMany(Texts)).Concat(request.Form is { } form ? Texts(form) : []))
        {
            var ascii = text.Count(char.IsAscii);
            tokens += OfLine + (ascii / asciiOfToken) + ((long)(text.Length - ascii) * tokensOfOther);
        }

        return tokens;
    }

    private static IEnumerable<string> Texts(ToolForm form) => [form.Name, form.Description, form.Schema];

    private static IEnumerable<string> Texts(ChatLine line) => line switch
    {
        ChatLine.Instruction instruction => [instruction.Text],
        ChatLine.Material material => [material.Text],
        ChatLine.Given given => [given.Text],
        ChatLine.Called called => called.Calls.Select(call => call.Arguments),
        _ => [],
    };
}
