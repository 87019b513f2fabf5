using System.Collections.Immutable;
using System.Globalization;
using FteAgent.Evals.Model;
using FteAgent.Intents;
using FteAgent.Knowledge;
using FteAgent.Silo.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace FteAgent.Evals.Vectors;

/// <summary>
/// Do vectors of an endpoint's model help to find documents? Each retrieval set is searched with every weight of a grid, by a silo's own settings and
/// code. A weight is better where what it gains over words alone stays above zero whichever questions are drawn.
/// </summary>
internal static class VectorTrial
{
    /// <summary>The one figure that decides, chosen beforehand: among six figures at seven weights one would be better by chance. It sees every change of place.</summary>
    private const string Deciding = "mrr@10";

    private const string Setting = "Knowledge__VectorWeight";

    /// <summary>By words alone first, since all else is compared with it; at 1 only the second reading goes by words.</summary>
    private static readonly double[] Weights = [0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1];

    /// <summary>The sets that have to gain: those of whose search something is promised. The others must not lose; in one of them hardly anything is left to gain.</summary>
    private static readonly string[] Gaining = ["flydocs", "banking"];

    public static async Task Run(IConfiguration configuration, EvalData data, IReadOnlyList<RetrievalEval> sets, Figures figures)
    {
        await using var models = ModelSettings.Read(configuration) is { } settings ? EvalModels.Open(settings) : null;
        if (models?.Embedder is not { } embedder)
        {
            figures.Say("vectors: skipped, since OPENAI_API_KEY and OPENAI_EMBEDDING_MODEL are not both set. With them, texts of the sets get their vectors from that model at OPENAI_BASE_URL.");
            return;
        }

        var vectors = new EmbeddedOnce(embedder);
        var gains = new List<Gain>();
        foreach (var set in sets)
            if (set.IsHere(data, figures))
                gains.AddRange(await Try(set, data, vectors, figures));
        figures.Say($"\n{vectors.Texts} texts were sent to {vectors.Name}, each once.");
        figures.Say(Verdict(gains, data.IsSample));
    }

    private static async Task<List<Gain>> Try(RetrievalEval set, EvalData data, EmbeddedOnce vectors, Figures figures)
    {
        var questions = set.Questions(data);
        var store = new MemoryKnowledgeStore();
        var corpus = await Corpora.Import(set.Corpus(data), guesses => Open(store, vectors, guesses, Weights[^1]));
        vectors.Check();
        await vectors.Prepare(questions);
        var found = new List<List<Ranks>>();
        foreach (var weight in Weights)
        {
            var index = Open(store, vectors, corpus.Taught, weight);
            await index.Refresh(CancellationToken.None);
            index.Flagged(corpus.Doubtful);
            found.Add(await RetrievalEval.Ask(index, questions));
            vectors.Check();
        }

        figures.HeadingOfGains($"{set.Name}: {questions.Count} questions, {corpus.Index.Chunks} chunks, vectors of {vectors.Name}");
        return [.. RetrievalEval.Measures.SelectMany(measure => Compare(set.Name, measure, found, figures))];
    }

    private static KnowledgeIndex Open(MemoryKnowledgeStore store, IEmbedder embedder, IIntentGuesses guesses, double weight) =>
        new(store, [new ExactVectorSearch(store)], NullLogger<KnowledgeIndex>.Instance, embedder, new() { VectorWeight = weight }, guesses: guesses);

    private static List<Gain> Compare(string set, (string Name, Func<Ranks, double> Of) measure, List<List<Ranks>> found, Figures figures)
    {
        var words = found[0].ConvertAll(ranks => measure.Of(ranks));
        figures.Add($"{set}.{measure.Name}.weight_0", words.Average(), Interval.OfMean(words));
        var gains = new List<Gain>();
        foreach (var (weight, ranks) in Weights.Zip(found).Skip(1))
        {
            var values = ranks.ConvertAll(rank => measure.Of(rank));
            // Question by question, and every interval is of the same draws: what makes a question hard falls out of the difference.
            List<double> differences = [.. values.Zip(words, (with, without) => with - without)];
            var gain = new Gain(set, measure.Name, weight, differences.Average(), Interval.OfMean(differences));
            figures.Add($"{set}.{measure.Name}.weight_{Show(weight)}", values.Average(), Interval.OfMean(values), gain.Mean, gain.Between);
            gains.Add(gain);
        }

        return gains;
    }

    private static string Verdict(List<Gain> gains, bool isSample)
    {
        var deciding = gains.Where(gain => gain.Measure == Deciding && Gaining.Contains(gain.Set)).ToList();
        var on = string.Join(" and ", Gaining);
        var missing = Gaining.Except(deciding.Select(gain => gain.Set)).ToList();
        if (missing.Count > 0)
            return $"No weight is judged: it has to gain on {on}, and of these {string.Join(" and ", missing)} {(missing.Count == 1 ? "is" : "are")} not here.";
        var better = deciding.GroupBy(gain => gain.Weight)
            .Where(weight => weight.All(gain => gain.IsBetter) && !gains.Exists(gain => gain.Weight == weight.Key && gain.IsWorse))
            .OrderByDescending(weight => weight.Average(gain => gain.Mean)).ThenBy(weight => weight.Key).Select(weight => Show(weight.Key)).ToList();
        var where = isSample ? "On the small sample, which says nothing about quality: " : "";
        if (better.Count == 0)
            return $"{where}No weight is better than words alone on {on}, with its intervals of the gain in {Deciding} above zero and no figure of any set worse: "
                + $"{Setting} should stay 0.";
        var others = better.Count == 1 ? "so is no other weight" : $"so are {string.Join(", ", better.Skip(1))}";
        return $"{where}{Setting}={better[0]} is better than words alone on {on}: its intervals of the gain in {Deciding} are above zero, and no figure of any "
            + $"set is worse; {others}.";
    }

    private static string Show(double weight) => weight.ToString("0.##", CultureInfo.InvariantCulture);

    private sealed record Gain(string Set, string Measure, double Weight, double Mean, Interval Between)
    {
        public bool IsBetter => Between.Low > 0;

        public bool IsWorse => Between.High < 0;
    }
}
