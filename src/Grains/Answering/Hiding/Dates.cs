namespace FteAgent.Answering.Hiding;

/// <summary>Dates among digits, with four digits for the year: 2024-01-15, 15.01.2024, 1/15/2024, 20240115.</summary>
internal static class Dates
{
    /// <summary>Whether a date begins at a group.</summary>
    public static bool Begins(DigitRun run, int group) => Length(run, group) > 0;

    /// <summary>How many groups the date has that begins at a group; 0 where none does.</summary>
    public static int Length(DigitRun run, int at)
    {
        var groups = run.Groups;
        var first = groups[at];
        // Behind other digits, eight of them are more likely a number's.
        if (at == 0 && IsCompact(run, first))
            return 1;
        if (at + 2 >= groups.Count || groups[at + 1].Before is not ('-' or '.' or '/') || groups[at + 2].Before != groups[at + 1].Before)
            return 0;
        if (at + 3 < groups.Count && groups[at + 3].Before == groups[at + 1].Before && groups[at + 3].Before is not '-')
            return 0;
        var (second, third) = (groups[at + 1], groups[at + 2]);
        return first.Count == 4
            ? IsYear(run.Value(first)) && IsDay(run, second, third) ? 3 : 0
            : third.Count == 4 && IsYear(run.Value(third)) && (IsDay(run, first, second) || IsDay(run, second, first)) ? 3 : 0;
    }

    /// <summary>20240115, or with the time to the second.</summary>
    private static bool IsCompact(DigitRun run, DigitGroup group)
    {
        if (group.Count is not (8 or 14))
            return false;
        int Two(int at) => run[group.First + at] * 10 + run[group.First + at + 1];
        return IsYear(Two(0) * 100 + Two(2)) && Two(4) is >= 1 and <= 12 && Two(6) is >= 1 and <= 31
            && (group.Count == 8 || (Two(8) < 24 && Two(10) < 60 && Two(12) < 60));
    }

    private static bool IsYear(int value) => value is >= 1900 and <= 2099;

    private static bool IsDay(DigitRun run, DigitGroup month, DigitGroup day) =>
        month.Count <= 2 && day.Count <= 2 && run.Value(month) is >= 1 and <= 12 && run.Value(day) is >= 1 and <= 31;
}
