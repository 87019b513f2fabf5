using System.Text;
using FteAgent.Answering;
using FteAgent.Answering.Rules;
using FteAgent.Answering.Rules.Foreign;

namespace FteAgent.Tests.Answering.Rules.Foreign;

/// <summary>
/// What the rules before the model hear in other languages than English, and what they let pass there. All sentences are our own; each list was written
/// before the phrases were tried on it.
/// </summary>
public sealed class ForeignPhrasesTests
{
    private const int FewestOfARule = 4;
    private const int FewestInnocent = 20;

    private static readonly Dictionary<string, (string Heard, string Passed)> Languages = new()
    {
        ["de"] = (GermanSentences.Heard, GermanSentences.Passed),
        ["es"] = (SpanishSentences.Heard, SpanishSentences.Passed),
        ["fr"] = (FrenchSentences.Heard, FrenchSentences.Passed),
        ["it"] = (ItalianSentences.Heard, ItalianSentences.Passed),
        ["nl"] = (DutchSentences.Heard, DutchSentences.Passed),
        ["pt"] = (PortugueseSentences.Heard, PortugueseSentences.Passed),
    };

    private static readonly RuleBook AnyLanguage = new(EscalationPolicy.Default with { Languages = [] });

    public static TheoryData<string, string> Heard
    {
        get
        {
            var heard = new TheoryData<string, string>();
            foreach (var line in Languages.Values.SelectMany(language => Lines(language.Heard)))
                heard.Add(line.Split(": ", 2)[0], line.Split(": ", 2)[1]);
            return heard;
        }
    }

    public static TheoryData<string> Passed => [.. Languages.Values.SelectMany(language => Lines(language.Passed))];

    [Theory]
    [MemberData(nameof(Heard))]
    public void A_rule_hears_what_it_is_for(string ruleId, string message)
    {
        Assert.True(Ask.Holds(ruleId, message), message);
        Assert.True(Ask.Holds(ruleId, message.Normalize(NormalizationForm.FormD)), "with accents as characters of their own");
        Assert.True(Ask.Holds(ruleId, $"Hallo!\n{message}\nGracias"), "amid other sentences");
    }

    [Theory]
    [MemberData(nameof(Passed))]
    public void Questions_about_the_product_pass(string message) => Assert.Null(AnyLanguage.Before(ExchangeText.Of(message))?.RuleId);

    [Fact]
    public void Each_rule_is_tried_in_each_language()
    {
        Assert.Equal(ForeignPhrases.ByLanguage.Keys.Order(), Languages.Keys.Order());
        foreach (var (language, sentences) in Languages)
        {
            var tried = Lines(sentences.Heard).CountBy(line => line.Split(": ")[0]).ToDictionary();
            Assert.All(ForeignPhrases.RuleIds, id => Assert.True(tried.GetValueOrDefault(id) >= FewestOfARule, $"{language}: {id}"));
            Assert.True(Lines(sentences.Passed).Length >= FewestInnocent, language);
        }
    }

    [Fact]
    public void Each_language_has_each_rule_once() =>
        Assert.All(ForeignPhrases.ByLanguage.Values, rules => Assert.Equal(ForeignPhrases.RuleIds.Order(), rules.Select(rule => rule.RuleId).Order()));

    [Fact]
    public void Only_rules_of_the_table_are_named() =>
        Assert.Empty(ForeignPhrases.RuleIds.Except(RuleTable.Before.Select(rule => rule.Id)));

    /// <summary>A word with an accent, or one that the reading writes out as English, could never match.</summary>
    [Fact]
    public void Phrases_are_written_as_messages_are_read()
    {
        var words = ForeignPhrases.RuleIds.SelectMany(id => ForeignPhrases.Of(id).Patterns)
            .SelectMany(pattern => pattern.Split(' ', '|')).Select(word => word.TrimEnd('?', '*')).Where(word => word.Length > 0 && char.IsLetter(word[0])).ToList();

        Assert.NotEmpty(words);
        Assert.Empty(words.Where(word => ForeignDraftPhrases.Unaccented(word) != word || Spelling.WriteOut(word) is not [var same] || same != word).Distinct());
    }

    public static TheoryData<string> English => [.. ParaphrasesForTheAssistantTests.Messages, .. ParaphrasesForAPersonTests.Messages];

    [Theory]
    [MemberData(nameof(English))]
    public void English_holds_none_of_the_phrases(string message)
    {
        var reading = ForeignReading.Of(message, Reading.Of(message));

        Assert.All(ForeignPhrases.RuleIds, id => Assert.Null(ForeignPhrases.Of(id).Find(reading, PhraseSet.None)?.Pattern));
    }

    [Theory]
    [InlineData("Hallo,\nwie füge ich eine Spalte hinzu?\n\nMit freundlichen Grüßen\nDr. Eva Anwalt\nKanzlei Anwalt & Partner")]
    [InlineData("Bonjour,\ncomment ajouter une colonne ?\n\nCordialement,\nMaître Ada Avocat")]
    [InlineData("Hola, ¿cómo agrego una columna?\n\nAtentamente,\nBufete Abogados Asociados")]
    public void A_signature_says_who_writes_and_not_what_they_want(string message) => Assert.Null(AnyLanguage.Before(ExchangeText.Of(message)));

    [Fact]
    public void A_breach_is_urgent_in_any_language() =>
        Assert.Equal(new RuleVerdict("A5.security", EscalationReason.Security, Urgency.Urgent), Ask.Book.Before(ExchangeText.Of("Mon compte a été piraté")));

    private static string[] Lines(string lines) => lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
