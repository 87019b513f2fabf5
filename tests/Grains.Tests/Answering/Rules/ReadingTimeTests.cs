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
}
