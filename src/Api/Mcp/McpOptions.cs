namespace FteAgent.Api.Mcp;

/// <summary>What the deployment says about <c>/mcp</c>.</summary>
/// <param name="PublicUrl">Where the deployment's own pages are: a page of another origin is turned away. Null where that is not told; then every page is.</param>
public sealed record McpOptions(Uri? PublicUrl);
