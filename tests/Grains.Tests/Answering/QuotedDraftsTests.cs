using System.Collections.Immutable;
using FteAgent.Answering;
using FteAgent.Knowledge;

namespace FteAgent.Tests.Answering;

/// <summary>Answers with quotes that no model of ours wrote.</summary>
public sealed class QuotedDraftsTests
{
    private static readonly SearchHit Hit = new("c1", "guide.md", "Guide", "Export", "Choose Export in the settings; it takes a minute.", 0, DateTimeOffset.UnixEpoch, "https://example.com/guide");

    private readonly QuotedDrafts drafts = new(new OneChunk());

    [Fact]
    public void Quotes_bear_the_source_that_their_chunk_has_and_carry_the_whole_answer()
    {
        var (draft, fault) = drafts.Make(" Choose Export.\nIt takes a minute. ", [new("c1", "Choose Export in the settings"), new("c1", "it takes a minute")]);

        Assert.Null(fault);
        Assert.Equal("Choose Export.\nIt takes a minute.", draft!.Text);
        Assert.All(draft.Citations, citation => Assert.Equal(("guide.md", "Guide", "Export", "https://example.com/guide"), (citation.DocumentId, citation.Title, citation.Heading, citation.Url)));
        Assert.Equal<int>([0, 1], Assert.Single(draft.Sentences).Citations);
    }

    [Fact]
    public void Without_quotes_nothing_is_told_of_what_carries_it()
    {
        var draft = drafts.Make("Hello!", []).Draft!;

        Assert.True(draft.Sentences.IsDefault);
        Assert.Empty(draft.Citations);
    }

    [Theory]
    [InlineData("c2", "it takes a minute", "There is no chunk \"c2\"")]
    [InlineData("c1", "it takes an hour", "is not in chunk \"c1\"")]
    [InlineData("c1", "minute", "3 to 40 words")]
    public void A_quote_that_does_not_stand_there_makes_no_draft(string chunk, string quote, string fault)
    {
        var made = drafts.Make("It takes a minute.", [new("c1", "it takes a minute"), new(chunk, quote)]);

        Assert.Null(made.Draft);
        Assert.Contains(fault, made.Fault, StringComparison.Ordinal);
    }

    private sealed class OneChunk : IKnowledgeReader
    {
        public SearchHit? Chunk(string id) => id == Hit.ChunkId ? Hit : null;

        public ImmutableArray<SearchHit> ChunksOf(string document) => [];

        public ImmutableArray<KnowledgeEntry> Documents(string? after, int limit) => [];
    }
}
