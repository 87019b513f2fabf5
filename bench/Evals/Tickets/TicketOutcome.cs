using System.Text.Json;
using FteAgent.Answering;

namespace FteAgent.Evals.Tickets;

/// <summary>What became of a ticket.</summary>
/// <param name="Ticket">The ticket.</param>
/// <param name="Decision">What was decided.</param>
/// <param name="Draft">The draft that was decided on; none where the rules needed none.</param>
/// <param name="Took">How long it took to draft.</param>
/// <param name="AskedAgain">How often the model was asked again for what it said to quote.</param>
internal sealed record TicketOutcome(SupportTicket Ticket, Decision Decision, Draft Draft, TimeSpan Took, int AskedAgain)
{
    /// <summary>Whether a person gets it.</summary>
    public bool IsHandedOver => Decision is Decision.Escalate;

    /// <summary>Whether a person gets it since the documents do not answer, or do not carry what was drafted.</summary>
    public bool LacksEvidence => Decision is Decision.Escalate { Rule: var rule } && rule.StartsWith("A3.", StringComparison.Ordinal);

    /// <summary>Whether a model was asked.</summary>
    public bool IsDrafted => Draft.Model.Length > 0 || Draft.Failure is not null;

    /// <summary>Why a person gets it, and by which rule; null where nobody does.</summary>
    public string? Why => Decision is not Decision.Escalate escalate ? null
        : $"{JsonNamingPolicy.SnakeCaseLower.ConvertName(escalate.Reason.ToString())} ({escalate.Rule}{(Draft.Failure is { } cause ? $": {cause}" : "")})";

    /// <summary>Whether the same was decided, by the same rule.</summary>
    public bool IsDecidedLike(TicketOutcome other) => Decision.GetType() == other.Decision.GetType() && Decision.Rule == other.Decision.Rule;

    /// <summary>Whether the same words of the same documents are shown.</summary>
    public bool CitesLike(TicketOutcome other) => Cited.SequenceEqual(other.Cited);

    private IEnumerable<(string, string)> Cited => Decision is Decision.Reply { Citations: { IsDefaultOrEmpty: false } citations }
        ? citations.Select(citation => (citation.DocumentId, citation.Quote))
        : [];
}
