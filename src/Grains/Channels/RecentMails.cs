namespace FteAgent.Channels;

/// <summary>What is recent in a mailbox whose place was forgotten: listed page by page, latest first, and then read oldest first.</summary>
/// <param name="position">Where the history stood before it was listed.</param>
/// <param name="since">Since when it counts as recent.</param>
internal sealed class RecentMails(long position, DateTimeOffset since)
{
    /// <summary>So many are read anew at most.</summary>
    public const int Limit = 20_000;

    private readonly List<string> latestFirst = [];

    /// <summary>Where the history stood before it was listed: what arrived later is read from there.</summary>
    public long Position => position;

    /// <summary>Since when it counts as recent.</summary>
    public DateTimeOffset Since => since;

    /// <summary>The page that is to be listed next; null for the first.</summary>
    public string? Page { get; private set; }

    /// <summary>Whether everything is listed.</summary>
    public bool IsListed { get; private set; }

    /// <summary>Adds a page. Returns whether older ones are left out since there are too many.</summary>
    public bool Add(MailboxNews news)
    {
        latestFirst.AddRange(news.Mails.Take(Limit - latestFirst.Count));
        Page = news.NextPage;
        IsListed = Page is null || latestFirst.Count >= Limit;
        return IsListed && Page is not null;
    }

    /// <summary>The next one to read; null when all were.</summary>
    public string? Next => latestFirst.Count == 0 ? null : latestFirst[^1];

    /// <summary>Goes on to the one after it.</summary>
    public void Advance() => latestFirst.RemoveAt(latestFirst.Count - 1);
}
