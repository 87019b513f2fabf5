using System.Text.RegularExpressions;
using FteAgent.Answering;
using FteAgent.Answering.Rules;

namespace FteAgent.Tests.Answering.Rules;

/// <summary>What a pattern does not get to the end of.</summary>
public sealed class ReadingTimeTests
{
    [Fact]
    public void A_text_that_is_not_read_in_time_goes_to_a_person()
    {
        Assert.Equal(new RuleVerdict("A5.failure", EscalationReason.ServiceUnavailable, Urgency.Normal), ReadingTime.OrUnread(() => throw new RegexMatchTimeoutException()));
        Assert.Null(ReadingTime.OrUnread(() => null));
    }

    [Fact]
    public void A_pattern_that_does_not_end_is_left_and_what_its_reader_takes_the_text_for_holds()
    {
        var endless = new Regex("^(a+)+$", RegexOptions.None, TimeSpan.FromMilliseconds(50));

        Assert.Equal("unread", ReadingTime.Or(() => endless.IsMatch(new string('a', 40) + "!") ? "yes" : "no", "unread"));
        Assert.Equal("yes", ReadingTime.Or(() => endless.IsMatch("aaa") ? "yes" : "no", "unread"));
    }
}
