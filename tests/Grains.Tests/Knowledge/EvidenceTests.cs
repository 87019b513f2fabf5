using FteAgent.Knowledge;

namespace FteAgent.Tests.Knowledge;

public class EvidenceTests
{
    [Fact]
    public void More_found_is_more_evidence_and_unknown_words_are_less()
    {
        const int seed = 3;
        var random = new Random(seed);
        for (var n = 0; n < 1_000; n++)
        {
            var one = new EvidenceFeatures(random.NextDouble(), random.NextDouble() + 0.01, random.NextDouble(), random.Next(1, 100_000));
            var chance = Evidence.Chance(one);
            Assert.InRange(chance, 0, 1);
            Assert.True(Evidence.Chance(one with { Together = one.Together + 0.1 }) > chance, $"seed {seed}, case {n}");
            Assert.True(Evidence.Chance(one with { Strength = one.Strength + 0.1 }) > chance, $"seed {seed}, case {n}");
            Assert.True(Evidence.Chance(one with { UnknownWords = one.UnknownWords + 0.1 }) < chance, $"seed {seed}, case {n}");
        }
    }

    [Theory]
    [InlineData("how do I reset my password?")]
    [InlineData("Hi there! I hope you are well. I forgot my password this morning, could you please tell me how to reset it? Thanks so much!")]
    [InlineData("error 402 card declined")]
    [InlineData("my script gets error 429 all the time, what does that mean?")]
    public async Task A_small_help_centre_knows_what_it_answers(string question) =>
        Assert.True((await Ask(question)).Evidence >= Evidence.Needed);

    [Theory]
    [InlineData("Can you recommend a good pizza place in Naples?")]
    [InlineData("hello")]
    [InlineData("do you sell bicycles")]
    [InlineData("hello again 402")]
    [InlineData("429")]
    [InlineData("what is the weather tomorrow")]
    public async Task A_small_help_centre_knows_what_it_does_not(string question) =>
        Assert.True((await Ask(question)).Evidence < Evidence.Needed);

    [Fact]
    public async Task An_error_that_no_document_names_is_less_likely_to_be_answered() =>
        Assert.True((await Ask("what does error 777 mean?")).Evidence < (await Ask("what does error 429 mean?")).Evidence);

    private static async Task<SearchResult> Ask(string question)
    {
        var index = await Given.Index(Given.HelpPages());
        return await index.Search([question], 5, null, CancellationToken.None);
    }
}
