using System.Collections.Immutable;

namespace FteAgent.Silo.Settings;

/// <summary>
/// Finds variables that were meant as settings and are none: a typing error would else be the default, silently. What is looked at are
/// names that begin like ours, and names that are one letter away from one of ours.
/// </summary>
internal static partial class UnknownSettings
{
    /// <summary>A name without our beginning is somebody else's, unless it is nearly ours.</summary>
    private const int FarthestForeign = 1;

    private const string Prefix = "FTE_";

    /// <summary>A sentence for each, in order of name. Values are not repeated: one may be a secret.</summary>
    public static ImmutableArray<string> Find(IEnumerable<string> variables) =>
        [.. variables.Where(name => !IsKnown(name)).Order(StringComparer.Ordinal).Select(Sentence).OfType<string>()];

    /// <summary>Says in the log which of this process's variables are none.</summary>
    public static void Warn(ILogger logger)
    {
        foreach (var sentence in Find(Environment.GetEnvironmentVariables().Keys.Cast<string>()))
            LogUnknown(logger, sentence);
    }

    private static string? Sentence(string name)
    {
        var (nearest, distance) = KnownSettings.All.Select(known => (known, Distance(Upper(name), Upper(known)))).MinBy(each => each.Item2);
        return IsOurs(name) || distance <= FarthestForeign ? $"{name} is no setting and has no effect; the nearest is {nearest}, and docs/settings.md lists all." : null;
    }

    private static bool IsOurs(string name) =>
        name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
        || KnownSettings.Sections.Any(section => name.StartsWith(section.Name + SettingSection.Separator, StringComparison.OrdinalIgnoreCase));

    /// <summary>A list's entries are known by the first.</summary>
    private static bool IsKnown(string name)
    {
        var entry = name.LastIndexOf(SettingSection.Separator, StringComparison.Ordinal);
        var first = entry > 0 && int.TryParse(name[(entry + SettingSection.Separator.Length)..], out _) ? $"{name[..entry]}{SettingSection.Separator}0" : name;
        return KnownSettings.All.Contains(first, StringComparer.OrdinalIgnoreCase);
    }

    private static string Upper(string name) => name.ToUpperInvariant();

    /// <summary>How many letters are to be put in, left out or changed (Levenshtein).</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var changed = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }

    [LoggerMessage(5010, LogLevel.Warning, "{Sentence}")]
    private static partial void LogUnknown(ILogger logger, string sentence);
}
