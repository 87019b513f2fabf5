using FteAgent.Answering;
using FteAgent.Answering.Rules;

namespace FteAgent.Knowledge.Flags;

/// <summary>What can be doubtful about one chunk by itself: its claims, and the places that speak to the assistant.</summary>
/// <param name="Subject">The words of its title and heading, which say what its claims are about.</param>
/// <param name="Claims">What it says.</param>
/// <param name="Instructions">The paragraphs, items and rows in which a sentence speaks to the assistant.</param>
/// <param name="IsUnread">Whether its patterns did not end in time: then all of it is taken for such a sentence.</param>
internal sealed record ChunkReading(int[] Subject, IReadOnlyList<Claim> Claims, IReadOnlyList<string> Instructions, bool IsUnread = false);

/// <summary>Reads chunks, each once: a chunk's id tells its words, so that only what is new in a version is read.</summary>
/// <param name="speaks">Whether a sentence speaks to the assistant; null asks the rules.</param>
internal sealed class ChunkReader(Predicate<string>? speaks = null)
{
    private readonly Predicate<string> speaks = speaks ?? SpeaksToTheAssistant;
    private Dictionary<string, ChunkReading> known = new(StringComparer.Ordinal);

    /// <summary>Reads a version's chunks, and forgets those of other versions.</summary>
    public IReadOnlyDictionary<string, ChunkReading> Read(IEnumerable<SearchHit> chunks, CancellationToken cancellationToken)
    {
        var read = new Dictionary<string, ChunkReading>(StringComparer.Ordinal);
        var stuck = new HashSet<string>(StringComparer.Ordinal);
        foreach (var chunk in chunks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // What was not read is tried again with the next version and on the next day: the machine may have stood still.
            read[chunk.ChunkId] = known.GetValueOrDefault(chunk.ChunkId) is { IsUnread: false } before ? before : ReadInTime(chunk, stuck);
        }

        return known = read;
    }

    // As it looks to a reader: what is hidden more cleverly than that is caught when it comes to be said.
    private static bool SpeaksToTheAssistant(string sentence) => DraftPhrases.Instructions.Matches(Reading.Whole(Disguise.Plain(sentence)));

    /// <summary>Whoever keeps a reader busy hides something, or may: nothing of it is shown, and who looks after the documents is told which chunk it is.</summary>
    private static ChunkReading Unread(SearchHit chunk) => new([], [], [chunk.Text], IsUnread: true);

    // A document that has kept its reader busy once is not read on: each of its chunks could take as long.
    private ChunkReading ReadInTime(SearchHit chunk, HashSet<string> stuck)
    {
        var reading = stuck.Contains(chunk.DocumentId) ? Unread(chunk) : ReadingTime.Or(() => Read(chunk), Unread(chunk));
        if (reading.IsUnread) stuck.Add(chunk.DocumentId);
        return reading;
    }

    private ChunkReading Read(SearchHit chunk)
    {
        var (claims, instructions) = (new List<Claim>(), new List<string>());
        // Whoever slips an order into a paragraph has often slipped in its next sentence as well, which looks like any other. Items and rows stand by themselves.
        foreach (var part in TextUnits.Parts(TextUnits.Read(chunk)).Where(part => part[0].Kind is not UnitKind.Code))
        {
            var sentences = part.Select(unit => chunk.Text[unit.Start..unit.End]).ToList();
            if (sentences.Exists(speaks)) instructions.Add(chunk.Text[part[0].Start..part[^1].End]);
            // Steps and rows say something only beside their neighbours.
            else if (part[0].Kind is UnitKind.Sentence or UnitKind.Item) claims.AddRange(sentences.Select(Claim.Of).OfType<Claim>());
        }

        return new(Claim.WordsOf($"{chunk.Title} {chunk.Heading}"), claims, instructions);
    }
}
