using System.Globalization;
using System.Reflection;
using System.Text.Json;
using FteAgent.Conversations;
using FteAgent.Events;
using FteAgent.Testing;

namespace FteAgent.Kafka;

/// <summary>docs/events/*.schema.json and the code are two lists of the same fields.</summary>
public sealed class EventSchemaTests
{
    [Fact]
    public void Schemas_name_exactly_the_fields_that_are_read_and_written()
    {
        var message = Properties("message");
        Assert.Equal(Fields(typeof(InboundEvent)).Where(field => field != "silo").Order(StringComparer.Ordinal), Names(message));
        Assert.Equal(Fields(typeof(EventCustomer)).Order(StringComparer.Ordinal), Names(message.GetProperty("customer").GetProperty("properties")));

        var channel = Properties("channel-message");
        Assert.Equal(Fields(typeof(InboundEvent)).Order(StringComparer.Ordinal), Names(channel));
        var silo = channel.GetProperty("silo").GetProperty("properties");
        Assert.Equal(Fields(typeof(SiloPart)).Order(StringComparer.Ordinal), Names(silo));
        Assert.Equal(Fields(typeof(EventForm)).Order(StringComparer.Ordinal), Names(silo.GetProperty("form").GetProperty("properties")));
        Assert.Equal(Fields(typeof(EventFile)).Order(StringComparer.Ordinal), Names(silo.GetProperty("files").GetProperty("items").GetProperty("properties")));

        var told = Names(Properties("message-sent")).Union(Names(Properties("escalation-raised")));
        Assert.Equal(Fields(typeof(PublishedEvent)).Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
        Assert.Equal(
            Fields(typeof(MetricsPublisher).GetNestedType("Snapshot", BindingFlags.NonPublic)!).Order(StringComparer.Ordinal), Names(Properties("metrics")));
    }

    [Theory]
    [InlineData("message")]
    [InlineData("channel-message")]
    [InlineData("message-sent")]
    [InlineData("escalation-raised")]
    [InlineData("metrics")]
    public void Schema_is_of_the_draft_it_says_and_allows_what_it_does_not_know(string name)
    {
        var schema = Schema(name);

        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.GetProperty("$schema").GetString());
        Assert.False(schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind is JsonValueKind.False);
        Assert.All(schema.GetProperty("required").EnumerateArray(), required => Assert.True(schema.GetProperty("properties").TryGetProperty(required.GetString()!, out _), required.GetString()));
    }

    [Fact]
    public void Page_of_events_names_each_topic_and_its_example_can_be_read()
    {
        var page = File.ReadAllText(Path.Combine(Tree.Root, "docs", "events.md"));
        var example = page[(page.IndexOf("```json\n", StringComparison.Ordinal) + 8)..];
        example = example[..example.IndexOf("```", StringComparison.Ordinal)];

        Assert.All(KafkaTopics.All, topic => Assert.Contains($"`{topic}`", page, StringComparison.Ordinal));
        var time = new FakeTime(DateTimeOffset.Parse("2026-03-03T09:00:00Z", CultureInfo.InvariantCulture));
        var (message, _) = new InboundReader(trustsProof: false, time).Read(KafkaTopics.Incoming, new() { Value = System.Text.Encoding.UTF8.GetBytes(example) });
        Assert.Equal((Channel.Email, "mira@example.com"), (message.Channel, message.Sender.Address));
    }

    private static IEnumerable<string> Fields(Type record) => record.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.Name != "EqualityContract").Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));

    private static IEnumerable<string> Names(JsonElement properties) => properties.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal);

    private static JsonElement Properties(string name) => Schema(name).GetProperty("properties");

    private static JsonElement Schema(string name) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Tree.Root, "docs", "events", $"{name}.schema.json"))).RootElement;
}
