using System.Collections.Immutable;

namespace FteAgent.Answering;

/// <summary>What the assistant proposes for one exchange. Rules decide whether it is sent.</summary>
/// <param name="Text">The proposed answer, plain text; empty when there is none.</param>
/// <param name="Citations">The quotes that carry the answer; none means that no evidence was found.</param>
/// <param name="Confidence">The chance, 0 to 1, that the evidence answers the question.</param>
/// <param name="NeedsPerson">The reason the model itself gives for handing over, if it does.</param>
/// <param name="Failure">What kept the assistant from drafting at all (for operators; holds no customer text).</param>
/// <param name="Searches">How many searches were made.</param>
/// <param name="Model">Which model wrote it, with its version.</param>
[GenerateSerializer, Immutable, Alias("fte.draft")]
public sealed record Draft(
    [property: Id(0)] string Text,
    [property: Id(1)] ImmutableArray<Citation> Citations,
    [property: Id(2)] double Confidence,
    [property: Id(3)] EscalationReason? NeedsPerson = null,
    [property: Id(4)] string? Failure = null,
    [property: Id(5)] int Searches = 0,
    [property: Id(6)] string Model = "")
{
    /// <summary>No words: the rules settle this exchange without any.</summary>
    public static Draft None { get; } = new("", [], 0);

    /// <summary>The assistant could not draft.</summary>
    public static Draft Failed(string cause) => new("", [], 0, Failure: cause);
}
