using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FteAgent.Answering;
using FteAgent.Storage;
using FteAgent.Texts;

namespace FteAgent.OpenAI;

/// <summary>
/// The first lines of a request for an answer: the instruction, and the material as one JSON object, so that nothing in a message or a document
/// can pass for a line of ours.
/// </summary>
internal static class AnswerPrompt
{
    /// <summary>How many earlier utterances are shown, the latest of them.</summary>
    public const int MostHistory = 20;

    /// <summary>The longest message or utterance that is shown, in characters.</summary>
    public const int LongestMessage = 4_000;

    // Letters of all scripts as they are: escapes would cost several tokens each.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The lines for a request. What must not reach the model was masked before.</summary>
    public static ImmutableArray<ChatLine> Lines(DraftRequest request) => [new ChatLine.Instruction(Prompt.Answer.Text), new ChatLine.Material(Material(request))];

    private static string Material(DraftRequest request)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            json.WriteStartObject();
            json.WriteString("tone", EnumText.Of(request.Tone));
            json.WriteString("channel", request.Channel);
            json.WriteBoolean("prices_may_be_said", request.PricesMayBeSaid);
            json.WriteStartArray("question");
            foreach (var message in request.Question)
                json.WriteStringValue(SafeCut.At(message, LongestMessage));
            json.WriteEndArray();
            json.WriteStartArray("history");
            foreach (var utterance in request.History.TakeLast(MostHistory))
            {
                json.WriteStartObject();
                json.WriteString("from", utterance.FromCustomer ? "customer" : "support");
                json.WriteString("text", SafeCut.At(utterance.Text, LongestMessage));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("chunks");
            foreach (var hit in request.Evidence.Hits)
                ToolAnswers.WriteChunk(json, hit);

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
