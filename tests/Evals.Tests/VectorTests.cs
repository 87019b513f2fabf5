using FteAgent.Evals.Vectors;
using FteAgent.Silo.Commands;
using FteAgent.Testing.OpenAI;
using Microsoft.Extensions.Configuration;

namespace FteAgent.Evals;

/// <summary>Whether vectors help is shown where they do, and not where they do not, over real HTTP and by a silo's own settings.</summary>
[Collection(Heard.Collection)]
public sealed class VectorTests
{
    /// <summary>A thing as the documents call it, and as customers do.</summary>
    private static readonly (string Ours, string Theirs)[] Things =
    [
        ("sofa", "couch"), ("automobile", "car"), ("bicycle", "bike"), ("television", "telly"), ("refrigerator", "fridge"), ("trousers", "pants"),
        ("spectacles", "glasses"), ("wardrobe", "closet"), ("faucet", "tap"), ("trashcan", "bin"), ("cellphone", "mobile"), ("aeroplane", "jet"),
        ("pullover", "sweater"), ("lorry", "truck"), ("pavement", "sidewalk"), ("lift", "elevator"), ("torch", "flashlight"), ("cooker", "stove"),
        ("curtain", "drape"), ("rug", "carpet"), ("cushion", "pillow"), ("kettle", "boiler"), ("photograph", "picture"), ("sneaker", "trainer"),
    ];

    private readonly Dictionary<string, string?> settings = new()
    {
        ["OPENAI_API_KEY"] = ScriptedEndpoint.Key,
        ["OPENAI_EMBEDDING_MODEL"] = "vectors-a",
        ["Model:Attempts"] = "1",
    };

    private IConfiguration Configuration => new ConfigurationBuilder().AddInMemoryCollection(settings).Build();

    [Fact]
    public async Task Vectors_that_know_synonyms_are_shown_to_help_and_each_text_is_sent_once()
    {
        await using var endpoint = await ScriptedEndpoint.Start();
        endpoint.Vector = Knowing;
        using var folder = Sets();
        using var heard = new Heard();

        var figures = await Try(endpoint, folder);

        Assert.InRange(figures.All["flydocs.mrr@10.weight_0"], 0.5, 0.7);
        Assert.Equal(1, figures.All["flydocs.mrr@10.weight_0.5"]);
        Assert.True(figures.Measured.Single(figure => figure.Key == "banking.mrr@10.weight_0.5_gain").Interval!.Value.Low > 0.2);
        Assert.Contains(
            "is better than words alone on flydocs and banking: its intervals of the gain in mrr@10 are above zero, and no figure of any set is worse; so are", heard.Said, StringComparison.Ordinal);

        var sent = endpoint.Requests.SelectMany(Texts).ToList();
        Assert.Equal(sent.Distinct().Count(), sent.Count);
        Assert.All(endpoint.Requests, request => Assert.InRange(Texts(request).Count(), 1, 64));
        // Two corpora and what is asked of each.
        Assert.Equal(4, endpoint.Requests.Count);
        Assert.DoesNotContain(sent, text => text.Contains("mira@", StringComparison.Ordinal));
        Assert.Empty(endpoint.Complaints);
    }

    [Fact]
    public async Task Vectors_made_at_random_are_not_shown_to_help()
    {
        await using var endpoint = await ScriptedEndpoint.Start();
        endpoint.Vector = ByChance;
        using var folder = Sets();
        using var heard = new Heard();

        var figures = await Try(endpoint, folder);

        Assert.Contains("No weight is better than words alone on flydocs and banking, ", heard.Said, StringComparison.Ordinal);
        Assert.True(figures.Measured.Single(figure => figure.Key == "flydocs.mrr@10.weight_1_gain").Interval!.Value.High < 0);
    }

    [Fact]
    public async Task A_weight_that_helps_one_set_and_harms_the_other_is_none_to_set()
    {
        await using var endpoint = await ScriptedEndpoint.Start();
        endpoint.Vector = text => text.Contains("bank", StringComparison.Ordinal) ? ByChance(text) : Knowing(text);
        using var folder = Sets();
        using var heard = new Heard();

        var figures = await Try(endpoint, folder);

        Assert.True(figures.Measured.Single(figure => figure.Key == "flydocs.mrr@10.weight_0.7_gain").Interval!.Value.Low > 0);
        Assert.Contains("Knowledge__VectorWeight should stay 0.", heard.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flydocs", "banking is")]
    [InlineData("banking", "flydocs is")]
    [InlineData("eshop", "flydocs and banking are")]
    public async Task No_weight_is_judged_unless_every_set_that_has_to_gain_is_there(string here, string missing)
    {
        await using var endpoint = await ScriptedEndpoint.Start();
        endpoint.Vector = Knowing;
        using var folder = Set(new Folder(), here, "at home");
        using var heard = new Heard();

        var figures = await Try(endpoint, folder);

        Assert.True(figures.Measured.Single(figure => figure.Key == $"{here}.mrr@10.weight_0.5_gain").Interval!.Value.Low > 0);
        Assert.EndsWith(
            $"No weight is judged: it has to gain on flydocs and banking, and of these {missing} not here.", heard.Said.TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain("Knowledge__VectorWeight", heard.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_weight_0_the_figures_are_those_of_words_alone()
    {
        await using var endpoint = await ScriptedEndpoint.Start();
        endpoint.Vector = Knowing;
        using var folder = Sets();
        var words = new Figures();
        foreach (var set in Retrieval()) await set.Run(folder.Data, words);

        var figures = await Try(endpoint, folder);

        var compared = figures.All.Where(figure => figure.Key.EndsWith(".weight_0", StringComparison.Ordinal)).ToList();
        Assert.Equal(18, compared.Count);
        Assert.All(compared, figure => Assert.Equal(words.All[figure.Key.Replace(".weight_0", "", StringComparison.Ordinal)], figure.Value));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(ScriptedEndpoint.Key, null)]
    public async Task Without_a_model_for_vectors_it_is_skipped_with_a_word(string? key, string? model)
    {
        (settings["OPENAI_API_KEY"], settings["OPENAI_EMBEDDING_MODEL"]) = (key, model);
        using var folder = Sets().With("figures/evals.vectors.json", "{}").With("figures/evals.vectors.html", "").With("figures/evals.json", "{}");
        using var heard = new Heard();

        Assert.Equal(0, await Command(folder));

        Assert.Contains("vectors: skipped, since OPENAI_API_KEY and OPENAI_EMBEDDING_MODEL are not both set.", heard.Said, StringComparison.Ordinal);
        // What an earlier run left does not stand as if this one had measured it; what others measured stays.
        Assert.Equal(["evals.json"], Directory.EnumerateFiles(Figures(folder)).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task An_endpoint_that_fails_on_the_way_ends_it_with_a_sentence(int answered)
    {
        await using var endpoint = await ScriptedEndpoint.Start();
        var asked = 0;
        endpoint.Vectors.Otherwise(_ => Interlocked.Increment(ref asked) <= answered ? null : Step.Fail(500));
        settings["OPENAI_BASE_URL"] = endpoint.BaseUrl.ToString();
        using var folder = Sets().With("figures/evals.vectors.json", "{}");
        using var heard = new Heard();

        var code = await Sentence.OnFailure(() => Command(folder));

        Assert.Equal(1, code);
        Assert.Equal($"fte: No weight can be judged without all vectors of vectors-a: The model gave no answer: Unavailable (HTTP 500).{Environment.NewLine}", heard.Complained);
        Assert.DoesNotContain("Knowledge__VectorWeight", heard.Said, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(Figures(folder)));
    }

    private static IReadOnlyList<RetrievalEval> Retrieval() =>
        [.. EvalCommand.All(new EvalArguments([]), new ConfigurationBuilder().Build()).OfType<RetrievalEval>()];

    private static string Figures(Folder folder) => Path.Combine(folder.Data.Folder, "figures");

    private Task<int> Command(Folder folder) => EvalCommand.Run(new EvalArguments(["--vectors", "--data", folder.Data.Folder]), Configuration, Figures(folder));

    private async Task<Figures> Try(ScriptedEndpoint endpoint, Folder folder)
    {
        settings["OPENAI_BASE_URL"] = endpoint.BaseUrl.ToString();
        var figures = new Figures();
        await VectorTrial.Run(Configuration, folder.Data, Retrieval(), figures);
        return figures;
    }

    /// <summary>Two sets in which every document is about cleaning, and every other question calls its thing as the document does.</summary>
    private static Folder Sets() => Set(Set(new Folder(), "flydocs", "at home"), "banking", "in a bank", "in the bank of mira@example.com");

    private static Folder Set(Folder folder, string name, string where, string? asked = null) => folder
        .With($"{name}/corpus.jsonl", [.. Things.Select(thing => Document(thing.Ours, where))])
        .With($"{name}/queries.jsonl", [.. Things.Select((thing, n) => Question(n, thing, asked ?? where))]);

    private static string Document(string thing, string where) =>
        $$"""{"id":"{{thing}}.md","title":"The {{thing}}","text":"A {{thing}} {{where}} is cleaned with a dry cloth."}""";

    private static string Question(int number, (string Ours, string Theirs) thing, string where) =>
        $$"""{"id":"q{{number}}","query":"How is the {{(number % 2 == 0 ? thing.Ours : thing.Theirs)}} {{where}} cleaned?","relevant":["{{thing.Ours}}.md"],"answerable":true}""";

    /// <summary>One direction for each thing, whatever it is called.</summary>
    private static float[] Knowing(string text)
    {
        var words = text.Split([' ', '\n', '?', '.'], StringSplitOptions.RemoveEmptyEntries);
        return [0.5f, .. Things.Select(thing => words.Contains(thing.Ours) || words.Contains(thing.Theirs) ? 1f : 0f)];
    }

    private static float[] ByChance(string text)
    {
        var random = new Random(text.Aggregate(17, (hash, letter) => (hash * 31) + letter));
        return [.. Enumerable.Range(0, 1 + Things.Length).Select(_ => (float)random.NextDouble() - 0.5f)];
    }

    private static IEnumerable<string> Texts(ScriptedRequest request) => request.Body.GetProperty("input").EnumerateArray().Select(text => text.GetString()!);
}
