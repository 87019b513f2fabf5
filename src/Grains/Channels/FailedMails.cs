namespace FteAgent.Channels;

/// <summary>
/// Mails that could not be taken. What fails by itself counts as an attempt at once; what may pass counts when another mail is stored in the same
/// turn, since only then it is the mail's own trouble and not the provider's or the record's.
/// </summary>
internal sealed class FailedMails(TimeProvider time)
{
    /// <summary>So often a mail is tried, over about half an hour, and then left where it is.</summary>
    public const int Attempts = 8;

    /// <summary>So many are come back to; beyond, the one that was tried most is left.</summary>
    public const int Limit = 1_000;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    private readonly Dictionary<string, Entry> mails = new(StringComparer.Ordinal);

    /// <summary>Whether a mail was stored in this turn.</summary>
    public bool HasWorked { get; private set; }

    /// <summary>The place before which none of them stands; null when there is none.</summary>
    public long? Place => mails.Count == 0 ? null : mails.Values.Min(entry => entry.Place);

    /// <summary>Whether this one is come back to.</summary>
    public bool Contains(string mail) => mails.ContainsKey(mail);

    /// <summary>A turn begins.</summary>
    public void Begin()
    {
        HasWorked = false;
        foreach (var entry in mails.Values)
            (entry.IsOpen, entry.WasTried) = (false, false);
    }

    /// <summary>Another reads them.</summary>
    public void Forget() => mails.Clear();

    /// <summary>Those whose time has come, the longest waiting first.</summary>
    public List<string> Due(int atMost)
    {
        var now = time.GetUtcNow();
        return [.. mails.Where(mail => mail.Value.NextAt <= now && !mail.Value.WasTried).OrderBy(mail => mail.Value.NextAt).Take(atMost).Select(mail => mail.Key)];
    }

    /// <summary>One failed. False when there is no room to come back to it.</summary>
    /// <param name="mail">Which.</param>
    /// <param name="place">A place in the mailbox's history before it.</param>
    /// <param name="reason">Why, without the mail's words.</param>
    /// <param name="isItsOwn">Whether it is certainly the mail that is at fault.</param>
    public bool Add(string mail, long place, string reason, bool isItsOwn)
    {
        if (!mails.TryGetValue(mail, out var entry))
        {
            if (mails.Count >= Limit && !mails.Values.Any(other => other.Attempts > 0))
                return false;
            mails.Add(mail, entry = new(place));
        }

        (entry.WasTried, entry.Reason) = (true, reason);
        if (isItsOwn || HasWorked)
            Count(entry);
        else
            entry.IsOpen = true;
        return true;
    }

    /// <summary>One was taken. If it was stored, whatever else failed in this turn did so by itself.</summary>
    public void Remove(string mail, bool wasStored)
    {
        mails.Remove(mail);
        if (HasWorked || !wasStored)
            return;
        HasWorked = true;
        foreach (var entry in mails.Values.Where(entry => entry.IsOpen))
            Count(entry);
    }

    /// <summary>Those that are not come back to any more, how often each was tried, and why it failed.</summary>
    public List<(string Mail, int Attempts, string Reason)> TakeLeft()
    {
        var left = mails.Where(mail => mail.Value.Attempts >= Attempts).ToList();
        if (mails.Count - left.Count > Limit)
            left.Add(mails.MaxBy(mail => mail.Value.Attempts));
        foreach (var (mail, _) in left)
            mails.Remove(mail);
        return [.. left.Select(mail => (mail.Key, mail.Value.Attempts, mail.Value.Reason))];
    }

    private void Count(Entry entry)
    {
        var wait = FirstWait * Math.Pow(2, entry.Attempts);
        entry.NextAt = time.GetUtcNow() + (wait < LongestWait ? wait : LongestWait);
        entry.Attempts++;
        entry.IsOpen = false;
    }

    private sealed class Entry(long place)
    {
        public long Place => place;

        public int Attempts { get; set; }

        public string Reason { get; set; } = "";

        /// <summary>When it is tried again at the earliest.</summary>
        public DateTimeOffset NextAt { get; set; }

        /// <summary>Whether it failed in this turn, and it is not known yet by whose fault.</summary>
        public bool IsOpen { get; set; }

        /// <summary>Whether it was tried in this turn.</summary>
        public bool WasTried { get; set; }
    }
}
