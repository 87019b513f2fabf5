namespace FteAgent.Tests.Knowledge;

/// <summary>What is searched can be read and listed as well.</summary>
public sealed class KnowledgeReaderTests
{
    [Fact]
    public async Task A_chunk_that_was_found_is_found_again_by_its_id()
    {
        var index = await Given.Index(Given.HelpPages());
        var hit = (await index.Search(["how do I reset my password?"], 1, null, default)).Hits[0];

        Assert.Equal(hit with { Score = 0 }, index.Chunk(hit.ChunkId));
        Assert.Null(index.Chunk("no such chunk"));
    }

    [Fact]
    public async Task A_document_is_its_chunks_in_its_own_order()
    {
        var text = string.Join("\n\n", Enumerable.Range(0, 12).Select(n => $"## Part {n}\n\n" + string.Join(' ', Enumerable.Repeat($"word{n}", 120))));
        var index = await Given.Index([Given.Document("a.md", "Before it."), Given.Document("long.md", text), Given.Document("z.md", "Behind it.")]);

        var chunks = index.ChunksOf("long.md");

        Assert.True(chunks.Length > 3);
        Assert.All(chunks, chunk => Assert.Equal("long.md", chunk.DocumentId));
        Assert.Equal(text, string.Join("\n\n", chunks.Select(chunk => chunk.Text)));
        Assert.Empty(index.ChunksOf("no such.md"));
    }

    [Fact]
    public async Task Documents_are_listed_in_order_of_id_from_any_place_on()
    {
        var index = await Given.Index([Given.Document("c.md", "Three."), Given.Document("a.md", "One."), Given.Document("b.md", "Two.")]);

        Assert.Equal(["a.md", "b.md"], index.Documents(null, 2).Select(document => document.Id));
        Assert.Equal(["c.md"], index.Documents("b.md", 2).Select(document => document.Id));
        // A document that is gone by then is no end of the list.
        Assert.Equal(["b.md", "c.md"], index.Documents("aa.md", 2).Select(document => document.Id));
        Assert.Empty(index.Documents("c.md", 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Documents(null, 0));
    }
}
