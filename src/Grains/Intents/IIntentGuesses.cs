namespace FteAgent.Intents;

/// <summary>Tells what a customer's words are after, as far as this silo knows.</summary>
internal interface IIntentGuesses
{
    /// <summary>What is likeliest meant; <see cref="IntentGuess.None"/> where nothing has been learned yet.</summary>
    IntentGuess Guess(string text);
}
