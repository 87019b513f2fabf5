namespace FteAgent.Evals;

/// <summary>Something that the report draws.</summary>
/// <param name="Title">What it shows.</param>
internal abstract record Exhibit(string Title);

/// <summary>What was taken for what.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Confusions">Every pair of labels that was mistaken, the most frequent first.</param>
internal sealed record ConfusionExhibit(string Title, IReadOnlyList<Confusion> Confusions) : Exhibit(Title);

/// <summary>One mistake.</summary>
/// <param name="Meant">The right label.</param>
/// <param name="Answered">The label that was given.</param>
/// <param name="Count">How often.</param>
internal sealed record Confusion(string Meant, string Answered, int Count);

/// <summary>What the evidence said of questions, and whether the documents answer them.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Needed">Below this the product refuses.</param>
/// <param name="Points">The questions.</param>
internal sealed record EvidenceExhibit(string Title, double Needed, IReadOnlyList<EvidencePoint> Points) : Exhibit(Title);

/// <summary>One question.</summary>
/// <param name="Chance">The chance that the documents answer, as the product says.</param>
/// <param name="Answerable">Whether they do.</param>
internal sealed record EvidencePoint(double Chance, bool Answerable);

/// <summary>Why messages reached a person whose rules did not ask for one.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Of">How many messages there were.</param>
/// <param name="Reasons">The reasons with their rules, the most frequent first.</param>
internal sealed record ReasonsExhibit(string Title, int Of, IReadOnlyList<(string Reason, int Count)> Reasons) : Exhibit(Title);
