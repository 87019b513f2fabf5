using System.ComponentModel.DataAnnotations;

namespace FteAgent.Api.Limits;

/// <summary>How many requests a minute are taken. Bound from the section <c>Limits</c>.</summary>
public sealed class RateLimitOptions
{
    /// <summary>New conversations and forms from one address, on all silos together. Default 30.</summary>
    [Range(1, 10_000_000)]
    public int SubmitPerMinute { get; set; } = 30;

    /// <summary>Messages and requests for a person in one conversation. Default 60.</summary>
    [Range(1, 10_000_000)]
    public int MessagesPerMinute { get; set; } = 60;

    /// <summary>Attempts to sign in from one address, on all silos together. Default 10.</summary>
    [Range(1, 10_000_000)]
    public int SignInPerMinute { get; set; } = 10;

    /// <summary>How many times what one address may do all addresses of its block may do together (an IPv4 /24, an IPv6 /48). Default 10.</summary>
    [Range(1, 200)]
    public int BlockFactor { get; set; } = 10;

    /// <summary>Live streams open at the same time from one address. Default 200.</summary>
    [Range(1, 10_000_000)]
    public int StreamsAtOnce { get; set; } = 200;

    /// <summary>Requests of one operator at <c>/mcp</c>. Default 300.</summary>
    [Range(1, 10_000_000)]
    public int McpPerMinute { get; set; } = 300;

    /// <summary>All requests from one address. Default 1,200.</summary>
    [Range(1, 10_000_000)]
    public int RequestsPerMinute { get; set; } = 1_200;
}
