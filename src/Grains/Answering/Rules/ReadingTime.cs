using System.Text.RegularExpressions;

namespace FteAgent.Answering.Rules;

/// <summary>
/// How long a pattern may look at a text. The patterns are written so that they end at once; one that meets its worst text all the same holds no silo
/// for minutes: what was not read to the end was read by nobody, so that a person does.
/// </summary>
public static class ReadingTime
{
    /// <summary>The longest, far above what any text takes, so that a machine that stands still for a moment breaks nothing.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Holds every pattern of this process to it. A pattern learns it when it is first used, so this comes before everything else.</summary>
    public static void Limit() => AppContext.SetData("REGEX_DEFAULT_MATCH_TIMEOUT", Longest);

    /// <summary>What was found, or that a person has to read.</summary>
    internal static RuleVerdict? OrUnread(Func<RuleVerdict?> find) => Or(find, new("A5.failure", EscalationReason.ServiceUnavailable, Urgency.Normal));

    /// <summary>What was found in a text; where it was not read to its end, what its reader takes it for then.</summary>
    internal static T Or<T>(Func<T> find, T unread)
    {
        try
        {
            return find();
        }
        catch (RegexMatchTimeoutException)
        {
            return unread;
        }
    }
}
