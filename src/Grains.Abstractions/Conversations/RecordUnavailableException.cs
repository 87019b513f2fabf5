namespace FteAgent.Conversations;

/// <summary>Nothing could be stored, so nothing was taken: the caller should try again later (503 with Retry-After).</summary>
[GenerateSerializer, Alias("fte.record-unavailable")]
public sealed class RecordUnavailableException : Exception
{
    /// <summary>Says what failed, without customer text.</summary>
    public RecordUnavailableException(string message)
        : base(message)
    {
    }
}
