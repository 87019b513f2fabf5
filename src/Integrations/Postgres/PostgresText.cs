namespace FteAgent.Postgres;

/// <summary>Text as Postgres can keep it: it refuses NUL, and half of a surrogate pair is no character. Both become the replacement character.</summary>
internal static class PostgresText
{
    private const char Replacement = '\uFFFD';

    public static string Safe(string text)
    {
        // Most text has neither, and that is told at a glance.
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && !text.Contains('\0'))
            return text;
        if (FirstUnsafe(text, 0) < 0)
            return text;
        return string.Create(text.Length, text, static (target, source) =>
        {
            source.CopyTo(target);
            for (var at = FirstUnsafe(source, 0); at >= 0; at = FirstUnsafe(source, at + 1))
                target[at] = Replacement;
        });
    }

    private static int FirstUnsafe(string text, int start)
    {
        for (var i = start; i < text.Length; i++)
        {
            var letter = text[i];
            if (letter == '\0')
                return i;
            if (!char.IsSurrogate(letter))
                continue;
            if (char.IsHighSurrogate(letter) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else
                return i;
        }

        return -1;
    }
}
