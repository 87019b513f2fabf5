namespace FteAgent.Answering;

public sealed class FollowUpTests
{
    [Theory]
    [InlineData("And on Windows?")]
    [InlineData("what about the mobile app")]
    [InlineData("How do I undo that?")]
    [InlineData("ok and how long does it take?")]
    public void A_message_that_leans_on_the_one_before_is_a_follow_up(string message) => Assert.True(FollowUp.IsOne(message));

    [Theory]
    [InlineData("What is the weather tomorrow?")]
    [InlineData("How do I import my own documents?")]
    [InlineData("")]
    [InlineData("I have set everything up as the guide says but my team cannot sign in, is that a known problem?")]
    public void A_message_that_stands_alone_is_not(string message) => Assert.False(FollowUp.IsOne(message));
}
