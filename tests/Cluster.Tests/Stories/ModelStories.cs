using FteAgent.Cluster.Load;
using FteAgent.Testing.OpenAI;

namespace FteAgent.Cluster.Stories;

/// <summary>
/// What customers notice of a model that is slow, away, silent, cut off in the middle, or lies: a word within five seconds, one answer or a person,
/// and nothing twice.
/// </summary>
[Collection(nameof(ModelFleet))]
public sealed class ModelStories(ModelFleet fleet) : IAsyncLifetime
{
    private const string Invented = "Purple elephants reset every password at midnight";

    // Who waits hears within five seconds that it goes on, or that a person will come.
    private static readonly TimeSpan HeardWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SettledWithin = TimeSpan.FromSeconds(30);

    // As long as an open circuit asks nobody, and a little more.
    private static readonly TimeSpan TriedAgain = TimeSpan.FromSeconds(12);

    private FleetClient client = null!;

    public async Task InitializeAsync()
    {
        await fleet.Whole();
        client = new(fleet.Balancer);
    }

    public Task DisposeAsync()
    {
        client.Dispose();
        Assert.Empty(fleet.Endpoint.Complaints);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Slow_the_customer_is_told_that_it_goes_on_and_then_gets_its_answer()
    {
        fleet.Endpoint.Script.Otherwise(request => QuotingModel.Answer(request).Slow(TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(60)));
        var (talk, page) = await Ask();
        await using var open = page;

        var answer = Assert.Single((await fleet.Settled(talk, SettledWithin)).Answers);
        await ShownTo(page, "message", "\"assistant\"");

        Heard(page);
        Assert.StartsWith("model-a/", answer.Model, StringComparison.Ordinal);
        Assert.Contains(page.Shown, shown => shown.Name is "status" && shown.Data.Contains("still reading", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Away_the_documents_are_quoted_and_nothing_comes_a_second_time_when_it_is_back()
    {
        fleet.Endpoint.Script.Otherwise(_ => Step.Fail(503));
        var (talk, page) = await Ask();
        await using var open = page;
        var result = await fleet.Settled(talk, SettledWithin);
        Heard(page);
        Assert.All(result.Answers, answer => Assert.StartsWith("extractive/", answer.Model, StringComparison.Ordinal));

        fleet.Endpoint.Script.Otherwise(QuotingModel.Answer);
        await AnsweredOnce(talk, result);
    }

    [Fact]
    public async Task Silent_the_customer_hears_all_the_same()
    {
        fleet.Endpoint.Script.Otherwise(_ => Step.Hang());
        var (talk, page) = await Ask();
        await using var open = page;

        var result = await fleet.Settled(talk, SettledWithin);

        Heard(page);
        fleet.Endpoint.Script.Otherwise(QuotingModel.Answer);
        await AnsweredOnce(talk, result);
    }

    [Fact]
    public async Task Cut_off_in_the_middle_nothing_of_what_it_began_is_shown_to_anyone()
    {
        fleet.Endpoint.Script.Otherwise(request => QuotingModel.Lie(request, Invented).Cut(12));
        var (talk, page) = await Ask();
        await using var open = page;

        await fleet.Settled(talk, SettledWithin);

        Heard(page);
        AssertNothingInvented(page, await fleet.Of(talk));
    }

    [Fact]
    public async Task Lying_it_is_asked_once_more_and_then_a_person_comes()
    {
        fleet.Endpoint.Script.Otherwise(request => QuotingModel.Lie(request, Invented));
        var (talk, page) = await Ask();
        await using var open = page;

        var result = await fleet.Settled(talk, SettledWithin);

        Assert.Equal("A5.failure", result.Escalated);
        Heard(page);
        AssertNothingInvented(page, result);
    }

    [Fact]
    public async Task After_a_storm_in_which_a_silo_is_killed_everybody_has_one_answer_or_a_person()
    {
        fleet.Endpoint.Script.Otherwise(request => Random.Shared.Next(2) == 0 ? Step.TooMany("1") : QuotingModel.Answer(request).Slow(TimeSpan.FromMilliseconds(500)));
        var talks = fleet.Talks(client, 20);
        await Task.WhenAll(talks.Select(talk => talk.Write()));
        await Task.Delay(TimeSpan.FromSeconds(1));
        await fleet.Fleet.Silos[1].Kill();
        var results = await Task.WhenAll(talks.Select(talk => fleet.Settled(talk, SettledWithin)));

        await fleet.Whole();
        await Task.Delay(TriedAgain);
        Assert.Equal(results.Select(result => result.Answers.Count), (await Task.WhenAll(talks.Select(fleet.Of))).Select(result => result.Answers.Count));
        Assert.All(results, result => Assert.Equal(1, result.Answers.Count + (result.Escalated is null ? 0 : 1)));
        // And whoever writes now is answered by the model again.
        foreach (var talk in fleet.Talks(client, 4))
        {
            await talk.Write();
            Assert.All((await fleet.Settled(talk, SettledWithin)).Answers, answer => Assert.StartsWith("model-a/", answer.Model, StringComparison.Ordinal));
        }
    }

    private async Task<(Talk Talk, PageAtWork Page)> Ask()
    {
        var talk = fleet.Talks(client, 1)[0];
        await talk.Write();
        // On the silo that need not be the conversation's.
        return (talk, new(fleet.Fleet.Silos[0], talk.Token));
    }

    private static void Heard(PageAtWork page)
    {
        var first = page.Shown.FirstOrDefault(shown => shown.Name is "status" || (shown.Name is "message" && shown.Data.Contains("\"assistant\"", StringComparison.Ordinal)));
        Assert.True(first is not null && first.After <= HeardWithin, $"The customer heard first after {first?.After.TotalSeconds ?? double.NaN:0.0} s.");
        var waits = page.Shown.Where(shown => shown.Name is "status" or "message").Select(shown => shown.After).ToList();
        Assert.All(waits.Zip(waits.Skip(1)), pair => Assert.True(pair.Second - pair.First < HeardWithin + HeardWithin, $"Nothing was heard from {pair.First} to {pair.Second}."));
    }

    private static async Task ShownTo(PageAtWork page, string name, string words)
    {
        for (var since = TimeProvider.System.GetTimestamp(); !page.Shown.Any(shown => shown.Name == name && shown.Data.Contains(words, StringComparison.Ordinal));)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < SettledWithin, $"The page was never shown {name} with {words}.");
            await Task.Delay(50);
        }
    }

    private async Task AnsweredOnce(Talk talk, Result before)
    {
        await Task.Delay(TimeSpan.FromSeconds(3));
        var after = await fleet.Of(talk);
        Assert.Equal((before.Answers.Count, before.Escalated), (after.Answers.Count, after.Escalated));
        Assert.Equal(1, after.Answers.Count + (after.Escalated is null ? 0 : 1));
    }

    private static void AssertNothingInvented(PageAtWork page, Result result)
    {
        Assert.DoesNotContain(result.Answers, answer => answer.Text.Contains("elephants", StringComparison.Ordinal));
        Assert.DoesNotContain(page.Shown, shown => shown.Data.Contains("elephants", StringComparison.Ordinal) || shown.Data.Contains("Purple", StringComparison.Ordinal));
    }
}
