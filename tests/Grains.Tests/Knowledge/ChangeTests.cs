using FteAgent.Conversations;
using FteAgent.Knowledge;

namespace FteAgent.Tests.Knowledge;

public class ChangeTests
{
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Changes_one_after_another_come_to_the_same_as_an_import_of_all(int seed)
    {
        var random = new Random(seed);
        var store = new MemoryStore();
        var (one, late) = (Given.EmptyIndex(store: store), Given.EmptyIndex(store: store));
        var pages = Enumerable.Range(0, 40).Select(n => Page(random, n)).ToDictionary(page => page.Id, StringComparer.Ordinal);
        await one.Publish([.. pages.Values], null, CancellationToken.None);
        await late.Refresh(CancellationToken.None);
        var loads = store.Loads;

        for (var round = 0; round < 25; round++)
        {
            var put = Enumerable.Range(0, random.Next(4)).Select(_ => Page(random, random.Next(60))).DistinctBy(page => page.Id).ToList();
            var gone = pages.Keys.Where(id => random.Next(30) == 0 && put.TrueForAll(page => page.Id != id)).ToList();
            await one.Change(put, gone, CancellationToken.None);
            foreach (var page in put) pages[page.Id] = page;
            foreach (var id in gone) pages.Remove(id);
            // Another silo is not always there in time.
            if (random.Next(3) == 0) await late.Refresh(CancellationToken.None);

            var whole = await Given.Index([.. pages.Values]);
            await Same(whole, one, random, $"seed {seed}, round {round}");
        }

        await late.Refresh(CancellationToken.None);
        await Same(await Given.Index([.. pages.Values]), late, random, $"seed {seed}, the late one");
        // A wild exchange of words now and then makes reading all anew the better way.
        Assert.InRange(store.Loads - loads, 0, 4);
    }

    [Fact]
    public async Task A_word_that_went_with_its_page_is_unknown_again()
    {
        var index = await Given.Index([.. Given.HelpPages(), Given.Document("gone.md", "Zeppelins land on the zebra crossing.")]);
        await index.Change([], ["gone.md"], CancellationToken.None);

        var found = await index.Search(["zeppelins on a zebra crossing"], 5, null, CancellationToken.None);

        Assert.Empty(found.Hits);
        Assert.Equal(0, found.Evidence);
        Assert.Equal(0, index.Weight("zeppelin"));
    }

    [Fact]
    public async Task An_index_that_was_changed_to_something_else_altogether_is_read_whole()
    {
        var store = new MemoryStore();
        var index = Given.EmptyIndex(store: store);
        await index.Publish(Given.HelpPages(), null, CancellationToken.None);
        var loads = store.Loads;
        await index.Change([Given.Document("other.md", "Teapots are washed by hand.")], [.. Given.HelpPages().Select(page => page.Id)], CancellationToken.None);
        Assert.Equal(loads, store.Loads);

        await index.Change([Given.Document("next.md", "Kettles boil.")], [], CancellationToken.None);

        Assert.Equal(loads + 1, store.Loads);
        Assert.Equal("next.md", (await index.Search(["kettles"], 1, null, CancellationToken.None)).Hits[0].DocumentId);
    }

    [Fact]
    public async Task What_another_changed_meanwhile_stays_changed()
    {
        var store = new MemoryStore();
        var (here, there) = (Given.EmptyIndex(store: store), Given.EmptyIndex(store: store));
        await here.Publish(Given.HelpPages(), null, CancellationToken.None);
        store.Meanwhile = () => there.Change([Given.Document("theirs.md", "Teapots are theirs.")], ["errors.md"], CancellationToken.None);

        var changed = await here.Change([Given.Document("ours.md", "Saucers are ours.")], [], CancellationToken.None);

        Assert.Equal(new KnowledgeChanged(3, 1, 0), changed);
        Assert.Equal("theirs.md", (await here.Search(["teapots"], 1, null, CancellationToken.None)).Hits[0].DocumentId);
        Assert.Equal("ours.md", (await here.Search(["saucers"], 1, null, CancellationToken.None)).Hits[0].DocumentId);
        Assert.Empty((await here.Search(["402"], 1, null, CancellationToken.None)).Hits);
    }

    [Fact]
    public async Task A_change_that_never_gets_its_turn_says_so()
    {
        var store = new MemoryStore();
        var (here, there) = (Given.EmptyIndex(store: store), Given.EmptyIndex(store: store));
        var number = 0;
        async Task Meanwhile()
        {
            await there.Change([Given.Document($"{number++}.md", "Another page.")], [], CancellationToken.None);
            store.Meanwhile = Meanwhile;
        }

        await here.Publish(Given.HelpPages(), null, CancellationToken.None);
        store.Meanwhile = Meanwhile;

        await Assert.ThrowsAsync<RecordUnavailableException>(() => here.Change([Given.Document("ours.md", "Ours.")], [], CancellationToken.None));
    }

    [Fact]
    public async Task What_stands_there_already_is_not_published_again()
    {
        var index = await Given.Index(Given.HelpPages());

        Assert.Equal(new KnowledgeChanged(1, 0, 0), await index.Change(Given.HelpPages(), ["no such page"], CancellationToken.None));
        Assert.Equal(new KnowledgeChanged(2, 1, 0), await index.Change([Given.HelpPages()[0], Given.HelpPages()[1] with { Title = "Other title" }], [], CancellationToken.None));
    }

    [Fact]
    public async Task An_import_leaves_what_was_learned()
    {
        var index = await Given.Index(Given.HelpPages());
        await index.Change([Given.Document("learned/1", "Teapots are washed by hand.")], [], CancellationToken.None);

        await index.Publish(Given.HelpPages()[..1], null, CancellationToken.None);

        Assert.Equal("learned/1", (await index.Search(["teapots"], 1, null, CancellationToken.None)).Hits[0].DocumentId);
        Assert.Empty((await index.Search(["429"], 1, null, CancellationToken.None)).Hits);
        await Assert.ThrowsAsync<ArgumentException>(() => index.Publish([Given.Document("learned/2", "Imported.")], null, CancellationToken.None));
    }

    [Fact]
    public async Task One_document_is_not_named_twice()
    {
        var index = await Given.Index(Given.HelpPages());
        await Assert.ThrowsAsync<ArgumentException>(() => index.Change([Given.Document("a", "x")], ["a"], CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => index.Change([Given.Document("a", "x"), Given.Document("a", "y")], [], CancellationToken.None));
    }

    [Fact]
    public void Ids_are_in_the_order_of_their_code_points()
    {
        string[] ids = ["", "a", "a/b", "aa", "b", "\uFB01", "\U0001F600", "\U0001F600a", "\U0001F601"];
        var shuffled = ids.ToArray();
        new Random(3).Shuffle(shuffled);
        Assert.Equal(ids, shuffled.Order(ByCodePoint.Order));
    }

    private static async Task Same(KnowledgeIndex whole, KnowledgeIndex changed, Random random, string when)
    {
        Assert.Equal(whole.Chunks, changed.Chunks);
        for (var q = 0; q < 12; q++)
        {
            string[] query = [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => Sentence(random))];
            var category = random.Next(3) == 0 ? "even" : null;
            var (expected, found) = (await whole.Search([.. query], 10, category, default), await changed.Search([.. query], 10, category, default));
            Assert.True(expected.Hits.SequenceEqual(found.Hits), $"{when}: {string.Join(" | ", query)}");
            Assert.Equal(expected.Evidence, found.Evidence);
        }

        foreach (var word in Words) Assert.Equal(whole.Weight(word), changed.Weight(word));
    }

    private static Document Page(Random random, int number)
    {
        var sections = Enumerable.Range(0, random.Next(1, 6)).Select(_ =>
            $"## {Sentence(random)}\n\n{string.Join(' ', Enumerable.Range(0, random.Next(3, 40)).Select(_ => $"{Sentence(random)}."))}");
        // Some ids sort otherwise by code points than by UTF-16.
        var id = number % 9 == 0 ? $"\U0001F600{number}.md" : number % 7 == 0 ? $"\uFB01{number}.md" : $"{number}.md";
        return new(id, Sentence(random), string.Join("\n\n", sections), Given.Day.AddDays(random.Next(100)), number % 2 == 0 ? "even" : null);
    }

    // Common words and rare ones: the rare come and go with their pages.
    private static string Sentence(Random random) => string.Join(' ', Enumerable.Range(0, random.Next(2, 9)).Select(_ => Words[(int)(Words.Length * Math.Pow(random.NextDouble(), 3))]));

    private static readonly string[] Words =
    [
        "board", "export", "open", "the", "invoice", "password", "please", "thanks", "account", "table", "upload", "share", "402",
        .. Enumerable.Range(0, 400).Select(n => $"{(char)('a' + (n % 26))}{(char)('a' + (n / 26))}ord{n % 7}"),
    ];
}
