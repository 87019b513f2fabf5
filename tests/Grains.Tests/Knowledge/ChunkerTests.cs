using FteAgent.Knowledge;

namespace FteAgent.Tests.Knowledge;

public class ChunkerTests
{
    private static readonly string Sixty = string.Join(' ', Enumerable.Range(0, 60).Select(n => $"word{n}"));

    [Fact]
    public void Every_chunk_is_an_exact_piece_of_its_document()
    {
        foreach (var document in Given.HelpPages())
            Assert.All(Chunker.Cut(document), chunk => Assert.Contains(chunk.Text, document.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void No_word_of_a_document_is_lost()
    {
        var text = $"Before.\n\n# A\n\n{Sixty} {Sixty}\n\n## B\n\n{Sixty}\n{Sixty}\n{Sixty}\n\n### C\nlast words";
        var words = Chunker.Cut(Given.Document("d", text)).SelectMany(chunk => chunk.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), words);
    }

    [Fact]
    public void A_chunk_carries_the_headings_above_it()
    {
        var chunks = Chunker.Cut(Given.Document("d", $"# Guide\n\n## Set up\n\n{Sixty} {Sixty}\n\n### On a *laptop*\n\n{Sixty} {Sixty}", "Guide"));
        Assert.Equal(["Set up", "Set up › On a laptop"], chunks.Select(chunk => chunk.Heading));
    }

    [Fact]
    public void A_heading_is_never_parted_from_what_it_heads()
    {
        var text = string.Join("\n\n", Enumerable.Range(0, 40).Select(n => $"## Part {n}\n\n{Sixty} {Sixty}"));
        Assert.All(Chunker.Cut(Given.Document("d", text)), chunk => Assert.DoesNotContain("## Part", chunk.Text.Split('\n')[^1], StringComparison.Ordinal));
    }

    [Fact]
    public void A_list_stays_with_the_sentence_that_announces_it()
    {
        var list = string.Join('\n', Enumerable.Range(0, 6).Select(n => $"- {Sixty}"));
        var chunks = Chunker.Cut(Given.Document("d", $"{Sixty} {Sixty}\n\nDo all of this:\n\n{list}\n\n{Sixty}"));
        Assert.Single(chunks, chunk => chunk.Text.Contains("Do all of this:\n\n- word0", StringComparison.Ordinal));
    }

    [Fact]
    public void A_code_fence_stays_whole_and_its_comments_are_no_headings()
    {
        var fence = "```sh\n# not a heading\n" + string.Join('\n', Enumerable.Range(0, 150).Select(n => $"run step {n}")) + "\n```";
        var chunks = Chunker.Cut(Given.Document("d", $"## Code\n\n{Sixty} {Sixty}\n\n{fence}\n\n{Sixty}"));
        Assert.Single(chunks, chunk => chunk.Text.Contains(fence, StringComparison.Ordinal));
        Assert.All(chunks, chunk => Assert.Equal("Code", chunk.Heading));
    }

    [Fact]
    public void A_fence_that_never_ends_is_cut_at_lines()
    {
        var text = "```\n" + string.Join('\n', Enumerable.Range(0, 20_000).Select(n => $"line {n}"));
        var chunks = Chunker.Cut(Given.Document("d", text));
        Assert.True(chunks.Count > 10);
        Assert.All(chunks, chunk => Assert.True(chunk.Text.Length <= Chunker.MaxBlockCharacters * 2));
        Assert.All(chunks.Skip(1), chunk => Assert.StartsWith("line ", chunk.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_wall_of_text_without_a_space_is_cut_between_characters()
    {
        var text = string.Concat(Enumerable.Repeat("😀", 20_000));
        var chunks = Chunker.Cut(Given.Document("d", text));
        Assert.Equal(text, string.Concat(chunks.Select(chunk => chunk.Text)));
        Assert.All(chunks, chunk => Assert.False(char.IsLowSurrogate(chunk.Text[0])));
    }

    [Fact]
    public void The_same_words_in_the_same_place_keep_their_id()
    {
        var before = Chunker.Cut(Given.Document("d", $"# A\n\n{Sixty} {Sixty}\n\n# B\n\nold"));
        var after = Chunker.Cut(Given.Document("d", $"# A\n\n{Sixty} {Sixty}\n\n# B\n\nnew"));
        Assert.Equal(before[0].Id, after[0].Id);
        Assert.NotEqual(before[1].Id, after[1].Id);
    }

    [Fact]
    public void Repeated_words_get_ids_of_their_own()
    {
        var text = string.Join("\n\n", Enumerable.Repeat($"# Same\n\n{Sixty} {Sixty}", 5));
        var ids = Chunker.Cut(Given.Document("d", text)).Select(chunk => chunk.Id).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void A_document_without_text_is_found_by_its_title() =>
        Assert.Equal("Contact us", Assert.Single(Chunker.Cut(Given.Document("d", " \n ", "Contact us"))).Text);
}
