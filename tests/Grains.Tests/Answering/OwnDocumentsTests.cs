using FteAgent.Answering;
using FteAgent.Answering.Rules;
using FteAgent.Documents;
using FteAgent.Knowledge;
using FteAgent.Testing;
using FteAgent.Tests.Answering.Rules;
using FteAgent.Tests.Knowledge;

namespace FteAgent.Tests.Answering;

/// <summary>What a silo knows at its first start, asked by its own headings: the rules that look for lies must let the truth through.</summary>
public sealed class OwnDocumentsTests : IAsyncLifetime
{
    // These pages are about what must not be said, and quote it.
    private static readonly string[] OnTheRules = ["attacks", "policy", "model", "mcp", "SECURITY", "learning", "evals"];

    private KnowledgeIndex index = null!;
    private Document[] documents = null!;

    public async Task InitializeAsync()
    {
        var files = new DocumentFiles(TimeProvider.System);
        documents =
        [
            .. new[] { "README.md", "ARCHITECTURE.md", "SECURITY.md" }.SelectMany(name => files.Read(Path.Combine(Tree.Root, name), CancellationToken.None).Documents),
            .. files.Read(Path.Combine(Tree.Root, "docs"), CancellationToken.None).Documents.Where(document => !document.Id.Contains("runbooks", StringComparison.Ordinal)),
        ];
        index = await Given.Index(documents);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("How do I import my own documents?")]
    [InlineData("Where does the product keep its data?")]
    [InlineData("How do I add an operator?")]
    [InlineData("How do I run several silos?")]
    [InlineData("What does a silo write to its log?")]
    public async Task What_the_README_tells_one_to_ask_is_answered(string question)
    {
        var (draft, stopped) = await Answer(question);

        Assert.NotEqual("", draft.Text);
        Assert.Null(stopped);
    }

    [Fact]
    public async Task Hardly_a_question_that_a_page_asks_itself_is_stopped_by_a_rule()
    {
        var questions = documents.Where(document => !OnTheRules.Contains(Path.GetFileNameWithoutExtension(document.Id)))
            .SelectMany(document => document.Text.Split('\n')).Where(line => line.StartsWith('#') && line.EndsWith('?')).Select(line => line.TrimStart('#', ' ')).ToList();
        var answered = 0;
        var stopped = new List<string>();
        foreach (var question in questions)
        {
            var (draft, rule) = await Answer(question);
            answered += draft.Text.Length > 0 ? 1 : 0;
            if (rule is not null)
                stopped.Add($"{rule}: {question}");
        }

        Assert.True(answered > 100, $"{answered} of {questions.Count} were answered.");
        Assert.True(stopped.Count * 20 <= answered, $"{stopped.Count} of {answered} were stopped:\n{string.Join('\n', stopped)}");
    }

    private async Task<(Draft Draft, string? Stopped)> Answer(string question)
    {
        var asked = ExchangeText.Of(question);
        if (Ask.Book.Before(asked) is { } verdict)
            return (new Draft("", [], 0), verdict.RuleId);
        var found = await index.Search([question], 8, null, CancellationToken.None);
        var draft = await new ExtractiveAssistant(index).Draft(new DraftRequest([question], [], found), NoTools.Instance, CancellationToken.None);
        return (draft, draft.Text.Length > 0 ? Ask.Book.After(draft, asked)?.RuleId : null);
    }
}
