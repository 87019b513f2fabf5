namespace FteAgent.Tests.Answering.Rules;

public sealed class RepetitionTests
{
    private const string Question = "How do I connect the calendar to my board?";
    private const string Answer = "Open Settings, choose Calendar and press Connect.";

    [Theory]
    [InlineData("How do I connect the calendar to my board?")]
    [InlineData("how can i connect my board with the calendar")]
    [InlineData("That didn't help")]
    [InlineData("it's still not working")]
    [InlineData("same problem")]
    public void The_same_matter_after_an_answer_needs_a_person(string next) =>
        Assert.Equal("A5.repeat", Ask.After(Question, Answer, next)?.RuleId);

    [Theory]
    [InlineData("And how do I remove a member?")]
    [InlineData("Great, where do I see the events then?")]
    [InlineData("Can I choose the colour of events?")]
    public void Another_question_is_answered(string next) => Assert.Null(Ask.After(Question, Answer, next));

    [Fact]
    public void A_question_repeated_before_any_answer_is_no_repetition() =>
        Assert.Null(Ask.Book.Before(new([Question], [new(true, Question)])));

    [Fact]
    public void Still_not_working_without_history_is_a_fault_report() => Assert.Null(Ask.Rule("My app is still not working on the iPad"));

    [Fact]
    public void Two_unhappy_messages_in_a_row_need_a_person_whatever_the_handbook_says()
    {
        var lenient = new FteAgent.Answering.Rules.RuleBook(FteAgent.Answering.Rules.EscalationPolicy.Default with { SentimentThreshold = 0.01 });
        const string Unhappy = "This is unacceptable and I am very disappointed";

        Assert.Null(lenient.Before(new([Unhappy])));
        Assert.Equal("A5.sentiment-twice", lenient.Before(new([Unhappy], EarlierSentiments: [0.2]))?.RuleId);
    }
}
