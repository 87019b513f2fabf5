namespace FteAgent.Channels;

/// <summary>Remembers which mails were taken, so that they are not fetched again. Forgotten ones are fetched, and known in the record.</summary>
internal sealed class TakenMails
{
    /// <summary>As many as are ever read at a stretch.</summary>
    private const int Limit = RecentMails.Limit;

    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private readonly Queue<string> inOrder = new();

    /// <summary>Whether it was taken, as far as is remembered.</summary>
    public bool Contains(string mail) => taken.Contains(mail);

    /// <summary>It was taken.</summary>
    public void Add(string mail)
    {
        if (!taken.Add(mail))
            return;
        inOrder.Enqueue(mail);
        if (inOrder.Count > Limit)
            taken.Remove(inOrder.Dequeue());
    }
}
