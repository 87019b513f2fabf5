namespace FteAgent.Answering;

/// <summary>How soon a person is needed. Rises while nobody acknowledges the escalation.</summary>
public enum Urgency
{
    /// <summary>When there is time.</summary>
    Low,

    /// <summary>Within the promised time.</summary>
    Normal,

    /// <summary>Ahead of the others.</summary>
    High,

    /// <summary>Now: a breach, a threat, or a promise already missed.</summary>
    Urgent,
}
