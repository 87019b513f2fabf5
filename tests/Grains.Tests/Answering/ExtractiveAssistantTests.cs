using System.Collections.Immutable;
using FteAgent.Answering;
using FteAgent.Answering.Rules;
using FteAgent.Knowledge;
using FteAgent.Testing;
using FteAgent.Tests.Knowledge;
using Xunit.Abstractions;

namespace FteAgent.Tests.Answering;

public class ExtractiveAssistantTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_how_to_is_quoted_with_all_its_steps()
    {
        var draft = await Answer("how do I reset my password?");
        Assert.Contains("1. Open the Sign in page and choose Forgot password.", draft.Text, StringComparison.Ordinal);
        Assert.Contains("3. Follow the link we send you", draft.Text, StringComparison.Ordinal);
        var citation = draft.Citations[0];
        Assert.Equal(("account.md", "Your account", "Reset your password"), (citation.DocumentId, citation.Title, citation.Heading));
        Assert.Equal(Given.Day, citation.VersionDate);
        Assert.Contains("**Sign in**", citation.Quote, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_is_kept_with_what_introduces_it()
    {
        var draft = await Answer("what command exports a board to csv format");
        Assert.Contains("    kan export --board 42 --format csv", draft.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("```", draft.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_of_a_table_is_said_with_its_columns_which_no_rule_takes_for_a_claim_of_its_own()
    {
        const string asked = "what is the meaning of 429, too many requests?";
        var index = await Given.Index(Given.HelpPages());
        var found = await index.Search([asked], 8, null, CancellationToken.None);
        var draft = await new ExtractiveAssistant(index).Draft(new DraftRequest([asked], [], found with { Evidence = 1 }), NoTools.Instance, CancellationToken.None);

        Assert.Contains("Code: 429; Meaning: Too many requests in one minute", draft.Text, StringComparison.Ordinal);
        Assert.EndsWith("Code | Meaning", draft.Citations[0].Heading, StringComparison.Ordinal);
        Assert.Null(Quotes.Fault(draft, found.Hits.ToDictionary(hit => hit.ChunkId)));
        Assert.Null(new RuleBook(EscalationPolicy.Default).After(draft, ExchangeText.Of(asked)));
    }

    [Fact]
    public async Task A_cure_is_found_under_the_heading_that_names_the_trouble_though_it_repeats_none_of_its_words()
    {
        const string asked = "Since the update my timeline is blank";
        var index = await Given.Index(Given.Document("known.md", """
            # Known problems

            ## The timeline is blank after an update

            Clear the browser's cache and load the page anew.

            ## The app closes by itself

            Get the latest update from the store.
            """, "Known problems"));
        var found = await index.Search([asked], 8, null, CancellationToken.None);
        var draft = await new ExtractiveAssistant(index).Draft(new DraftRequest([asked], [], found with { Evidence = 1 }), NoTools.Instance, CancellationToken.None);

        Assert.Contains("Clear the browser's cache", draft.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_is_said_with_no_other_columns_than_its_own()
    {
        Citation quote = new("c", "errors.md", "Error codes", "Code | Meaning", "| 402 | The card on file was declined |", DateTimeOffset.UnixEpoch);

        string? Rule(string said) => new RuleBook(EscalationPolicy.Default).After(new Draft(said, [quote], 0.9), ExchangeText.Of("What does error 402 mean?"))?.RuleId;

        Assert.Null(Rule("• Code: 402; Meaning: The card on file was declined"));
        Assert.Equal("A3.draft-uncited", Rule("• Code: 402; Moonlight: The card on file was declined"));
    }

    [Fact]
    public async Task What_a_plan_offers_is_said_without_its_price()
    {
        var draft = await AboutPlans("Does the Crew plan have a shared calendar and single sign-on?");

        Assert.Contains("The Crew plan adds single sign-on", draft.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("$", draft.Text + string.Concat(draft.Citations.Select(citation => citation.Quote)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_asks_what_a_plan_costs_is_left_to_the_rule_for_prices()
    {
        const string asked = "How much does the Crew plan cost a month, with boards unlimited?";
        var draft = await AboutPlans(asked);

        Assert.Equal("A4.draft-price", new RuleBook(EscalationPolicy.Default).After(draft, ExchangeText.Of(asked))?.RuleId);
    }

    [Fact]
    public async Task Where_list_prices_are_answered_they_are_quoted() =>
        Assert.Contains("Price: $9/month", (await AboutPlans("Which plan has boards unlimited, Crew?", pricesMayBeSaid: true)).Text, StringComparison.Ordinal);

    [Fact]
    public async Task A_procedure_too_long_to_quote_says_that_it_goes_on()
    {
        var steps = string.Join('\n', Enumerable.Range(1, 12).Select(n => $"{n}. " + string.Join(' ', Enumerable.Repeat($"do part {n} of the turbine", 5))));
        var index = await Given.Index(Given.Document("turbine.md", $"Mount the turbine like so:\n\n{steps}", "Turbine"));
        var found = await index.Search(["how do I mount the turbine"], 8, null, CancellationToken.None);
        var draft = await new ExtractiveAssistant(index).Draft(new DraftRequest(["how do I mount the turbine"], [], found), NoTools.Instance, CancellationToken.None);
        Assert.EndsWith("(More steps follow in the document.)", draft.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_evidence_it_declines()
    {
        var draft = await Answer("Which pizza place in Naples would you recommend?");
        Assert.Equal("", draft.Text);
        Assert.Empty(draft.Citations);
        Assert.True(draft.Confidence < ExtractiveAssistant.EvidenceNeeded);
        Assert.Null(draft.Failure);
    }

    [Fact]
    public async Task A_short_follow_up_leans_on_what_was_said_before()
    {
        var index = await Given.Index(Given.HelpPages());
        var found = await index.Search(["I want to delete my account", "can it be undone?"], 8, null, CancellationToken.None);
        ImmutableArray<Utterance> history = [new Utterance(true, "I want to delete my account")];
        var draft = await new ExtractiveAssistant(index).Draft(new DraftRequest(["can it be undone?"], history, found), NoTools.Instance, CancellationToken.None);
        Assert.Contains("It cannot be undone", draft.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("```sh\ncurl -s http://localhost/support/submit -d '{\"message\": \"How do I import my own documents?\"}'\n```\n\nThe answer holds a ticket and a token. Keep both secret.")]
    [InlineData("Open the page and ask something, for instance *How do I import my own documents?* At the first start it knows itself.")]
    [InlineData("- [How do I import my own documents?](import.md)\n- [Where is my data?](data.md)\n- [What does it cost?](plans.md)")]
    public async Task A_page_that_only_holds_the_question_again_is_not_one_to_see_also(string repeats)
    {
        var draft = await AboutImports(repeats);

        Assert.Contains("point the import command at a folder", draft.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("See also", draft.Text, StringComparison.Ordinal);
        Assert.Equal("import.md", Assert.Single(draft.Citations).DocumentId);
    }

    [Theory]
    [InlineData("Every import of your own documents replaces the version before it, and a search never sees half of each.")]
    [InlineData("*How do I import my own documents?* is often asked: an import takes Markdown documents and a folder of HTML alike.")]
    public async Task A_page_that_says_more_of_the_matter_is_one_to_see_also(string more)
    {
        var draft = await AboutImports(more);

        Assert.Contains("See also in “More”", draft.Text, StringComparison.Ordinal);
        Assert.Equal(["import.md", "more.md"], draft.Citations.Select(citation => citation.DocumentId).Order());
    }

    [Fact]
    public async Task The_same_question_gets_the_same_answer()
    {
        var first = await Answer("my file is too large to import, error?");
        var second = await Answer("my file is too large to import, error?");
        Assert.Equal(first.Text, second.Text);
        Assert.NotEmpty(first.Citations);
        Assert.Equal(first.Citations.AsEnumerable(), second.Citations.AsEnumerable());
    }

    [Fact]
    public async Task A_sentence_longer_than_an_answer_may_be_is_left_to_the_next_page()
    {
        var endless = string.Join(" and ", Enumerable.Range(1, 200).Select(n => $"invoice refund {n}")) + ".";
        var index = await Given.Index(
            Given.Document("terms", $"# Invoice refund\n\n{endless}", "Invoice refund"),
            Given.Document("refunds", "# Refunds\n\nA refund of an invoice takes five days.", "Refunds"));
        var found = await index.Search(["invoice refund"], 8, null, CancellationToken.None);
        var draft = await new ExtractiveAssistant(index).Draft(new DraftRequest(["invoice refund"], [], found with { Evidence = 1 }), NoTools.Instance, CancellationToken.None);
        Assert.Equal("A refund of an invoice takes five days.", Assert.Single(draft.Citations).Quote);
    }

    [Fact]
    public async Task Whatever_is_asked_every_quote_stands_in_its_chunk_and_the_answer_is_short()
    {
        var seed = TestSeed.Take(output.WriteLine);
        var random = new Random(seed);
        var (index, words) = await Corpus(random);
        var assistant = new ExtractiveAssistant(index);
        var book = new RuleBook(EscalationPolicy.Default);
        var answered = 0;
        for (var n = 0; n < 300; n++)
        {
            var question = string.Join(' ', Enumerable.Range(0, random.Next(1, 12)).Select(_ => words[random.Next(words.Length)]));
            var found = await index.Search([question], 8, null, CancellationToken.None);
            var draft = await assistant.Draft(new DraftRequest([question], [], found with { Evidence = 1 }), NoTools.Instance, CancellationToken.None);
            var given = found.Hits.ToDictionary(hit => hit.ChunkId);
            Assert.True(Quotes.Fault(draft, given) is null, $"{TestSeed.Variable}={seed}: {question}: {Quotes.Fault(draft, given)}");
            // What only quotes claims nothing of its own; what the documents themselves must not say is another matter.
            Assert.True(book.After(draft, ExchangeText.Of(question))?.RuleId is not "A3.draft-uncited", $"{TestSeed.Variable}={seed}: {question}: {draft.Text}");
            foreach (var citation in draft.Citations)
            {
                var chunk = Assert.Single(found.Hits, hit => hit.ChunkId == citation.ChunkId);
                Assert.True(chunk.Text.Contains(citation.Quote, StringComparison.Ordinal), $"{TestSeed.Variable}={seed}: {question}");
            }

            Assert.True(draft.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length <= ExtractiveAssistant.MaxAnswerWords, $"{TestSeed.Variable}={seed}: {question}");
            answered += draft.Citations.IsEmpty ? 0 : 1;
        }

        Assert.True(answered > 100, $"{TestSeed.Variable}={seed}: only {answered} answered");
    }

    // Help pages and pages of shuffled marks: headings, fences left open, lists in lists, right-to-left words, emoji.
    private static async Task<(KnowledgeIndex Index, string[] Words)> Corpus(Random random)
    {
        string[] words =
        [
            "password", "reset", "board", "export", "invoice", "deploy", "مرحبا", "パスワード", "naïve", "v1.2", "e.g.", "why?", "then", "this:", "😀", "`code`",
            "**bold**", "[link](https://example.com)", "<b>tag</b>", "snake_case", "end.", "\"quoted.\"", "…", "|", "402", "\n|---|---|\n", "**half", "&amp;",
        ];
        string[] openings = ["", "", "# ", "## ", "- ", "1. ", "  * ", "| ", "```\n", "> ", "12) ", "\n\n", "~~~ "];
        var pages = Enumerable.Range(0, 40).Select(n =>
        {
            var lines = Enumerable.Range(0, random.Next(1, 60)).Select(_ =>
                openings[random.Next(openings.Length)] + string.Join(' ', Enumerable.Range(0, random.Next(1, 30)).Select(_ => words[random.Next(words.Length)])));
            return Given.Document($"page{n}", string.Join('\n', lines), $"Page {n}");
        });
        return (await Given.Index([.. Given.HelpPages(), .. pages]), words);
    }

    private static async Task<Draft> AboutPlans(string question, bool pricesMayBeSaid = false)
    {
        var index = await Given.Index(Given.Document("plans.md", """
            # Plans

            | Plan | Price | Boards |
            |------|-------|--------|
            | Solo | $4/month | three |
            | Crew | $9/month | unlimited |

            The Crew plan adds single sign-on and a shared calendar.
            """, "Plans"));
        var found = await index.Search([question], 8, null, CancellationToken.None);
        var request = new DraftRequest([question], [], found with { Evidence = 1 }) { PricesMayBeSaid = pricesMayBeSaid };
        return await new ExtractiveAssistant(index).Draft(request, NoTools.Instance, CancellationToken.None);
    }

    private static async Task<Draft> AboutImports(string elsewhere)
    {
        const string asked = "How do I import my own documents?";
        var index = await Given.Index(
            Given.Document("import.md", "# Import\n\n## Import your own documents\n\nTo import your own documents, point the import command at a folder of Markdown, HTML or text files.", "Import"),
            Given.Document("more.md", $"# More\n\n{elsewhere}", "More"));
        var found = await index.Search([asked], 8, null, CancellationToken.None);
        // Both are as much to the point by their words alone.
        found = found with { Evidence = 1, Hits = [.. found.Hits.Select(hit => hit with { Score = 1 })] };
        return await new ExtractiveAssistant(index).Draft(new DraftRequest([asked], [], found), NoTools.Instance, CancellationToken.None);
    }

    private static async Task<Draft> Answer(string question)
    {
        var index = await Given.Index(Given.HelpPages());
        var found = await index.Search([question], 8, null, CancellationToken.None);
        return await new ExtractiveAssistant(index).Draft(new DraftRequest([question], [], found), NoTools.Instance, CancellationToken.None);
    }
}
