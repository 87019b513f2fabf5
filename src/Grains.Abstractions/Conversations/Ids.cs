namespace FteAgent.Conversations;

/// <summary>A message's id, minted once by whoever first sees it and reused on every retry.</summary>
/// <param name="Value">A version 7 UUID.</param>
[GenerateSerializer, Immutable, Alias("fte.message-id")]
public readonly record struct MessageId([property: Id(0)] Guid Value)
{
    /// <summary>Makes a new id.</summary>
    public static MessageId Mint(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("N");
}

/// <summary>One exchange: the messages to answer, and our response.</summary>
/// <param name="Value">A version 7 UUID.</param>
[GenerateSerializer, Immutable, Alias("fte.exchange-id")]
public readonly record struct ExchangeId([property: Id(0)] Guid Value)
{
    /// <summary>Makes a new id.</summary>
    public static ExchangeId Mint(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("N");
}

/// <summary>
/// One act upon a conversation, stored with its commit: a commit whose answer got lost is found again by it.
/// Minted by the caller and reused on every retry, so that an act repeated is an act done once.
/// </summary>
/// <param name="Value">A UUID.</param>
[GenerateSerializer, Immutable, Alias("fte.command-id")]
public readonly record struct CommandId([property: Id(0)] Guid Value)
{
    /// <summary>Makes a new id.</summary>
    public static CommandId Mint(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("N");
}
