namespace FteAgent.Answering.Rules;

/// <summary>
/// Leaves the signature under a mail out: "Head of Legal, Harper Law" says who writes, not what they want.
/// </summary>
internal static class Signature
{
    private const int MaxLines = 5;

    // Without accents, as they are compared.
    private static readonly string[] SignOffs =
    [
        "regards", "best", "best regards", "kind regards", "warm regards", "many thanks", "thanks", "thank you", "thanks again", "sincerely", "yours", "yours sincerely", "yours faithfully", "cheers", "respectfully", "cordially", "--",
        "mit freundlichen grussen", "mit freundlichen gruessen", "freundliche grusse", "freundliche gruesse", "viele grusse", "viele gruesse", "beste grusse", "beste gruesse", "liebe grusse", "mfg", "vielen dank",
        "cordialement", "bien cordialement", "bien a vous", "salutations", "saludos", "un saludo", "saludos cordiales", "atentamente", "cordiali saluti", "distinti saluti", "saluti",
        "atenciosamente", "cumprimentos", "melhores cumprimentos", "obrigado", "obrigada", "met vriendelijke groet", "vriendelijke groet", "groeten", "mvg",
    ];

    private static readonly string[] SmallWords = ["of", "the", "and", "at", "for", "in", "de", "van", "von", "la"];

    /// <summary>The text without the signature; the text itself where there is none for certain.</summary>
    public static string Cut(string text)
    {
        var lines = text.Split('\n');
        for (var i = lines.Length - 1; i > 0 && i >= lines.Length - 1 - MaxLines; i--)
        {
            if (IsSignOff(lines[i]) && lines.AsSpan(i + 1).ToArray().All(IsNameOrTitle))
                return string.Join('\n', lines[..i]);
        }

        return text;
    }

    private static bool IsSignOff(string line) =>
        SignOffs.Contains(ForeignDraftPhrases.Unaccented(line.Trim().TrimEnd(',', '.', '!')));

    private static bool IsNameOrTitle(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is var words
        && words.Length <= 8
        && words.All(word => !char.IsLower(word[0]) || SmallWords.Contains(word) || word.Contains('@') || word.Contains('.'))
        && !line.Contains('?') && !line.Contains('!');
}
