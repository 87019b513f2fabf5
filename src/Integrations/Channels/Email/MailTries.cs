namespace FteAgent.Channels.Email;

/// <summary>Remembers how the last try to send a mail ended, for whoever asks how mail does. What the server says of a single mail is no fault of its own.</summary>
internal sealed class MailTries(TimeProvider time)
{
    private volatile MailTry? last;

    /// <summary>The last try; null before the first.</summary>
    public MailTry? Last => last;

    /// <summary>Tries it, and notes how that ended.</summary>
    public async Task<HandedOver> Note(Func<Task<HandedOver>> send)
    {
        try
        {
            var handed = await send().ConfigureAwait(false);
            Note(handed.Fault);
            return handed;
        }
        catch (OperationCanceledException)
        {
            Note("the mail server did not answer in time");
            throw;
        }
    }

    /// <summary>Notes how a try ended that sent nothing.</summary>
    public void Note(string? fault) => last = new(time.GetUtcNow(), fault);
}

/// <summary>When something was tried, and what was wrong with the server then; null for nothing.</summary>
internal sealed record MailTry(DateTimeOffset At, string? Fault);
