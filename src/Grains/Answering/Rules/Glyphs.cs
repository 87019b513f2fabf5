using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace FteAgent.Answering.Rules;

/// <summary>
/// Which letter an eye takes a character for: styled letters (Unicode's mathematical, enclosed, full-width and small ones), letters of other
/// scripts that look Latin (the cases of UTS 39 that make words), and letters turned on their head.
/// </summary>
internal static class Glyphs
{
    private const string Styled = "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉ℂℊℋℌℍℎℐℑℒℓℕℙℚℛℜℝℤℨℬℭℯℰℱℳℴıɡ";
    private const string StyledAs = "abcdefghijklmnopqrstuvwyzabcdefghijklmnoprstuvwxyzaehijklmnoprstuvx01234567890123456789cghhhhiillnpqrrrzzbceefmoig";
    private const string Foreign = "авеёкмнорстухіїјѕԁԛԝһӏгпиьαβεηικνορτυχγωμσ";
    private const string ForeignAs = "abeekmhopctyxiijsdqwhlrnubabenikvoptuxywuo";
    private const string ForeignCapitals = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧВНРСУХ";
    private const string ForeignCapitalsAs = "abezhikmnoptyxbhpcyx";
    private const string Turned = "ɐqɔpǝɟƃɓɥᴉıɾʞʅɯuodbɹsʇnʌʍʎz";
    private const string TurnedAs = "abcdefgghiijklmnopqrstuvwyz";

    private static readonly FrozenDictionary<char, char> Looks = Table((Styled, StyledAs));
    private static readonly FrozenDictionary<char, char> ForeignLooks = Table((Foreign, ForeignAs), (ForeignCapitals, ForeignCapitalsAs));
    private static readonly FrozenDictionary<char, char> TurnedLooks = Table((Turned, TurnedAs));

    // Blocks that hold the alphabet in order: where it begins, how many letters or digits, which comes first.
    private static readonly (int First, int Count, char As)[] Alphabets =
    [
        (0x1D7CE, 10, '0'), (0x1D7D8, 10, '0'), (0x1D7E2, 10, '0'), (0x1D7EC, 10, '0'), (0x1D7F6, 10, '0'), (0x1FBF0, 10, '0'),
        (0x24B6, 26, 'a'), (0x24D0, 26, 'a'), (0x249C, 26, 'a'), (0x2460, 9, '1'), (0x2474, 9, '1'), (0x2776, 9, '1'), (0x2780, 9, '1'),
        (0x1F110, 26, 'a'), (0x1F130, 26, 'a'), (0x1F150, 26, 'a'), (0x1F170, 26, 'a'), (0x1F1E6, 26, 'a'),
    ];

    /// <summary>Whether it takes no place on the line: it can only part what is read together. Line breaks and tabs do take one.</summary>
    public static bool IsInvisible(Rune rune) => rune.IsAscii
        ? rune.Value is (< ' ' and not ('\n' or '\r' or '\t')) or 0x7f
        : Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.EnclosingMark
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control
        // Marks on Latin letters; those of other scripts are part of their words.
        || rune.Value is (>= 0x300 and < 0x370) or (>= 0x1AB0 and < 0x1B00) or (>= 0x1DC0 and < 0x1E00) or (>= 0x20D0 and < 0x2100) or (>= 0xFE00 and < 0xFE10)
        || rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800;

    /// <summary>The same character without its style.</summary>
    public static void AppendPlain(StringBuilder plain, Rune rune)
    {
        if (rune.IsAscii)
            plain.Append((char)rune.Value);
        else if (rune.Value is >= 0x1D400 and < 0x1D6A4)
            plain.Append((char)('a' + (rune.Value - 0x1D400) % 26));
        else if (rune.Value is >= 0xFF01 and <= 0xFF5E)
            plain.Append((char)(rune.Value - 0xFEE0));
        else if (rune.IsBmp && Looks.TryGetValue((char)rune.Value, out var plainLetter))
            plain.Append(plainLetter);
        else if (rune.Value is 0xFB01 or 0xFB02)
            plain.Append(rune.Value is 0xFB01 ? "fi" : "fl");
        else if (Array.Find(Alphabets, row => rune.Value >= row.First && rune.Value < row.First + row.Count) is { Count: > 0 } block)
            plain.Append((char)(block.As + rune.Value - block.First));
        else
            plain.Append(rune.ToString());
    }

    /// <summary>Whether it is a letter of another script that looks like a Latin one.</summary>
    public static bool LooksLatin(char c) => ForeignLooks.ContainsKey(c) || ForeignLooks.ContainsKey(char.ToLowerInvariant(c));

    /// <summary>The Latin letter that it looks like; itself where it looks like none.</summary>
    public static char Latin(char c) =>
        ForeignLooks.TryGetValue(c, out var look) || ForeignLooks.TryGetValue(char.ToLowerInvariant(c), out look) ? look : c;

    /// <summary>The letter that it is when the page is turned.</summary>
    public static char Upright(char c) => TurnedLooks.GetValueOrDefault(char.ToLowerInvariant(c), c);

    private static FrozenDictionary<char, char> Table(params (string Of, string As)[] rows)
    {
        var table = new Dictionary<char, char>();
        foreach (var (of, letters) in rows)
            for (var i = 0; i < of.Length; i++)
                table.TryAdd(of[i], letters[i]);
        return table.ToFrozenDictionary();
    }
}
