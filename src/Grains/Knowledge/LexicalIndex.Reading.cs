using System.Runtime.InteropServices;

namespace FteAgent.Knowledge;

/// <content>How texts become features.</content>
internal sealed partial class LexicalIndex
{
    // The one pass over the words; what it gathers is thrown away once the postings are built.
    private sealed class Reading(Dictionary<string, int> vocabulary)
    {
        public Dictionary<string, int> Vocabulary => vocabulary;
        public Stream Chunks { get; } = new();
        public Stream Documents { get; } = new();
        public TermRuns.Builder Texts { get; } = new();
        public TermRuns.Builder Titles { get; } = new();

        public void Read(IndexedDocument document)
        {
            var title = Terms(document.Title);
            Titles.Add(title.Distinct().ToList());
            Documents.Open();
            Documents.Take(title);
            foreach (var chunk in document.Chunks)
            {
                var body = Terms(chunk.Text);
                Documents.Take(body);
                Texts.Add(title, body);
                Chunks.Open();
                Chunks.Take(title);
                if (chunk.Heading.Length > 0) Chunks.Take(Terms(chunk.Heading));
                Chunks.Take(body);
            }
        }

        public void Close()
        {
            Chunks.Open();
            Documents.Open();
        }

        public long[] DistinctPairs()
        {
            var all = new List<long>(Documents.Terms.Count);
            Chunks.AddPairs(all);
            Documents.AddPairs(all);
            var sorted = CollectionsMarshal.AsSpan(all);
            sorted.Sort();
            var distinct = 0;
            for (var i = 0; i < sorted.Length; i++)
                if (i == 0 || sorted[i] != sorted[i - 1]) sorted[distinct++] = sorted[i];
            return sorted[..distinct].ToArray();
        }

        private List<int> Terms(string text)
        {
            var found = new List<int>(text.Length / 8);
            var lookup = vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
            var reader = new TermReader(text);
            while (reader.MoveNext())
            {
                ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(lookup, reader.Current, out var known);
                if (!known) id = vocabulary.Count - 1;
                found.Add(id);
            }

            return found;
        }
    }

    // Terms of unit after unit; -1 stands between texts whose words are not neighbours.
    private sealed class Stream
    {
        public List<int> Terms { get; } = [];
        private readonly List<int> starts = [];
        private readonly List<int> lengths = [];

        public void Open()
        {
            starts.Add(Terms.Count);
            lengths.Add(0);
        }

        public void Take(List<int> terms)
        {
            Terms.AddRange(terms);
            Terms.Add(-1);
            lengths[^1] += terms.Count;
        }

        public void AddPairs(List<long> pairs)
        {
            for (var i = 1; i < Terms.Count; i++)
                if (Terms[i - 1] >= 0 && Terms[i] >= 0) pairs.Add(Pair(Terms[i - 1], Terms[i]));
        }

        public Bm25 ToBm25(int vocabulary, long[] pairs, int features)
        {
            // Each place holds its word and the pair that ends there.
            var stream = new int[Terms.Count * 2];
            for (var i = 0; i < Terms.Count; i++)
            {
                stream[2 * i] = Terms[i];
                var paired = i > 0 && Terms[i - 1] >= 0 && Terms[i] >= 0;
                stream[(2 * i) + 1] = paired ? vocabulary + pairs.AsSpan().BinarySearch(Pair(Terms[i - 1], Terms[i])) : -1;
            }

            var twice = starts.ConvertAll(start => start * 2);
            return Bm25.Build(features, stream, CollectionsMarshal.AsSpan(twice), CollectionsMarshal.AsSpan(lengths)[..^1]);
        }
    }
}
