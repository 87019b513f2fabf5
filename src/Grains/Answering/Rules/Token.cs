namespace FteAgent.Answering.Rules;

/// <summary>One word of a <see cref="Reading"/>.</summary>
/// <param name="Word">Lower case, contractions spelled out.</param>
/// <param name="Sentence">The sentence it stands in, from 0; a phrase never spans two.</param>
/// <param name="Shouted">Written in capitals throughout, two letters or more.</param>
/// <param name="Quoted">Inside quotation marks: often a label on the screen, not what the customer says.</param>
/// <param name="Capital">Begins with a capital.</param>
internal readonly record struct Token(string Word, int Sentence, bool Shouted, bool Quoted, bool Capital);
