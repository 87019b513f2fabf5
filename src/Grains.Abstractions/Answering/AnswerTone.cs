namespace FteAgent.Answering;

/// <summary>How a model words its answers; quotes stay as they are.</summary>
public enum AnswerTone
{
    /// <summary>Warm and plain.</summary>
    Friendly,

    /// <summary>Polite and neutral, without contractions.</summary>
    Formal,

    /// <summary>As few words as it takes.</summary>
    Brief,
}
