using System.Buffers;

namespace FteAgent.Answering.Hiding;

/// <summary>Digits that stand together, in groups with little between them. One is filled again for each run, so that a long text costs no more.</summary>
internal sealed class DigitRun
{
    /// <summary>More between two digits is no way of writing one number; <c>) / </c> is.</summary>
    private const int MostBetween = 4;

    private readonly List<(byte Digit, int Place, int Group)> digits = [];
    private readonly List<DigitGroup> groups = [];

    /// <summary>How many digits there are.</summary>
    public int Count => digits.Count;

    /// <summary>Its groups.</summary>
    public IReadOnlyList<DigitGroup> Groups => groups;

    /// <summary>The digit at a place of the run.</summary>
    public int this[int at] => digits[at].Digit;

    /// <summary>Where in the text that digit stands.</summary>
    public int Place(int at) => digits[at].Place;

    /// <summary>The group that a digit belongs to.</summary>
    public DigitGroup GroupOf(int at) => groups[digits[at].Group];

    /// <summary>Which group a digit belongs to.</summary>
    public int IndexOfGroup(int at) => digits[at].Group;

    /// <summary>Whether a digit is the first of its group.</summary>
    public bool Begins(int at) => GroupOf(at).First == at;

    /// <summary>Whether a digit is the last of its group.</summary>
    public bool Ends(int at) => GroupOf(at).End == at + 1;

    /// <summary>The number that a group is; groups of more than nine digits are as large as it gets.</summary>
    public int Value(DigitGroup group)
    {
        if (group.Count > 9)
            return int.MaxValue;
        var value = 0;
        for (var at = group.First; at < group.End; at++)
            value = value * 10 + this[at];
        return value;
    }

    /// <summary>Reads the next run.</summary>
    /// <param name="seen">The text.</param>
    /// <param name="at">Where to look from; then where the run ends.</param>
    /// <param name="separators">What may stand between two groups.</param>
    /// <returns>Whether there was one.</returns>
    public bool Read(ReadOnlySpan<char> seen, ref int at, SearchValues<char> separators)
    {
        digits.Clear();
        groups.Clear();
        var next = at < seen.Length ? seen[at..].IndexOfAnyInRange('0', '9') : -1;
        if (next < 0)
            return false;
        for (var place = at + next; ;)
        {
            groups.Add(new(digits.Count, digits.Count, digits.Count == 0 ? '\0' : Between(seen[at..place])));
            for (; place < seen.Length && char.IsAsciiDigit(seen[place]); place++)
                digits.Add(((byte)(seen[place] - '0'), place, groups.Count - 1));
            groups[^1] = groups[^1] with { End = digits.Count };
            at = place;
            while (place < seen.Length && place - at < MostBetween && separators.Contains(seen[place]))
                place++;
            if (place == seen.Length || !char.IsAsciiDigit(seen[place]))
                return true;
        }
    }

    /// <summary>What parts most of what stands between: a new line, a comma, a space, else the separator, or a question mark for several.</summary>
    private static char Between(ReadOnlySpan<char> separators)
    {
        var between = '\0';
        foreach (var c in separators)
        {
            if (c != between)
                between = Rank(c) > Rank(between) ? c : Rank(c) < Rank(between) ? between : '?';
        }

        return between;
    }

    private static int Rank(char c) => c switch
    {
        '\n' => 4,
        ',' => 3,
        ' ' => 2,
        '\0' => 0,
        _ => 1,
    };
}

/// <summary>Digits with nothing between them.</summary>
/// <param name="First">The first, counted in the run.</param>
/// <param name="End">After the last.</param>
/// <param name="Before">What parts it from the group before.</param>
internal readonly record struct DigitGroup(int First, int End, char Before)
{
    /// <summary>How many digits it has.</summary>
    public int Count => End - First;
}
