namespace FteAgent.Knowledge;

/// <content>An index made of another one, of which only what is new is read.</content>
internal sealed partial class LexicalIndex
{
    /// <summary>Beyond this share of words and pairs that nothing holds any more, reading all anew is worth it.</summary>
    private const double MaxUnheld = 0.5;

    /// <summary>Whether it has been changed so often that it had better be built anew.</summary>
    public bool IsWorn => chunks.Features > 0 && chunks.Unheld > MaxUnheld * chunks.Features;

    /// <summary>
    /// The index of a corpus that is made of this one's. Words and pairs keep their order, so that what is kept is copied; every search finds
    /// the same, with the same scores, as if all had been read anew. This one is left as it is.
    /// </summary>
    /// <param name="corpus">The new corpus, in order.</param>
    public LexicalIndex Change(IReadOnlyList<NextDocument> corpus)
    {
        var reading = new Reading(new Dictionary<string, int>(terms, StringComparer.Ordinal));
        var (chunkOf, documentOf) = (Nowhere(chunks.Units), Nowhere(documents.Units));
        var (readChunks, readDocuments) = (new List<int>(), new List<int>());
        var chunk = 0;
        for (var d = 0; d < corpus.Count; d++)
        {
            if (corpus[d].New is { } read)
            {
                reading.Read(read);
                readDocuments.Add(d);
                foreach (var _ in read.Chunks) readChunks.Add(chunk++);
                continue;
            }

            documentOf[corpus[d].Before] = d;
            reading.Titles.AddRun(Titles.Of(corpus[d].Before));
            for (var c = corpus[d].FirstChunk; c < corpus[d].FirstChunk + corpus[d].Chunks; c++)
            {
                chunkOf[c] = chunk++;
                reading.Texts.AddRun(Texts.Of(c));
            }
        }

        reading.Close();
        var (both, pairOf) = Union(pairs, reading.DistinctPairs());
        var words = reading.Vocabulary.Count;
        var features = words + both.Length;
        int[] featureOf = [.. Enumerable.Range(0, terms.Count), .. pairOf.Select(pair => words + pair)];
        return new LexicalIndex(
            reading.Vocabulary, both,
            Bm25.Merge(features, chunk, new(chunks, featureOf, chunkOf), new(reading.Chunks.ToBm25(words, both, features), null, [.. readChunks])),
            Bm25.Merge(features, corpus.Count, new(documents, featureOf, documentOf), new(reading.Documents.ToBm25(words, both, features), null, [.. readDocuments])),
            reading.Texts.Build(),
            reading.Titles.Build());
    }

    /// <summary>All pairs in order, and the new place of each that was there before.</summary>
    private static (long[] Both, int[] PlaceOf) Union(long[] before, long[] added)
    {
        var both = new List<long>(before.Length + added.Length);
        var placeOf = new int[before.Length];
        for (int b = 0, a = 0; b < before.Length || a < added.Length;)
        {
            var isBefore = b < before.Length && (a == added.Length || before[b] <= added[a]);
            var pair = isBefore ? before[b] : added[a];
            if (a < added.Length && added[a] == pair) a++;
            if (isBefore) placeOf[b++] = both.Count;
            both.Add(pair);
        }

        return ([.. both], placeOf);
    }

    private static int[] Nowhere(int units)
    {
        var nowhere = new int[units];
        Array.Fill(nowhere, -1);
        return nowhere;
    }
}
