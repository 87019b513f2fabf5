namespace FteAgent.Customers;

/// <summary>What kind of address or mark a customer is known by.</summary>
public enum IdentifierKind
{
    /// <summary>A browser or API client that holds this conversation's token.</summary>
    WebSession,

    /// <summary>An email address, in lower case.</summary>
    Email,

    /// <summary>A phone number in E.164 form.</summary>
    Phone,

    /// <summary>An id in the company's own systems.</summary>
    External,
}

/// <summary>One way to recognise a customer.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">The address in its normal form, at most 320 characters.</param>
/// <param name="Proved">
/// Whether the one who writes has shown that it is theirs. A proved identifier belongs to one customer only; an unproved one
/// is a remark that any number of customers may carry, and never leads to another customer's conversation.
/// </param>
[GenerateSerializer, Immutable, Alias("fte.customer-identifier")]
public sealed record CustomerIdentifier(
    [property: Id(0)] IdentifierKind Kind,
    [property: Id(1)] string Value,
    [property: Id(2)] bool Proved);
