using System.Collections.Immutable;

namespace FteAgent.Intents;

/// <summary>What a classifier makes of a text.</summary>
/// <param name="Labels">The likeliest intents, best first, at most <see cref="MostLabels"/>; none where the classifier knows no intents or the text has no words.</param>
/// <param name="InScope">The chance that any of the known intents is meant, from 0 to 1.</param>
internal sealed record IntentGuess(ImmutableArray<IntentChance> Labels, double InScope)
{
    /// <summary>Below this, none of the known intents is taken to be meant.</summary>
    public const double Needed = 0.5;

    public const int MostLabels = 10;

    /// <summary>Nothing is known about the text.</summary>
    public static readonly IntentGuess None = new([], 0);

    /// <summary>The chance that the likeliest intent is meant, and not another one or none.</summary>
    public double Surety => Labels.Length > 0 ? InScope * Labels[0].Chance : 0;

    /// <summary>The likeliest intent, or null where none of the known ones is likely to be meant.</summary>
    public string? Label => InScope >= Needed && Labels.Length > 0 ? Labels[0].Label : null;
}

/// <summary>An intent and its chance among all known ones, provided that one of them is meant.</summary>
/// <param name="Label">The intent.</param>
/// <param name="Chance">Its chance.</param>
/// <param name="Examples">By how many examples it is known.</param>
internal readonly record struct IntentChance(string Label, double Chance, int Examples);
