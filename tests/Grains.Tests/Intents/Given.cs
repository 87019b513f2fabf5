using FteAgent.Intents;

namespace FteAgent.Tests.Intents;

/// <summary>What the tests in this room start from: what customers ask a small shop for bicycles.</summary>
internal static class Given
{
    private static readonly string[] Things = ["bike", "bicycle", "helmet", "pump", "lock", "light", "saddle", "chain", "pedal", "basket"];

    private static readonly (string Label, string[] Ways)[] Intents =
    [
        ("delivery", ["when will my {0} arrive", "how long does shipping of a {0} take", "where is the {0} that i ordered", "has my {0} been dispatched yet"]),
        ("return", ["i want to send the {0} back", "how do i return a {0}", "can i exchange this {0} for another one", "what is your return policy for a {0}"]),
        ("repair", ["my {0} is broken", "can you fix a damaged {0}", "the {0} makes a strange noise, please repair it", "do you mend an old {0}"]),
        ("hours", ["when do you open to look at a {0}", "are you open on sunday, i need a {0}", "what are your opening hours for a {0} pickup", "how late can i collect my {0} today"]),
        ("warranty", ["is there a guarantee on the {0}", "how many years of warranty does a {0} have", "does the warranty cover my {0}", "i lost the guarantee card of my {0}"]),
    ];

    private static readonly string[] Elsewhere =
    [
        "who wrote the third symphony", "what is the capital of norway", "tell me a story about dragons", "how tall is the highest mountain",
        "which planet has the most moons", "convert seven miles to kilometres", "who won the chess championship", "what does serendipity mean",
        "suggest a film for tonight", "how do i cook rice", "is it going to snow", "name a poet from chile", "what year did the war end",
        "how many legs has a spider", "play some jazz", "translate cat into welsh", "how far is the moon", "who invented the telephone",
        "do fish sleep", "what rhymes with orange", "how old is the universe", "sing me a song", "who is the president", "why is the sky blue",
    ];

    /// <summary>Five intents with forty examples each.</summary>
    public static List<LabelledText> Shop() =>
        [.. from intent in Intents from way in intent.Ways from thing in Things select new LabelledText(way.Replace("{0}", thing, StringComparison.Ordinal), intent.Label)];

    /// <summary>Texts that none of them covers.</summary>
    public static List<LabelledText> OutOfScope() => [.. Elsewhere.Select(text => new LabelledText(text, null))];

    public static IntentClassifier Classifier(params IEnumerable<LabelledText> examples) => IntentTrainer.Train(examples, CancellationToken.None);
}
