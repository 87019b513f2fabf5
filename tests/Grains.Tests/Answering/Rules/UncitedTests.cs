using System.Collections.Immutable;
using FteAgent.Answering;
using FteAgent.Answering.Rules;

namespace FteAgent.Tests.Answering.Rules;

/// <summary>What a model says beside its quotes claims nothing.</summary>
public sealed class UncitedTests
{
    private const string Export = "Open the board and choose Export. A file of up to 20 MB is sent to you. Boards without cards cannot be exported.";

    private static readonly ExchangeText Question = ExchangeText.Of("How do I export a board with 12 lists?");

    [Theory]
    [InlineData("Open your board and choose Export.")]
    [InlineData("You will be sent a file of up to 20 MB.")]
    [InlineData("A board without cards can't be exported.")]
    [InlineData("You can export your board as a file: open it, then choose Export.")]
    [InlineData("No, boards without cards cannot be exported.")]
    [InlineData("Sure! Open the board and choose Export.")]
    [InlineData("You get a file of up to 20 MB.")]
    public void A_sentence_that_its_quote_carries_may_be_said(string sentence) => Assert.Null(After((sentence, true)));

    [Theory]
    [InlineData("Hello, and thanks for asking!")]
    [InlineData("Here is how to export a board:")]
    [InlineData("Does that answer your question?")]
    [InlineData("The documentation describes the steps.")]
    public void What_claims_nothing_needs_no_quote(string sentence) => Assert.Null(After((sentence, false), ("Open the board and choose Export.", true)));

    [Theory]
    [InlineData("We never delete data.", false)]
    [InlineData("Archived projects are restored by administrators.", true)]
    [InlineData("The file is not sent to you.", true)]
    [InlineData("Boards without cards can be exported.", true)]
    [InlineData("The board is exported.", true)]
    [InlineData("You have your file back.", true)]
    [InlineData("You get it all, let me know.", true)]
    [InlineData("A file of up to twenty-five MB is sent to you.", true)]
    [InlineData("Sam sends the file to you.", true)]
    [InlineData("Yes.", true)]
    [InlineData("Did you know that exports are free?", true)]
    [InlineData("Open the board and choose Delete.", true)]
    [InlineData("Open the board and remove it.", true)]
    [InlineData("Open the board and disconnect Export.", true)]
    [InlineData("Note: your account gets upgraded:", false)]
    public void A_claim_that_no_quote_carries_is_stopped(string sentence, bool cited) => Assert.Equal("A3.draft-uncited", After((sentence, cited)));

    [Fact]
    public void A_figure_that_no_quote_has_is_stopped() => Assert.Equal("A3.draft-unsupported", After(("A file of up to 50 MB is sent.", true)));

    [Fact]
    public void A_negation_that_the_quote_lacks_is_stopped()
    {
        var draft = Draft(("You cannot choose Export on a board.", true));
        draft = draft with { Citations = [draft.Citations[0] with { Quote = "Open the board and choose Export." }] };

        Assert.Equal("A3.draft-uncited", Book.After(draft, Question)?.RuleId);
    }

    [Fact]
    public void Words_beside_the_sentences_are_stopped()
    {
        var draft = Draft(("Open the board and choose Export.", true));

        Assert.Equal("A3.draft-uncited", Book.After(draft with { Text = draft.Text + " And we owe you a cake." }, Question)?.RuleId);
    }

    private static RuleBook Book { get; } = new(EscalationPolicy.Default);

    private static string? After(params (string Text, bool IsCited)[] sentences) => Book.After(Draft(sentences), Question)?.RuleId;

    private static Draft Draft(params (string Text, bool IsCited)[] sentences) =>
        new(string.Join(' ', sentences.Select(sentence => sentence.Text)), [new("c", "export.md", "Export", "", Export, DateTimeOffset.UnixEpoch)], 0.9)
        {
            Sentences = [.. sentences.Select(sentence => new DraftSentence(sentence.Text, sentence.IsCited ? ImmutableArray.Create(0) : []))],
        };
}
