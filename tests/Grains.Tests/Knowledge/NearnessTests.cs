using FteAgent.Knowledge;

namespace FteAgent.Tests.Knowledge;

public class NearnessTests
{
    private const int Vocabulary = 200;
    private const int Other = 99;

    [Fact]
    public void Words_that_stand_together_are_all_of_the_question()
    {
        using var nearness = Asking((1, 2f), (2, 1f), (3, 1f));
        Assert.Equal(1, nearness.Share([Other, 1, Other, 3, 2, Other]));
        Assert.Equal(0.75, nearness.Share([1, Other, 3]), 5);
        Assert.Equal(0, nearness.Share([Other, Other]));
        Assert.Equal(0, nearness.Share([]));
    }

    [Fact]
    public void Words_further_apart_than_the_window_are_not_together()
    {
        using var nearness = Asking((1, 1f), (2, 1f));
        Assert.Equal(1, nearness.Share([1, .. Others(Nearness.Window - 2), 2]));
        Assert.Equal(0.5, nearness.Share([1, .. Others(Nearness.Window - 1), 2]));
    }

    [Fact]
    public void A_word_said_over_and_over_counts_once()
    {
        using var nearness = Asking((1, 1f), (2, 3f));
        Assert.Equal(0.25, nearness.Share([1, 1, 1, 1, 1, 1]));
    }

    [Fact]
    public void Words_that_no_document_knows_are_missing_everywhere()
    {
        using var nearness = new Nearness(Vocabulary);
        nearness.Ask([(1, 1f)], unknown: 3);
        Assert.Equal(0.25, nearness.Share([1]));
        nearness.Ask([], unknown: 3);
        Assert.Equal(0, nearness.Share([1]));
    }

    [Fact]
    public void One_question_leaves_nothing_behind_for_the_next()
    {
        using var nearness = Asking((1, 1f), (2, 1f));
        nearness.Share([1, 2, 1]);
        nearness.Ask([(3, 1f), (4, 1f)], 0);
        Assert.Equal(0, nearness.Share([1, 2]));
        Assert.Equal(0.5, nearness.Share([1, 4, 2]));
    }

    [Fact]
    public void The_best_window_is_found_wherever_it_stands()
    {
        const int seed = 11;
        var random = new Random(seed);
        for (var n = 0; n < 300; n++)
        {
            (int Term, float Weight)[] asked = [.. Enumerable.Range(0, random.Next(1, 8)).Select(term => (term, random.Next(1, 9) / 4f))];
            int[] text = [.. Enumerable.Range(0, random.Next(0, 150)).Select(_ => random.Next(40))];
            var expected = Enumerable.Range(0, text.Length)
                .Select(start => text.Skip(start).Take(Nearness.Window).Distinct().Sum(term => asked.FirstOrDefault(word => word.Term == term).Weight))
                .Append(0).Max() / asked.Sum(word => word.Weight);
            using var nearness = Asking(asked);
            Assert.True(Math.Abs(expected - nearness.Share(text)) < 1e-4, $"seed {seed}, case {n}");
        }
    }

    private static Nearness Asking(params (int Term, float Weight)[] words)
    {
        var nearness = new Nearness(Vocabulary);
        nearness.Ask(words, 0);
        return nearness;
    }

    private static IEnumerable<int> Others(int count) => Enumerable.Repeat(Other, count);
}
