namespace FteAgent.Channels.Email.Gmail;

/// <summary>Where a mail of ours stands at Gmail, as it is noted with the delivery.</summary>
internal abstract record GmailPlace
{
    private const string DraftMark = "draft";
    private const string SentMark = "message";

    private GmailPlace()
    {
    }

    /// <summary>It was written there and is about to be sent.</summary>
    /// <param name="Id">The draft's id, which stays the same until it is sent.</param>
    /// <param name="Thread">The thread in which it lies, and in which it will lie when it is sent.</param>
    public sealed record Draft(string Id, string Thread) : GmailPlace
    {
        /// <inheritdoc/>
        public override string ToString() => $"{DraftMark}/{Id}/{Thread}";
    }

    /// <summary>It was sent.</summary>
    /// <param name="Id">Gmail's id of it.</param>
    public sealed record Sent(string Id) : GmailPlace
    {
        /// <inheritdoc/>
        public override string ToString() => $"{SentMark}/{Id}";
    }

    /// <summary>Reads what was noted; null where nothing was.</summary>
    public static GmailPlace? Read(string? noted) => noted?.Split('/') switch
    {
        [DraftMark, var id, var thread] => new Draft(id, thread),
        [SentMark, var id] => new Sent(id),
        _ => null,
    };
}
