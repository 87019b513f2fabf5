namespace FteAgent.Answering.Rules;

/// <summary>What a message is, before anyone asks what it is about.</summary>
public enum MessageKind
{
    /// <summary>A question, a report, a wish: everything that wants an answer.</summary>
    Matter,

    /// <summary>No words that can be read.</summary>
    Empty,

    /// <summary>A greeting and nothing else.</summary>
    Greeting,

    /// <summary>Thanks and nothing else.</summary>
    Thanks,

    /// <summary>The customer says that it is solved.</summary>
    SolvedConfirmation,
}
