using System.Text.Json;
using System.Text.Json.Serialization;

namespace FteAgent.Api.Webhooks;

/// <summary>How providers' JSON is read: names as they write them, whatever their case, and numbers also where they are written as text.</summary>
internal static class WebhookJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNameCaseInsensitive = true,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        MaxDepth = 16,
    };
}
