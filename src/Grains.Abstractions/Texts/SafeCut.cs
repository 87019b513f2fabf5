namespace FteAgent.Texts;

/// <summary>
/// Cuts a text without cutting a character in two. A limit counts what a string counts, of which many a character has two, a high surrogate and a low
/// one: half of it can be neither stored nor sent. What a reader sees as one sign may still be parted, as a flag of two letters is.
/// </summary>
public static class SafeCut
{
    /// <summary>A text's beginning of at most so many characters; all of it where it has no more.</summary>
    public static string At(string text, int longest) => text.Length <= longest ? text : text[..Place(text, longest)];

    /// <summary>How many characters to keep of a text that has at least so many: as many, or one less.</summary>
    public static int Place(string text, int longest) => longest > 0 && char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest;
}
