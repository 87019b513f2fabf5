using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using FteAgent.Knowledge;
using FteAgent.Learning;

namespace FteAgent.Intents;

/// <summary>
/// Gathers what intents are learned from: what approved articles answer, the questions that documents put themselves, and what those customers asked from
/// whose tickets the articles were learned. Nothing but what searches find is taught, so that an article which was withdrawn means nothing any more.
/// </summary>
internal sealed class Lessons(KnowledgeIndex index, IArticles articles, MatterReader matters)
{
    /// <summary>Articles that teach, the latest ones first: each one's ticket has to be read.</summary>
    public const int MostArticles = 200;

    /// <summary>Of one ticket: what was asked last adds little to what was asked first.</summary>
    public const int MostOfTicket = 5;

    private const int PageSize = 200;

    /// <summary>What there is to learn from now.</summary>
    public async Task<Lesson> Gather(CancellationToken cancellationToken)
    {
        var snapshot = index.Current;
        var examples = new List<LabelledText>();
        var from = ImmutableArray.CreateBuilder<ArticleId>();
        var learned = snapshot.Questions.Values.Where(place => Document.IsLearned(place.DocumentId)).ToDictionary(place => place.DocumentId, StringComparer.Ordinal);
        await foreach (var article in Approved(cancellationToken))
        {
            if (!learned.TryGetValue(LearnedDocument.IdOf(article.Id), out var place)) continue;
            examples.Add(new(place.Question, place.Label));
            from.Add(article.Id);
            if (await matters.Read(new(article.Customer, article.Ticket), cancellationToken) is { } matter)
                examples.AddRange(Proposal.Asked(matter, MostOfTicket).Select(text => new LabelledText(text, place.Label)));
            if (from.Count == MostArticles) break;
        }

        examples.AddRange(OfDocuments(snapshot, TrainingSet.MostLabels - from.Count));
        return new Lesson([.. examples.Distinct()], from.ToImmutable(), FingerprintOf(examples));
    }

    /// <summary>The questions that documents put themselves. A large site may have more than are learned; which of them does not depend on who looks.</summary>
    public static IEnumerable<LabelledText> OfDocuments(KnowledgeSnapshot version, int most) =>
        version.Questions.Values.Where(place => !Document.IsLearned(place.DocumentId)).OrderBy(place => place.Label, StringComparer.Ordinal).Take(most)
            .Select(place => new LabelledText(place.Question, place.Label));

    private async IAsyncEnumerable<Article> Approved([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var page = await articles.List(ArticleStatus.Approved, PageSize, cursor, cancellationToken);
            foreach (var article in page.Articles) yield return article;
            cursor = page.Cursor;
        }
        while (cursor is not null);
    }

    // One sum over all of them: of one customer's words alone nothing can be guessed from it.
    private static string FingerprintOf(IEnumerable<LabelledText> examples)
    {
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in examples.Distinct().Select(example => $"{example.Label}\0{example.Text}\0").Order(StringComparer.Ordinal))
            sum.AppendData(Encoding.UTF8.GetBytes(line));
        return Convert.ToHexStringLower(sum.GetHashAndReset());
    }
}

/// <summary>What there is to learn from.</summary>
/// <param name="Examples">Texts with the intents that they mean.</param>
/// <param name="Articles">The articles whose questions, or whose customers' words, are among them.</param>
/// <param name="Fingerprint">The same for the same examples.</param>
internal sealed record Lesson(ImmutableArray<LabelledText> Examples, ImmutableArray<ArticleId> Articles, string Fingerprint);
