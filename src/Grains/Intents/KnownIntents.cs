using Microsoft.Extensions.Logging;

namespace FteAgent.Intents;

/// <summary>The intents that this silo knows: the record's classifier, held in memory and swapped whole.</summary>
internal sealed partial class KnownIntents(IIntents record, IntentMetrics metrics, ILogger<KnownIntents> log) : IIntentGuesses, IDisposable
{
    private readonly SemaphoreSlim switching = new(1, 1);
    private volatile IntentClassifier classifier = IntentClassifier.Empty;
    private long number;
    private long refused;

    public IntentGuess Guess(string text)
    {
        var known = classifier;
        if (known.Labels.IsEmpty) return IntentGuess.None;
        var guess = known.Classify(text);
        metrics.Asked(guess);
        return guess;
    }

    /// <summary>Whether what is kept under this number could not be read: it is to be made anew.</summary>
    public bool Refused(long kept) => Interlocked.Read(ref refused) == kept;

    /// <summary>Reads what the record keeps now, if it is another one than that in memory, and tells of it.</summary>
    public async Task<KeptIntents> Refresh(CancellationToken cancellationToken)
    {
        await switching.WaitAsync(cancellationToken);
        try
        {
            var kept = await record.Current(cancellationToken);
            if (kept.Number == number) return kept;
            classifier = kept.Format == ClassifierBytes.Version && await record.Load(kept.Number, cancellationToken) is { } bytes
                ? Read(bytes, kept)
                : IntentClassifier.Empty;
            number = kept.Number;
            metrics.Knows(classifier);
            LogSwitched(kept.Number, classifier.Labels.Length, classifier.Examples.Count);
            return kept;
        }
        finally
        {
            switching.Release();
        }
    }

    public void Dispose() => switching.Dispose();

    private IntentClassifier Read(byte[] bytes, KeptIntents kept)
    {
        if (ClassifierBytes.TryRead(bytes, out var read, out var fault)) return read;
        Interlocked.Exchange(ref refused, kept.Number);
        metrics.Refused();
        LogRefused(fault, kept.Number);
        return IntentClassifier.Empty;
    }

    [LoggerMessage(2130, LogLevel.Information, "Intents {Number} are asked now; there are {Labels} of them, by {Examples} examples.")]
    private partial void LogSwitched(long number, int labels, int examples);

    [LoggerMessage(2131, LogLevel.Warning, "{Fault} It is number {Number}; it is trained anew, and until then no intents are known.")]
    private partial void LogRefused(string fault, long number);
}
