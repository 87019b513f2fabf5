using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FteAgent.Answering;
using FteAgent.Knowledge;
using FteAgent.Storage;
using FteAgent.Texts;

namespace FteAgent.OpenAI;

/// <summary>What tools give a model: JSON in which documents and messages stand as strings, so that nothing in them can pass for a line of ours.</summary>
internal static class ToolAnswers
{
    /// <summary>A note about the draft was taken.</summary>
    public const string Noted = """{"noted":true}""";

    private const int LongestFault = 300;

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What is wrong, for the model to mend.</summary>
    public static string Fault(IEnumerable<string> faults) => Write(json =>
    {
        json.WriteStartArray("refused");
        foreach (var fault in faults.Take(8))
            json.WriteStringValue(SafeCut.At(fault, LongestFault));
        json.WriteEndArray();
    });

    /// <summary>What a search found.</summary>
    public static string Chunks(ImmutableArray<SearchHit> hits) => Write(json =>
    {
        json.WriteStartArray("chunks");
        foreach (var hit in hits)
            WriteChunk(json, hit);
        json.WriteEndArray();
    });

    /// <summary>What this customer wrote before.</summary>
    public static string History(ImmutableArray<PastMessage> messages) => Write(json =>
    {
        json.WriteStartArray("messages");
        foreach (var message in messages)
        {
            json.WriteStartObject();
            json.WriteString("from", message.FromCustomer ? "customer" : "support");
            json.WriteString("at", message.At.UtcDateTime);
            json.WriteString("channel", EnumText.Of(message.Channel));
            if (message.Switched)
                json.WriteBoolean("switched_channel", true);
            if (message.Sentiment is { } sentiment)
                json.WriteNumber("sentiment", Math.Round(sentiment, 2));
            if (message.Topic is { } topic)
                json.WriteString("topic", EnumText.Of(topic));
            if (message.Status is { } status)
                json.WriteString("status", EnumText.Of(status));
            json.WriteString("text", SafeCut.At(message.Text, AnswerPrompt.LongestMessage));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>A chunk, as it may be quoted.</summary>
    public static void WriteChunk(Utf8JsonWriter json, SearchHit hit)
    {
        json.WriteStartObject();
        json.WriteString("id", hit.ChunkId);
        json.WriteString("title", hit.Title);
        json.WriteString("heading", hit.Heading);
        json.WriteString("text", hit.Text);
        json.WriteEndObject();
    }

    private static string Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
