using System.Text.Json;

namespace FteAgent.Testing.OpenAI;

/// <summary>In whose words an endpoint refuses a field that it does not know.</summary>
internal enum RefusalStyle
{
    /// <summary>OpenAI: "Unrecognized request argument supplied: store".</summary>
    OpenAi,

    /// <summary>Azure, and OpenAI in newer errors: the field stands in <c>param</c>.</summary>
    Azure,

    /// <summary>Groq: "property 'store' is unsupported".</summary>
    Groq,

    /// <summary>A server with FastAPI: 422 with a list of places, beside what was sent there.</summary>
    FastApi,

    /// <summary>vLLM: such a list as the text of an error that stands by itself.</summary>
    Vllm,

    /// <summary>One that does not say what it means, and repeats what the customer wrote.</summary>
    Mute,
}

/// <summary>Errors as endpoints of that kind write them, from their documents and sources.</summary>
internal static class Refusals
{
    public static (int Status, object Body) Of(RefusalStyle style, string field, JsonElement request) => style switch
    {
        RefusalStyle.OpenAi => (400, Error($"Unrecognized request argument supplied: {field}", null, null)),
        RefusalStyle.Azure => (400, Error($"Unknown parameter: '{Path(field)}'.", Path(field), "unknown_parameter")),
        RefusalStyle.Groq => (400, Error($"property '{field}' is unsupported, did you mean 'stop'?", null, null)),
        RefusalStyle.FastApi => (422, new { detail = new[] { new { type = "extra_forbidden", loc = new[] { "body", field }, msg = "Extra inputs are not permitted", input = Words(request) } } }),
        RefusalStyle.Vllm => (400, new { @object = "error", message = $"[{{'type': 'extra_forbidden', 'loc': ('body', '{field}'), 'msg': 'Extra inputs are not permitted'}}]", type = "BadRequestError", code = 400 }),
        _ => (400, Error($"The request is not valid. You sent: {Words(request)}", null, null)),
    };

    private static string Words(JsonElement request) => new ScriptedRequest("", request).Messages[^1].Words;

    private static string Path(string field) => field is "strict" ? "tools[0].function.strict" : field;

    private static object Error(string message, string? param, string? code) => new { error = new { message, type = "invalid_request_error", param, code } };
}
