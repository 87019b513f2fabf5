using FteAgent.Intents;
using FteAgent.Learning;

namespace FteAgent.Record;

/// <summary>One classifier is kept for all silos, and goes with whatever it learned that was erased.</summary>
public abstract class IntentsContract : RecordContract
{
    private IIntents Intents => Record.Get<IIntents>();

    [Fact]
    public async Task What_was_kept_last_is_read_by_its_number()
    {
        Assert.Equal(KeptIntents.None, await Intents.Current(default));
        Assert.Null(await Intents.Load(0, default));

        Assert.True(await Intents.Keep(Trained(0, [1, 2, 3]), default));
        Record.Advance(30);
        var first = await Intents.Current(default);
        Assert.True(await Intents.Keep(Trained(1, [4]), default));

        Assert.Equal(new(1, 7, "print", 2, 3, TimeSpan.FromSeconds(30)), first);
        Assert.Equal(2, (await Intents.Current(default)).Number);
        Assert.Null(await Intents.Load(1, default));
        Assert.Equal([4], await Intents.Load(2, default));
    }

    [Fact]
    public async Task Of_many_who_trained_for_the_same_place_one_is_kept()
    {
        var kept = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Intents.Keep(Trained(0, [(byte)n]), default)));

        Assert.Single(kept, one => one);
        Assert.Equal(1, (await Intents.Current(default)).Number);
        Assert.False(await Intents.Keep(Trained(0, [9]), default));
        Assert.False(await Intents.Keep(Trained(2, [9]), default));
    }

    [Fact]
    public async Task It_is_forgotten_with_a_customer_from_whom_it_learned_and_with_no_other()
    {
        var (theirs, others) = (await Proposed(), await Proposed());
        Assert.True(await Intents.Keep(Trained(0, [1], theirs.Id), default));

        await Record.PersonalData.Erase(others.Customer, "Ana", default);
        Assert.Equal([1], await Intents.Load(1, default));
        await Record.PersonalData.Erase(theirs.Customer, "Ana", default);

        var left = await Intents.Current(default);
        Assert.Equal((2, 0, "", 0, 0), (left.Number, left.Format, left.Fingerprint, left.Labels, left.Examples));
        Assert.Null(await Intents.Load(1, default));
        Assert.Null(await Intents.Load(2, default));
    }

    [Fact]
    public async Task What_was_learned_of_somebody_who_was_erased_meanwhile_is_not_kept()
    {
        var (theirs, others) = (await Proposed(), await Proposed());
        await Record.PersonalData.Erase(theirs.Customer, "Ana", default);

        Assert.False(await Intents.Keep(Trained(0, [1], theirs.Id, others.Id), default));
        Assert.Equal(KeptIntents.None, await Intents.Current(default));
        Assert.True(await Intents.Keep(Trained(0, [1], others.Id), default));
    }

    [Fact]
    public async Task What_the_one_before_had_learned_from_does_not_count_any_more()
    {
        var (before, now) = (await Proposed(), await Proposed());
        await Intents.Keep(Trained(0, [1], before.Id), default);
        await Intents.Keep(Trained(1, [2], now.Id), default);

        await Record.PersonalData.Erase(before.Customer, "Ana", default);

        Assert.Equal([2], await Intents.Load(2, default));
    }

    [Fact]
    public async Task Erasures_and_trainings_at_once_leave_nothing_of_the_erased()
    {
        var articles = new List<Article>();
        for (var i = 0; i < 6; i++)
            articles.Add(await Proposed());

        await Task.WhenAll(
            articles.Take(3).Select(article => (Task)Record.PersonalData.Erase(article.Customer, "Ana", default))
                .Concat(articles.Select(async article =>
                {
                    for (var number = 0L; number < 4; number++)
                        await Intents.Keep(Trained((await Intents.Current(default)).Number, [1], article.Id), default);
                })));

        foreach (var erased in articles.Take(3))
        {
            var number = (await Intents.Current(default)).Number;
            Assert.False(await Intents.Keep(Trained(number, [1], erased.Id), default));
        }

        Assert.True(await Intents.Keep(Trained((await Intents.Current(default)).Number, [1], [.. articles.Skip(3).Select(article => article.Id)]), default));
    }

    private static TrainedIntents Trained(long after, byte[] bytes, params ArticleId[] articles) => new(after, 7, "print", 2, 3, bytes, [.. articles]);

    private async Task<Article> Proposed()
    {
        var articles = Record.Get<IArticles>();
        var conversation = await Record.Commit(In(await Record.NewConversation()).Opens("Boards").CustomerSays("How do I move a board?"));
        Assert.True(await articles.Study(new(conversation.Customer, conversation.CurrentTicket!.Id), new("How do I move a board?", "Drag it."), default));
        return (await articles.List(null, 50, null, default)).Articles.Single(article => article.Customer == conversation.Customer);
    }
}
