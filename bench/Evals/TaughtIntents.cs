using FteAgent.Intents;

namespace FteAgent.Evals;

/// <summary>Intents that were just learned, as a silo knows those of its record.</summary>
internal sealed class TaughtIntents : IIntentGuesses
{
    private IntentClassifier classifier = IntentClassifier.Empty;

    public void Learn(IEnumerable<LabelledText> examples) => classifier = IntentTrainer.Train(examples, CancellationToken.None);

    public IntentGuess Guess(string text) => classifier.Labels.IsEmpty ? IntentGuess.None : classifier.Classify(text);
}
