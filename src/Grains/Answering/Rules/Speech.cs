namespace FteAgent.Answering.Rules;

/// <summary>What a message is, before anyone asks what it is about.</summary>
public enum Speech
{
    /// <summary>A question, a report, a wish: everything that wants an answer.</summary>
    Matter,

    /// <summary>No words that can be read.</summary>
    Empty,

    /// <summary>A greeting or "are you there?", and nothing else.</summary>
    Greeting,

    /// <summary>Thanks and nothing else. It does not say that anything is solved.</summary>
    Thanks,

    /// <summary>The customer says that it is solved.</summary>
    SolvedConfirmation,

    /// <summary>A word that says neither what is wanted nor thanks: "ok", "what?", "hm".</summary>
    Filler,
}
