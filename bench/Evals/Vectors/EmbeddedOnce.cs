using System.Collections.Concurrent;
using FteAgent.Answering;
using FteAgent.Knowledge;

namespace FteAgent.Evals.Vectors;

/// <summary>
/// Keeps every vector that was made, so that a text is sent once however many weights are tried. It forgets no failure either: a silo goes on with
/// words alone, but those are not what is to be measured.
/// </summary>
internal sealed class EmbeddedOnce(IEmbedder embedder) : IEmbedder
{
    private readonly ConcurrentDictionary<string, float[]> known = new(StringComparer.Ordinal);
    private IOException? failed;

    public string Name => embedder.Name;

    /// <summary>How many texts were sent.</summary>
    public int Texts => known.Count;

    public async Task<IReadOnlyList<float[]>> Embed(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        try
        {
            var asked = texts.Where(text => !known.ContainsKey(text)).Distinct(StringComparer.Ordinal).ToList();
            foreach (var (text, vector) in asked.Zip(asked.Count == 0 ? [] : await embedder.Embed(asked, cancellationToken)))
                known[text] = vector;
            return [.. texts.Select(text => known[text])];
        }
        catch (Exception failure)
        {
            failed ??= new($"No weight can be judged without all vectors of {Name}: {failure.Message}");
            throw failed;
        }
    }

    /// <summary>Asks for the vectors of questions by the batch: a search would ask for those of one, and wait two seconds for them at most.</summary>
    public async Task Prepare(IEnumerable<RetrievalQuestion> questions)
    {
        // In the words in which a search will ask for them.
        var texts = questions
            .SelectMany(question => question.Utterances.Where(text => !string.IsNullOrWhiteSpace(text)).TakeLast(KnowledgeIndex.MaxUtterances))
            .Select(text => new Masking().Hide(text)).Distinct(StringComparer.Ordinal);
        foreach (var batch in texts.Chunk(ChunkVectors.Batch))
            await Embed(batch, CancellationToken.None);
    }

    /// <summary>Fails where some vector could not be had, whoever has gone on without it.</summary>
    public void Check()
    {
        if (failed is not null) throw failed;
    }
}
