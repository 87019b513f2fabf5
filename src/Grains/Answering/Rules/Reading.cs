using System.Globalization;
using System.Text;

namespace FteAgent.Answering.Rules;

/// <summary>
/// A text as the rules read it: words in lower case with contractions and chat spelling written out, cut into sentences.
/// Addresses and code are one placeholder each, because a word inside a URL says nothing about what the customer wants.
/// One pass, no normalisation that throws: text from the outside may hold half a surrogate pair.
/// </summary>
internal sealed class Reading
{
    /// <summary>Longer text is read to here; intake refuses more.</summary>
    public const int MaxLength = 10_000;

    /// <summary>Stands for a URL, a file path or an email address.</summary>
    public const string Address = "<address>";

    /// <summary>Stands for text between backticks.</summary>
    public const string Code = "<code>";

    private const int LongestQuotedLabel = 60;
    private const int LongestAddress = 256;

    private readonly List<Token> _tokens = [];
    private readonly string _text;
    private int _sentence;
    private bool _sentenceHasWords;

    private Reading(string text)
    {
        _text = text;
        Read();
        Tokens = [.. _tokens];
        Sentences = Tokens.Length == 0 ? 0 : Tokens[^1].Sentence + 1;
    }

    private Reading(Reading whole, Func<Token, bool> kept)
    {
        _text = whole._text;
        Tokens = [.. whole.Tokens.Where(kept)];
        Sentences = whole.Sentences;
        (Exclamations, Questions, LetterWords, ShoutedWords) = (whole.Exclamations, whole.Questions, whole.LetterWords, whole.ShoutedWords);
    }

    /// <summary>The words in order.</summary>
    public Token[] Tokens { get; }

    /// <summary>How many sentences there are.</summary>
    public int Sentences { get; }

    /// <summary>How many exclamation marks were seen.</summary>
    public int Exclamations { get; private set; }

    /// <summary>How many question marks were seen.</summary>
    public int Questions { get; private set; }

    /// <summary>Whether any word is a bare figure.</summary>
    public bool HasFigures => Tokens.Any(IsFigure);

    /// <summary>How many words hold letters.</summary>
    public int LetterWords { get; private set; }

    /// <summary>How many words of three letters or more are shouted; shorter ones may be abbreviations.</summary>
    public int ShoutedWords { get; private set; }

    /// <summary>Whether any word but "I" begins with a capital: many chats are written without.</summary>
    public bool HasCapitals => Tokens.Any(token => token.Capital && token.Word != "i");

    /// <summary>Reads a text.</summary>
    public static Reading Of(string? text)
    {
        text ??= "";
        if (text.Length > MaxLength)
            text = text[..MaxLength];
        return new Reading(Signature.Cut(text));
    }

    /// <summary>Reads all of a text that is to be sent: what stands below a signature, in code marks or in an address is said, too.</summary>
    public static Reading Whole(string text)
    {
        if (text.Length > MaxLength)
            text = text[..MaxLength];
        return new Reading(text.Replace('`', ' ').Replace('@', ' ').Replace("://", " ", StringComparison.Ordinal).Replace("www.", " ", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The same without the words that are bare figures.</summary>
    public Reading WithoutFigures() => new(this, token => !IsFigure(token));

    private static bool IsFigure(Token token) => token.Word.All(char.IsAsciiDigit);

    private void Read()
    {
        var quoteEnd = -1;
        for (var i = 0; i < _text.Length;)
        {
            var c = Fold(_text[i]);
            if (c == '`')
            {
                i = SkipCode(i);
            }
            else if (char.IsSurrogate(c) || char.GetUnicodeCategory(c) == UnicodeCategory.OtherSymbol)
            {
                i = ReadSymbol(i, i < quoteEnd);
            }
            else if (IsWordStart(i))
            {
                i = ReadWord(i, quoted: i < quoteEnd);
            }
            else
            {
                if (c is '"' or '“' || (c is '\'' or '‘' && OpensQuote(i)))
                    quoteEnd = Math.Max(quoteEnd, ClosingQuote(i));
                if (c == '!')
                    Exclamations++;
                else if (c is '?' or '？' or '؟')
                    Questions++;
                if ((c == '.' && !IsInsideName(i)) || c is '!' or '?' or ';' or '。' or '？' or '！' or '؟' or '۔' || (c == '\n' && EndsLine(i)))
                    EndSentence();
                if (c is '$' or '€' or '£' or '₹' or '¥')
                    Add("$", shouted: false, i < quoteEnd);
                else if (c == '%')
                    Add("%", shouted: false, i < quoteEnd);
                i++;
            }
        }
    }

    private int ReadWord(int start, bool quoted)
    {
        var end = start;
        if (LooksLikeAddress(start, ref end))
        {
            Add(Address, shouted: false, quoted);
            return end;
        }

        while (end < _text.Length && IsWordPart(end))
            end++;
        var raw = _text.AsSpan(start, end - start);

        var word = new StringBuilder(raw.Length);
        var letters = 0;
        var lower = 0;
        foreach (var c in raw)
        {
            var folded = Fold(c);
            if (char.IsLetter(folded))
                letters++;
            if (char.IsLower(folded))
                lower++;
            word.Append(char.ToLowerInvariant(folded));
        }

        if (letters > 0)
            LetterWords++;
        var shouted = lower == 0 && letters >= 2 && letters == raw.Length && char.IsUpper(Fold(raw[0]));
        if (shouted && letters >= 3)
            ShoutedWords++;
        foreach (var part in Spelling.WriteOut(word.ToString()))
            Add(part, shouted, quoted, char.IsUpper(Fold(raw[0])));
        return end;
    }

    /// <summary>An emoji is a word of its own; half a surrogate pair is nothing.</summary>
    private int ReadSymbol(int start, bool quoted)
    {
        var length = char.IsHighSurrogate(_text[start]) && start + 1 < _text.Length && char.IsLowSurrogate(_text[start + 1]) ? 2 : 1;
        if (length == 2 || !char.IsSurrogate(_text[start]))
            Add(_text.Substring(start, length), shouted: false, quoted);
        return start + length;
    }

    private bool IsWordStart(int i) => char.IsLetterOrDigit(Fold(_text[i]));

    private bool IsWordPart(int i)
    {
        var c = Fold(_text[i]);
        if (char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
            return true;
        // "don't", "f**k" and "o'clock" are one word; "end.' " is not.
        return c is '\'' or '*' && i > 0 && i + 1 < _text.Length
            && (char.IsLetter(Fold(_text[i - 1])) || (c == '*' && _text[i - 1] == '*'))
            && (char.IsLetter(Fold(_text[i + 1])) || (c == '*' && _text[i + 1] == '*'));
    }

    /// <summary>Extends over a URL or an email address. Looks at a bounded stretch, so that one long word costs no more.</summary>
    private bool LooksLikeAddress(int start, ref int end)
    {
        var stop = start;
        var limit = Math.Min(_text.Length, start + LongestAddress);
        while (stop < limit && !char.IsWhiteSpace(_text[stop]) && _text[stop] is not ('"' or '<' or '>' or ',' or ';' or '(' or ')' or '!'))
            stop++;
        var word = _text.AsSpan(start, stop - start);
        var at = word.IndexOf('@');
        var isEmail = at > 0 && word[at..].Contains('.');
        if (!isEmail && !word.Contains("://", StringComparison.Ordinal) && !word.StartsWith("www.", StringComparison.OrdinalIgnoreCase))
            return false;
        // The full stop after an address ends the sentence.
        end = start + word.TrimEnd("?.:'").Length;
        return true;
    }

    private int SkipCode(int start)
    {
        var ticks = 1;
        while (start + ticks < _text.Length && _text[start + ticks] == '`')
            ticks++;
        var close = _text.IndexOf(new string('`', ticks), start + ticks, StringComparison.Ordinal);
        if (close < 0)
            return start + ticks;
        Add(Code, shouted: false, quoted: true);
        return close + ticks;
    }

    private bool OpensQuote(int i) => (i == 0 || char.IsWhiteSpace(_text[i - 1]) || _text[i - 1] == '(') && i + 1 < _text.Length && char.IsLetterOrDigit(_text[i + 1]);

    private int ClosingQuote(int open)
    {
        var close = Fold(_text[open]) switch { '“' => '”', '‘' => '\'', var same => same };
        var limit = Math.Min(_text.Length, open + LongestQuotedLabel);
        for (var i = open + 1; i < limit; i++)
        {
            if (Fold(_text[i]) == close && (i + 1 == _text.Length || !char.IsLetterOrDigit(_text[i + 1])))
                return i;
        }

        return -1;
    }

    /// <summary>The point in "monday.com" or "v1.2" ends no sentence.</summary>
    private bool IsInsideName(int i) => i > 0 && i + 1 < _text.Length && char.IsLetterOrDigit(_text[i - 1]) && (char.IsLower(_text[i + 1]) || char.IsAsciiDigit(_text[i + 1]));

    /// <summary>A line break ends a sentence unless the next line plainly runs on: mail programs wrap lines.</summary>
    private bool EndsLine(int i)
    {
        var next = i + 1;
        while (next < _text.Length && _text[next] is ' ' or '\t' or '\r')
            next++;
        return next >= _text.Length || !char.IsLower(_text[next]);
    }

    private void EndSentence()
    {
        if (!_sentenceHasWords)
            return;
        _sentence++;
        _sentenceHasWords = false;
    }

    private void Add(string word, bool shouted, bool quoted, bool capital = false)
    {
        _sentenceHasWords = true;
        _tokens.Add(new Token(word, _sentence, shouted, quoted, capital));
    }

    /// <summary>One form for curly apostrophes and for full-width letters, which are used to slip words past filters.</summary>
    private static char Fold(char c) => c switch
    {
        '’' or 'ʼ' or '´' => '\'',
        >= '！' and <= '～' => (char)(c - 0xFEE0),
        _ => c,
    };
}
