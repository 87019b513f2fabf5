using System.Collections.Immutable;

namespace FteAgent.Silo.Settings;

/// <summary>
/// How much is logged, by category: <c>Logging__LogLevel__Default</c> and whatever else stands beside it. The framework reads these itself;
/// of one that it cannot read it repeats the value and not the name.
/// </summary>
internal static class LogLevels
{
    private const string Section = "Logging";
    private const string Levels = "LogLevel";

    /// <summary>A sentence for each level that is none.</summary>
    public static ImmutableArray<string> Faults(IConfiguration configuration)
    {
        var logging = configuration.GetSection(Section);
        // Those of all, and those of one provider: Logging__Console__LogLevel__Default.
        return
        [
            .. logging.GetChildren().Select(provider => provider.GetSection(Levels)).Prepend(logging.GetSection(Levels))
                .SelectMany(levels => levels.GetChildren()).Where(level => level.Value is { Length: > 0 } given && !IsLevel(given))
                .Select(level => $"{level.Path.Replace(":", SettingSection.Separator, StringComparison.Ordinal)} must be one of {string.Join(", ", Enum.GetNames<LogLevel>())}."),
        ];
    }

    private static bool IsLevel(string given) => Enum.TryParse<LogLevel>(given, ignoreCase: true, out var level) && Enum.IsDefined(level);
}
