using System.Globalization;

namespace FteAgent.Kafka;

/// <summary>How long topics keep customers' words.</summary>
public sealed class TopicSetupTests
{
    private const string Week = "604800000";

    [Fact]
    public void What_we_make_keeps_no_record_longer_than_a_week_whenever_its_segment_was_begun()
    {
        var configuration = TopicSetup.Configuration();

        Assert.False(TopicSetup.IsTooLong(configuration["retention.ms"], configuration["segment.ms"]));
        Assert.True(Milliseconds("retention.ms") + Milliseconds("segment.ms") < KafkaTopics.Retention.TotalMilliseconds);
        // A producer may date a record into the future, and its segment would stay until then.
        Assert.Equal("LogAppendTime", configuration["message.timestamp.type"]);

        double Milliseconds(string name) => double.Parse(configuration[name], CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData(false, "518400000", "86400000")]
    [InlineData(true, Week, Week)]
    [InlineData(true, Week, "86400000")]
    [InlineData(true, "-1", "3600000")]
    [InlineData(true, "9223372036854775807", "9223372036854775807")]
    [InlineData(false, Week, null)]
    [InlineData(false, null, null)]
    public void Brokers_delete_whole_segments_so_both_count(bool isTooLong, string? retention, string? segment) =>
        Assert.Equal(isTooLong, TopicSetup.IsTooLong(retention, segment));
}
