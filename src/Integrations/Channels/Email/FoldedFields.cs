using System.Buffers;

namespace FteAgent.Channels.Email;

/// <summary>
/// Leaves out what a header field has beyond its thousandth line, as mail servers cut fields that are too long. The parser's work grows with the square
/// of a field's lines (RFC 5322, 2.2.3, lets a field be folded without end), so that a single megabyte of them would hold a silo up for a minute.
/// </summary>
internal static class FoldedFields
{
    /// <summary>Lines of one field that are read.</summary>
    public const int MostLines = 1_000;

    private static readonly SearchValues<byte> Gap = SearchValues.Create(" \t"u8);

    /// <summary>The mail as it may be parsed: the same bytes wherever no field is that long.</summary>
    public static ReadOnlyMemory<byte> Cut(ReadOnlyMemory<byte> mail)
    {
        ArrayBufferWriter<byte>? kept = null;
        var (fields, lines, from) = (new State(), 0, 0);
        for (var at = 0; at < mail.Length;)
        {
            var rest = mail.Span[at..];
            var length = rest.IndexOf((byte)'\n') is >= 0 and var end ? end + 1 : rest.Length;
            lines = fields.Read(rest[..length]) ? lines + 1 : 0;
            if (lines == MostLines) (kept ??= new(mail.Length)).Write(mail.Span[from..at]);
            if (lines >= MostLines) from = at + length;
            at += length;
        }

        if (kept is null) return mail;
        kept.Write(mail.Span[from..]);
        return kept.WrittenMemory;
    }

    /// <summary>Where headers are: at the beginning, below what may be a boundary, and at the beginning of a mail within the mail.</summary>
    private struct State()
    {
        private bool isHeader = true;
        private bool holdsMail;

        /// <summary>Takes a line, and tells whether it goes on with a field.</summary>
        public bool Read(ReadOnlySpan<byte> line)
        {
            var text = line.TrimEnd("\r\n"u8);
            if (text.StartsWith("--"u8))
                (isHeader, holdsMail) = (true, false);
            else if (text.IsEmpty)
                (isHeader, holdsMail) = (holdsMail, false);
            else if (isHeader && Gap.Contains(text[0]))
                return true;
            else if (isHeader && text.Contains((byte)':'))
                holdsMail |= IsTypeOfMail(text);
            else
                isHeader = false;
            return false;
        }

        private static bool IsTypeOfMail(ReadOnlySpan<byte> field)
        {
            ReadOnlySpan<byte> name = "content-type:"u8;
            return field.Length > name.Length && System.Text.Ascii.EqualsIgnoreCase(field[..name.Length], name)
                && System.Text.Ascii.EqualsIgnoreCase(field[name.Length..].TrimStart(" \t"u8) is { Length: >= 8 } type ? type[..8] : default, "message/"u8);
        }
    }
}
