namespace FteAgent.Knowledge;

/// <summary>Knows how telling a word is in the documents searched.</summary>
internal interface ITermWeights
{
    /// <summary>High for rare words, near 0 for common ones, 0 for words that no document holds.</summary>
    double Weight(ReadOnlySpan<char> term);
}
