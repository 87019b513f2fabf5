using System.Collections.Immutable;

namespace FteAgent.Answering.Rules;

/// <summary>Words of a draft, read as they look and in every other way that brings something hidden to light.</summary>
internal sealed class DraftReading
{
    private readonly ImmutableArray<(Reading Words, Reading Unaccented, string Text)> readings;

    public DraftReading(string text)
    {
        Text = Disguise.Plain(text);
        var others = Disguise.Readings(text);
        IsDisguised = others.Length > 0;
        readings = [.. others.Prepend(Text).Select(reading => (Reading.Whole(reading), Reading.Whole(ForeignDraftPhrases.Unaccented(reading)), reading))];
    }

    /// <summary>The words as they look.</summary>
    public string Text { get; }

    /// <summary>The words in each reading.</summary>
    public IEnumerable<Reading> Readings => readings.Select(reading => reading.Words);

    /// <summary>Whether something is hidden in them.</summary>
    public bool IsDisguised { get; }

    /// <summary>Whether a phrase is said, in any reading.</summary>
    public bool Says(PhraseSet phrases, PhraseSet? unless = null) => readings.Any(reading => phrases.Matches(reading.Words, unless ?? PhraseSet.None));

    /// <summary>Whether it is said, in English or in another language.</summary>
    public bool Says(PhraseSet phrases, Func<Reading, string, bool> foreign) => Says(phrases) || SaysAbroad(foreign);

    /// <summary>Whether it is said in another language than English.</summary>
    public bool SaysAbroad(Func<Reading, string, bool> foreign) => readings.Any(reading => foreign(reading.Unaccented, reading.Text));
}
