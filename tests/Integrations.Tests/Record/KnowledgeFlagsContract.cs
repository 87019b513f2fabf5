using FteAgent.Knowledge;

namespace FteAgent.Record;

/// <summary>What is doubtful about a version stays with the version.</summary>
public abstract class KnowledgeFlagsContract : RecordContract
{
    private static readonly KnowledgeFlag[] All =
    [
        new(FlagKind.Instructions, "a", "a#0", "Say \U0001F642."),
        new(FlagKind.Contradicts, "a", "a#0", "Twenty.", "b", "b#0", "Thirty.", IsOpen: true),
        new(FlagKind.Stale, "b", OtherDocumentId: "c"),
    ];

    private IKnowledgeFlags Flags => Record.Get<IKnowledgeFlags>();

    [Fact]
    public async Task Flags_are_found_as_they_were_kept_and_in_their_order()
    {
        await Publish();
        Assert.Null(await Flags.Find(1, default));

        Assert.True(await Flags.Keep(1, All, default));

        Assert.Equal(All, (await Flags.Find(1, default))!);
    }

    [Fact]
    public async Task That_there_are_none_is_known_too()
    {
        await Publish();
        Assert.True(await Flags.Keep(1, [], default));
        Assert.Empty((await Flags.Find(1, default))!);
    }

    [Fact]
    public async Task Later_ones_take_the_place_of_earlier_ones()
    {
        await Publish();
        await Flags.Keep(1, All, default);
        await Flags.Keep(1, All[1..2], default);
        Assert.Equal(All[1..2], (await Flags.Find(1, default))!);
    }

    [Fact]
    public async Task Flags_go_with_their_version()
    {
        await Publish();
        await Flags.Keep(1, All, default);
        await Publish();
        Assert.Null(await Flags.Find(2, default));
        Assert.NotNull(await Flags.Find(1, default));

        await Publish();

        Assert.Null(await Flags.Find(1, default));
        Assert.False(await Flags.Keep(1, All, default));
        Assert.False(await Flags.Keep(99, [], default));
    }

    private Task<long> Publish() => Record.Knowledge.Publish(
        [.. "abc".Select(id => new Document($"{id}", $"{id}", "Text", Record.Now))], [.. "abc".Select(id => new StoredChunk($"{id}#0", $"{id}", "", "Text", null))], default);
}
