using FteAgent.Customers;
using FteAgent.Operators;

namespace FteAgent.Api.Mcp;

/// <summary>For whom a request acts, and upon whom. It is settled before the request is looked at, and no argument of a tool can change it.</summary>
/// <param name="By">The operator whose key it bears.</param>
/// <param name="Customer">The customer whom its header names; null where it names none.</param>
internal sealed record McpCaller(Operator By, Customer? Customer);
