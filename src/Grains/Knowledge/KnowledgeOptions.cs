using System.ComponentModel.DataAnnotations;

namespace FteAgent.Knowledge;

/// <summary>How the knowledge is searched and looked after. Bound from the section <c>Knowledge</c>.</summary>
public sealed class KnowledgeOptions
{
    /// <summary>What meaning counts for beside words in a search, from 0 (nothing, and no vectors are made) to 1. Default 0.</summary>
    [Range(0.0, 1.0)]
    public double VectorWeight { get; set; }

    /// <summary>How long a page is taken to hold without a change, where a newer one is about the same. Default 365 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromDays(365);
}
