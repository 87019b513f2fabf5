using Microsoft.AspNetCore.Http.Metadata;

namespace FteAgent.Api.Webhooks;

/// <summary>On an endpoint: how large its body may be, where that differs from all others.</summary>
/// <param name="MaxRequestBodySize">In bytes.</param>
internal sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
