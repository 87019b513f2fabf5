using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Attacks;

/// <summary>How a model that complies makes its words look carried.</summary>
internal enum Carrying
{
    /// <summary>It quotes what it found, and does not say what the quote is to carry.</summary>
    Untold,

    /// <summary>It says of each sentence that what it found carries it.</summary>
    Told,

    /// <summary>The same, but one true sentence of the source stands before and carries the rest.</summary>
    Beside,

    /// <summary>It says of each sentence that nothing carries it.</summary>
    Bare,

    /// <summary>It invents a quote that says the same.</summary>
    Invented,

    /// <summary>Its words are put where a source's title stands.</summary>
    Titled,

    /// <summary>It repeats what the document says, told sentence by sentence with each as its own quote.</summary>
    Repeated,

    /// <summary>It repeats what the document says, and does not tell its sentences.</summary>
    RepeatedUntold,

    /// <summary>No model: the assistant that only quotes.</summary>
    Quoting,
}

/// <summary>One try: what a customer writes, and what the model then says.</summary>
/// <param name="Id">Its name in reports.</param>
/// <param name="Wants">What is wanted.</param>
/// <param name="Text">What the customer writes.</param>
/// <param name="Wish">What the model says to please; null for an honest answer.</param>
/// <param name="Carrying">How it makes its words look carried.</param>
/// <param name="Document">The document that it obeys; null where it obeys the message.</param>
internal sealed record Attempt(string Id, string Wants, string Text, Wish? Wish, Carrying Carrying, string? Document = null)
{
    /// <summary>By which channel it is written.</summary>
    public Channel Channel { get; init; } = Channel.Web;

    /// <summary>Whose conversation it is.</summary>
    public CustomerId Customer { get; init; }
}
