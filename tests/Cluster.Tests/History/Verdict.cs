using System.Collections.Immutable;

namespace FteAgent.Cluster.History;

/// <summary>What must never happen.</summary>
internal enum Harm
{
    /// <summary>It was accepted or shown, and is not in the record.</summary>
    Lost,

    /// <summary>One message is stored, answered or told twice.</summary>
    Doubled,

    /// <summary>Something stands or came before what it followed.</summary>
    Reordered,

    /// <summary>Something is left undone although all is well again.</summary>
    Stuck,

    /// <summary>Someone was shown what belongs to another.</summary>
    Leaked,
}

/// <summary>One harm that was found.</summary>
/// <param name="Harm">Which.</param>
/// <param name="Conversation">Where.</param>
/// <param name="What">In words.</param>
internal sealed record Finding(Harm Harm, string Conversation, string What);

/// <summary>What became of a run.</summary>
/// <param name="Findings">Every harm.</param>
/// <param name="LongestWait">The longest that a message to the assistant waited for an answer or a person.</param>
internal sealed record Verdict(ImmutableArray<Finding> Findings, TimeSpan LongestWait)
{
    private const int MostListed = 20;

    /// <summary>How often a harm was found.</summary>
    public int Count(Harm harm) => Findings.Count(finding => finding.Harm == harm);

    public override string ToString()
    {
        var counts = string.Join(", ", Enum.GetValues<Harm>().Select(harm => $"{Count(harm)} {harm.ToString().ToLowerInvariant()}"))
            + FormattableString.Invariant($"; the longest wait for an answer was {LongestWait.TotalSeconds:0.0} s");
        var listed = Findings.Take(MostListed).Select(finding => $"\n  {finding.Harm}: conversation {finding.Conversation}: {finding.What}");
        return counts + string.Concat(listed) + (Findings.Length > MostListed ? $"\n  … and {Findings.Length - MostListed} more" : "");
    }
}
