namespace FteAgent.Answering.Rules.Foreign;

/// <summary>What one rule listens for in one language.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="When">Phrases that it holds by: without accents, and apart where an apostrophe joins, as <see cref="ForeignReading"/> reads them.</param>
/// <param name="Unless">What the same sentence must not say. These are asked of English phrases, too, since many a word is borrowed.</param>
internal sealed record RulePhrases(string RuleId, string[] When, string[] Unless);
