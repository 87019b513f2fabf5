using System.Security.Cryptography;
using System.Text;
using FteAgent.Answering;

namespace FteAgent.Knowledge;

/// <summary>
/// Vectors of what customers ask. What is personal is masked before it goes to the embedder; the latest vectors are kept, under a hash of
/// the words and not under the words. An embedder that failed is left alone for a moment, so that not every search waits for it.
/// </summary>
internal sealed class QueryVectors(IEmbedder embedder, TimeProvider time)
{
    /// <summary>Vectors that are kept: of 1,536 numbers they take six megabytes.</summary>
    public const int Kept = 1_000;

    /// <summary>How long a search waits for the embedder; words alone find most of it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>How long an embedder that failed is not asked.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, float[] Vector)>> byKey = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, float[] Vector)> latestFirst = [];
    private DateTimeOffset restsUntil = DateTimeOffset.MinValue;

    /// <summary>The vectors of these texts, in their order; null while the embedder is left alone.</summary>
    public async Task<IReadOnlyList<float[]>?> Of(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var masked = texts.Select(text => new Masking().Hide(text)).ToList();
        var keys = masked.ConvertAll(text => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        var found = new Dictionary<string, float[]>(StringComparer.Ordinal);
        lock (gate)
        {
            foreach (var key in keys) if (Find(key) is { } vector) found[key] = vector;
            if (found.Count < keys.Distinct(StringComparer.Ordinal).Count() && time.GetUtcNow() < restsUntil) return null;
        }

        var asked = Enumerable.Range(0, keys.Count).Where(t => !found.ContainsKey(keys[t])).DistinctBy(t => keys[t]).ToList();
        if (asked.Count > 0)
        {
            var vectors = await Ask(asked.ConvertAll(t => masked[t]), cancellationToken);
            lock (gate)
                foreach (var (t, vector) in asked.Zip(vectors)) Keep(keys[t], found[keys[t]] = vector);
        }

        return keys.ConvertAll(key => found[key]);
    }

    private async Task<IReadOnlyList<float[]>> Ask(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var vectors = await embedder.Embed(texts, both.Token);
            return vectors.Count == texts.Count
                ? vectors
                : throw new InvalidOperationException($"Embedder {embedder.Name} was given {texts.Count} texts and returned {vectors.Count} vectors.");
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            lock (gate) restsUntil = time.GetUtcNow() + Rest;
            throw;
        }
    }

    private float[]? Find(string key)
    {
        if (!byKey.TryGetValue(key, out var node)) return null;
        latestFirst.Remove(node);
        latestFirst.AddFirst(node);
        return node.Value.Vector;
    }

    private void Keep(string key, float[] vector)
    {
        if (Find(key) is not null) return;
        byKey[key] = latestFirst.AddFirst((key, vector));
        if (latestFirst.Count <= Kept) return;
        byKey.Remove(latestFirst.Last!.Value.Key);
        latestFirst.RemoveLast();
    }
}
