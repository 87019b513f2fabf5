using FteAgent.Answering;
using FteAgent.Answering.Rules;

namespace FteAgent.Knowledge.Flags;

/// <summary>What can be doubtful about one chunk by itself: its claims, and the sentences that speak to the assistant.</summary>
/// <param name="Subject">The words of its title and heading, which say what its claims are about.</param>
/// <param name="Claims">What it says.</param>
/// <param name="Instructions">The sentences that speak to the assistant.</param>
internal sealed record ChunkReading(int[] Subject, IReadOnlyList<Claim> Claims, IReadOnlyList<string> Instructions);

/// <summary>Reads chunks, each once: a chunk's id tells its words, so that only what is new in a version is read.</summary>
internal sealed class ChunkReader
{
    private Dictionary<string, ChunkReading> known = new(StringComparer.Ordinal);

    /// <summary>Reads a version's chunks, and forgets those of other versions.</summary>
    public IReadOnlyDictionary<string, ChunkReading> Read(IEnumerable<SearchHit> chunks, CancellationToken cancellationToken)
    {
        var read = new Dictionary<string, ChunkReading>(StringComparer.Ordinal);
        foreach (var chunk in chunks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            read[chunk.ChunkId] = known.GetValueOrDefault(chunk.ChunkId) ?? Read(chunk);
        }

        return known = read;
    }

    private static ChunkReading Read(SearchHit chunk)
    {
        var (claims, instructions) = (new List<Claim>(), new List<string>());
        foreach (var unit in TextUnits.Read(chunk))
        {
            if (unit.Kind is UnitKind.Code) continue;
            var sentence = chunk.Text[unit.Start..unit.End];
            // As it looks to a reader: what is hidden more cleverly than that is caught when it comes to be said.
            if (DraftPhrases.Instructions.Matches(Reading.Whole(Disguise.Plain(sentence)))) instructions.Add(sentence);
            // Steps and rows say something only beside their neighbours.
            else if (unit.Kind is UnitKind.Sentence or UnitKind.Item && Claim.Of(sentence) is { } claim) claims.Add(claim);
        }

        return new(Claim.WordsOf($"{chunk.Title} {chunk.Heading}"), claims, instructions);
    }
}
