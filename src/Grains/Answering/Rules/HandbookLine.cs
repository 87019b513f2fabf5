namespace FteAgent.Answering.Rules;

/// <summary>What a section of a handbook is for.</summary>
internal enum HandbookSection
{
    /// <summary>Tone, templates, process: says nothing about when to hand over.</summary>
    Other,

    /// <summary>When to hand over.</summary>
    Escalate,

    /// <summary>When not to.</summary>
    Exempt,
}

/// <summary>One statement of a handbook with the place it stands in.</summary>
/// <param name="Text">Its words, without Markdown.</param>
/// <param name="Headings">The headings above it, outermost first.</param>
/// <param name="Section">What its section is for.</param>
/// <param name="Label">The label before it, such as "Keywords".</param>
/// <param name="Keywords">Phrases it lists as triggers; they are matched as they stand.</param>
/// <param name="Channel">The only channel it is about.</param>
internal sealed record HandbookLine(string Text, IReadOnlyList<string> Headings, HandbookSection Section, string Label, IReadOnlyList<string> Keywords, string? Channel)
{
    /// <summary>The nearest heading.</summary>
    public string Heading => Headings.Count == 0 ? "" : Headings[^1];
}
