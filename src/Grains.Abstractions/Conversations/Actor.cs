using System.Text.Json.Serialization;
using FteAgent.Operators;

namespace FteAgent.Conversations;

/// <summary>A road that messages travel by.</summary>
public enum Channel
{
    /// <summary>The support form, the chat page and API clients.</summary>
    Web,

    /// <summary>Email.</summary>
    Email,

    /// <summary>WhatsApp.</summary>
    // A proper name with two capitals, yet one word.
    [JsonStringEnumMemberName("whatsapp")]
    WhatsApp,
}

/// <summary>Who acts in a conversation.</summary>
public enum ActorKind
{
    /// <summary>The customer.</summary>
    Customer,

    /// <summary>The AI.</summary>
    Assistant,

    /// <summary>A person of the support team.</summary>
    Operator,

    /// <summary>The product itself: notices and clocks.</summary>
    System,
}

/// <summary>The who of everything that has a who and a when.</summary>
/// <param name="Kind">What they are.</param>
/// <param name="Operator">Which operator, when it is one.</param>
[GenerateSerializer, Immutable, Alias("fte.actor")]
public sealed record Actor([property: Id(0)] ActorKind Kind, [property: Id(1)] Operator? Operator = null)
{
    /// <summary>The customer of this conversation.</summary>
    public static Actor Customer { get; } = new(ActorKind.Customer);

    /// <summary>The assistant.</summary>
    public static Actor Assistant { get; } = new(ActorKind.Assistant);

    /// <summary>The product itself.</summary>
    public static Actor System { get; } = new(ActorKind.System);

    /// <summary>This operator.</summary>
    public static Actor Of(Operator @operator) => new(ActorKind.Operator, @operator);
}
