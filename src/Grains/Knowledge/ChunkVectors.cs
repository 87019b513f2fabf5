using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace FteAgent.Knowledge;

/// <summary>Gives chunks their vectors: those that were made before for the same words, and for the rest those that the embedder makes now.</summary>
internal sealed partial class ChunkVectors(IEmbedder embedder, ILogger log)
{
    /// <summary>Texts in one call to the embedder.</summary>
    public const int Batch = 64;

    /// <summary>Calls under way at once.</summary>
    public const int AtOnce = 4;

    private readonly Dictionary<UInt128, float[]> known = [];

    /// <summary>Takes note of vectors that there are.</summary>
    /// <param name="version">Whose chunks they are.</param>
    /// <param name="vectors">One for each of its chunks, in their order, or null.</param>
    public void Know(KnowledgeVersion version, IReadOnlyList<float[]?> vectors)
    {
        var titles = version.Documents.ToDictionary(document => document.Id, document => document.Title, StringComparer.Ordinal);
        for (var c = 0; c < version.Chunks.Count && c < vectors.Count; c++)
            if (vectors[c] is { } vector && titles.TryGetValue(version.Chunks[c].DocumentId, out var title))
                known[Key(Words(title, version.Chunks[c]))] = vector;
    }

    /// <summary>
    /// The chunks with their vectors. An embedder that fails leaves the rest without: their words are found all the same, and the next
    /// import asks for them again.
    /// </summary>
    /// <param name="chunks">Each with its document's title.</param>
    /// <param name="made">Told of each batch how many vectors have been made.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<List<StoredChunk>> Give(IReadOnlyList<(string Title, StoredChunk Chunk)> chunks, Action<int>? made, CancellationToken cancellationToken)
    {
        var words = chunks.Select(chunk => Words(chunk.Title, chunk.Chunk)).ToList();
        var keys = words.ConvertAll(Key);
        var asked = Enumerable.Range(0, chunks.Count).Where(c => !known.ContainsKey(keys[c])).DistinctBy(c => keys[c]).ToList();
        var (gate, done, failed) = (new Lock(), 0, false);
        await Parallel.ForEachAsync(asked.Chunk(Batch), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (batch, token) =>
        {
            if (Volatile.Read(ref failed)) return;
            try
            {
                var vectors = await Embed([.. batch.Select(c => words[c])], token);
                lock (gate)
                {
                    for (var i = 0; i < batch.Length; i++) known[keys[batch[i]]] = vectors[i];
                    made?.Invoke(done += batch.Length);
                }
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                // One that failed after all its attempts is not asked for each of the others.
                if (!Interlocked.Exchange(ref failed, true)) LogFailed(embedder.Name, failure);
            }
        });

        var given = Enumerable.Range(0, chunks.Count).Select(c => known.TryGetValue(keys[c], out var vector)
            ? chunks[c].Chunk with { Vector = vector, Embedder = embedder.Name }
            : chunks[c].Chunk).ToList();
        if (failed) LogWithout(given.Count(chunk => chunk.Vector is null), given.Count);
        return given;
    }

    private async Task<IReadOnlyList<float[]>> Embed(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var vectors = await embedder.Embed(texts, cancellationToken);
        return vectors.Count == texts.Count
            ? vectors
            : throw new InvalidOperationException($"Embedder {embedder.Name} was given {texts.Count} texts and returned {vectors.Count} vectors.");
    }

    // The title and headings say what the words are about.
    private static string Words(string title, StoredChunk chunk) => $"{title}\n{chunk.Heading}\n{chunk.Text}";

    private static UInt128 Key(string words) => BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(words)));

    [LoggerMessage(2105, LogLevel.Warning, "Embedder {Embedder} failed while vectors were being made")]
    private partial void LogFailed(string embedder, Exception failure);

    [LoggerMessage(2106, LogLevel.Warning, "{Without} of {Chunks} chunks have no vector and are found by their words only; import the documents again when the embedder answers")]
    private partial void LogWithout(int without, int chunks);
}
