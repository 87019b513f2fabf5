namespace FteAgent.Intents;

/// <summary>A text whose intent somebody told.</summary>
/// <param name="Text">What a customer wrote, or might.</param>
/// <param name="Label">The intent, such as an article's id; null for a text that no intent covers.</param>
internal sealed record LabelledText(string Text, string? Label);
