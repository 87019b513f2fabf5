namespace FteAgent.Knowledge.Flags;

/// <summary>Finds what is doubtful about a version. Depends on the documents and the day alone.</summary>
internal static class FlagFinder
{
    /// <summary>
    /// Sentences with this share of words in common say the same of something. With less, "Plan A has 5 users" would contradict "Plan B has 10 users".
    /// </summary>
    public const double LikeSentences = 0.75;

    /// <summary>Titles with this share of words in common name the same subject.</summary>
    public const double LikeTitles = 0.6;

    /// <summary>Sentences of the same words with so many different figures are about so many different things.</summary>
    public const int FewestOfAFamily = 3;

    /// <summary>Pages that were changed within this time are equally fresh.</summary>
    public static readonly TimeSpan EquallyFresh = TimeSpan.FromDays(1);

    /// <summary>The flags: instructions, then contradictions, then stale pages, then what differs.</summary>
    /// <param name="pages">The documents with their chunks, in order of id.</param>
    /// <param name="readings">What each chunk says.</param>
    /// <param name="now">The instant that pages are old at.</param>
    /// <param name="staleAfter">How long a page is taken to hold without a change.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static List<KnowledgeFlag> Find(
        IReadOnlyList<Page> pages, IReadOnlyDictionary<string, ChunkReading> readings, DateTimeOffset now, TimeSpan staleAfter, CancellationToken cancellationToken) =>
    [
        .. Instructions(pages, readings).Concat(Contradictions(pages, readings, cancellationToken)).Concat(Stale(pages, now - staleAfter, cancellationToken))
            .OrderBy(flag => flag.Kind).Take(IKnowledgeFlags.MostFlags),
    ];

    private static IEnumerable<KnowledgeFlag> Instructions(IReadOnlyList<Page> pages, IReadOnlyDictionary<string, ChunkReading> readings) =>
        from page in pages
        from chunk in page.Chunks
        from sentence in readings[chunk].Instructions
        select new KnowledgeFlag(FlagKind.Instructions, page.Document.Id, chunk, sentence);

    private static IEnumerable<KnowledgeFlag> Contradictions(
        IReadOnlyList<Page> pages, IReadOnlyDictionary<string, ChunkReading> readings, CancellationToken cancellationToken)
    {
        var said = (from page in pages from chunk in page.Chunks let reading = readings[chunk] from claim in reading.Claims select new Said(page.Document, chunk, reading.Subject, claim))
            .GroupBy(each => (each.Claim.Signature, string.Join(',', each.Subject), each.Document.Category)).Select(group => group.ToList()).ToList();
        var families = Families(said.Select(group => group[0].Claim));
        var found = new Dictionary<(string Document, string Sentence), KnowledgeFlag>();
        foreach (var (first, second) in LikeSets.Pairs(said.ConvertAll(each => each[0].Claim.Words), LikeSentences, cancellationToken))
        {
            if (!said[first][0].Claim.Differs(said[second][0].Claim)) continue;
            var (one, other) = (Latest(said[first]), Latest(said[second]));
            // What one page says twice in different ways is usually meant so.
            if (one.Document.Id == other.Document.Id) continue;
            var isSame = one.HasSubjectOf(other);
            if (!isSame && (families.Contains(one.Claim.Frame) || families.Contains(other.Claim.Frame))) continue;
            var newer = one.Document.ChangedAt > other.Document.ChangedAt ? one : other;
            var isOpen = isSame && (one.Document.ChangedAt - other.Document.ChangedAt).Duration() <= EquallyFresh;
            foreach (var older in newer == one ? said[second] : said[first])
                if (older.Document.Id != newer.Document.Id) Note(found, Differ(isSame ? FlagKind.Contradicts : FlagKind.Differs, older, newer, isOpen));
        }

        return found.OrderBy(each => each.Key.Document, StringComparer.Ordinal).ThenBy(each => each.Key.Sentence, StringComparer.Ordinal).Select(each => each.Value);
    }

    /// <summary>One sentence is held against the first of those that differ from it, of its own subject if there is one: there are never more flags than sentences.</summary>
    private static void Note(Dictionary<(string Document, string Sentence), KnowledgeFlag> found, KnowledgeFlag flag)
    {
        if (!found.TryGetValue((flag.DocumentId, flag.Sentence!), out var known) || (flag.Kind, flag.OtherDocumentId!).CompareTo((known.Kind, known.OtherDocumentId!)) < 0)
            found[(flag.DocumentId, flag.Sentence!)] = flag;
    }

    /// <summary>What pages of many things say, each with a figure of its own: "The monthly fee is $6", of the one account and the other.</summary>
    private static HashSet<string> Families(IEnumerable<Claim> claims) =>
        claims.GroupBy(claim => claim.Frame, StringComparer.Ordinal).Where(group => group.Select(claim => string.Join(',', claim.Figures)).Distinct(StringComparer.Ordinal).Count() >= FewestOfAFamily)
            .Select(group => group.Key).ToHashSet(StringComparer.Ordinal);

    private static Said Latest(IReadOnlyList<Said> group) => group.MaxBy(each => each.Document.ChangedAt)!;

    private static KnowledgeFlag Differ(FlagKind kind, Said older, Said newer, bool isOpen) => new(
        kind, older.Document.Id, older.Chunk, older.Claim.Sentence, newer.Document.Id, newer.Chunk, newer.Claim.Sentence, isOpen);

    private static IEnumerable<KnowledgeFlag> Stale(IReadOnlyList<Page> pages, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var titles = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] Words(string title) =>
            [.. TermReader.All(title).Where(term => !char.IsDigit(term[0])).Distinct().Select(term => titles.TryGetValue(term, out var id) ? id : titles[term] = titles.Count).Order()];

        var newer = new Dictionary<int, int>();
        foreach (var (first, second) in LikeSets.Pairs([.. pages.Select(page => Words(page.Document.Title))], LikeTitles, cancellationToken))
        {
            var (old, young) = pages[first].Document.ChangedAt < pages[second].Document.ChangedAt ? (first, second) : (second, first);
            var (oldPage, youngPage) = (pages[old].Document, pages[young].Document);
            if (oldPage.ChangedAt >= before || youngPage.ChangedAt - oldPage.ChangedAt <= EquallyFresh || oldPage.Category != youngPage.Category) continue;
            if (!newer.TryGetValue(old, out var known) || pages[known].Document.ChangedAt < youngPage.ChangedAt) newer[old] = young;
        }

        return newer.OrderBy(pair => pair.Key).Select(pair => new KnowledgeFlag(FlagKind.Stale, pages[pair.Key].Document.Id, OtherDocumentId: pages[pair.Value].Document.Id));
    }

    private sealed record Said(Document Document, string Chunk, int[] Subject, Claim Claim)
    {
        /// <summary>Whether both speak of the same: what only one of their titles and headings says, both sentences say themselves.</summary>
        public bool HasSubjectOf(Said other) =>
            Document.Category == other.Document.Category
            && Subject.Except(other.Subject).Concat(other.Subject.Except(Subject)).All(word => Array.BinarySearch(Claim.Words, word) >= 0 && Array.BinarySearch(other.Claim.Words, word) >= 0);
    }
}

/// <summary>A document with the ids of its chunks.</summary>
internal sealed record Page(Document Document, IReadOnlyList<string> Chunks);
