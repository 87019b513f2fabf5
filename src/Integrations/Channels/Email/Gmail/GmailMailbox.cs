using System.Globalization;

namespace FteAgent.Channels.Email.Gmail;

/// <summary>A Gmail mailbox as a history of what arrived. Source: developers.google.com/gmail/api/guides/sync and …/guides/push.</summary>
internal sealed class GmailMailbox(GmailClient gmail, GmailOptions options, IMailMemory memory) : IMailbox
{
    /// <summary>How many records of the history one page has: few, since the place is noted after each page.</summary>
    private const int HistoryPage = 50;

    private const int ListPage = 100;

    /// <summary>Most answers have no more bytes.</summary>
    private const int Usual = 64 * 1024;

    /// <summary>An answer of so many bytes takes no room worth asking for.</summary>
    private const int Small = 1024 * 1024;

    /// <summary>The largest answer with a mail in it: the mail has about 45 MiB then.</summary>
    private const int Largest = 60 * 1024 * 1024;

    private static readonly long LastMoment = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    private const string TooLarge = "Gmail has a mail that is larger than any that is taken.";

    // What we sent or began to write, and what Gmail keeps from its owner's eyes, did not arrive.
    private static readonly string[] NotArrived = ["SENT", "DRAFT", "SPAM", "TRASH", "CHAT"];

    /// <inheritdoc/>
    public string Address => options.Address;

    /// <inheritdoc/>
    public Task<long> Position(CancellationToken cancellationToken) => Position(gmail, options, cancellationToken);

    /// <inheritdoc/>
    public async Task<MailboxNews?> Since(long position, string? page, CancellationToken cancellationToken)
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"history?startHistoryId={position}&historyTypes=messageAdded&maxResults={HistoryPage}{Page(page)}");
        if (await gmail.Find<HistoryAnswer>(query, cancellationToken).ConfigureAwait(false) is not { } answer)
            return null;   // 404: Gmail remembers about a week.
        var records = answer.History ?? [];
        var mails = records.SelectMany(record => record.MessagesAdded ?? []).Select(added => added.Message).OfType<MessageAnswer>()
            .Where(HasArrived).Select(message => message.Id).OfType<string>().Distinct(StringComparer.Ordinal);
        // Only the last page goes up to where the history stood when it was asked for.
        var reached = answer.NextPageToken is null ? Number(answer.HistoryId) : records is [.., var last] ? Number(last.Id) : position;
        return new([.. mails], answer.NextPageToken, Math.Max(position, reached));
    }

    /// <inheritdoc/>
    public async Task<MailboxNews> Recent(DateTimeOffset since, string? page, CancellationToken cancellationToken)
    {
        var search = Uri.EscapeDataString(string.Create(CultureInfo.InvariantCulture, $"after:{since.ToUnixTimeSeconds()} -in:sent -in:draft -in:chats"));
        var answer = await gmail.Get<ListAnswer>(
            string.Create(CultureInfo.InvariantCulture, $"messages?q={search}&maxResults={ListPage}{Page(page)}"), cancellationToken).ConfigureAwait(false);
        return new([.. (answer.Messages ?? []).Select(message => message.Id).OfType<string>()], answer.NextPageToken, 0);
    }

    /// <inheritdoc/>
    public async Task<FetchedMail?> Fetch(string mail, CancellationToken cancellationToken)
    {
        var path = $"messages/{Uri.EscapeDataString(mail)}";
        var raw = $"{path}?format=raw";
        // Nearly all mails are small, and take one question.
        if (await gmail.Download(raw, Usual, Small, cancellationToken).ConfigureAwait(false) is not { } small)
            return null;
        if (small.IsWhole)
            return GmailRaw.Take(small) is { } taken && HasArrived(taken.Message) ? new(taken.Raw) : null;

        if (await gmail.Find<MessageAnswer>($"{path}?format=minimal", cancellationToken).ConfigureAwait(false) is not { SizeEstimate: { } size } known || !HasArrived(known))
            return null;
        // In base64, with something around it.
        var answer = size / 3 * 4 + Small;
        if (answer > Largest)
            throw new InvalidDataException(TooLarge);
        var room = await memory.Enter(answer, cancellationToken).ConfigureAwait(false);
        FetchedMail? fetched = null;
        try
        {
            var whole = await gmail.Download(raw, (int)answer, Largest, cancellationToken).ConfigureAwait(false);
            if (whole is { IsWhole: false })
                throw new InvalidDataException(TooLarge);
            return fetched = whole is not null && GmailRaw.Take(whole) is { } taken && HasArrived(taken.Message) ? new(taken.Raw, room) : null;
        }
        finally
        {
            if (fetched is null)
                room.Dispose();
        }
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> Watch(CancellationToken cancellationToken)
    {
        if (options.Topic is not { } topic)
            return null;
        var answer = await gmail.Post<WatchAnswer>("watch", new { TopicName = topic }, cancellationToken).ConfigureAwait(false);
        return long.TryParse(answer.Expiration, NumberStyles.None, CultureInfo.InvariantCulture, out var end) && end <= LastMoment
            ? DateTimeOffset.FromUnixTimeMilliseconds(end)
            : throw new MailboxUnavailableException("Gmail did not say how long it tells of what arrives");
    }

    /// <summary>Where the mailbox's history stands, if it is the one that is meant.</summary>
    internal static async Task<long> Position(GmailClient gmail, GmailOptions options, CancellationToken cancellationToken)
    {
        var profile = await gmail.Get<ProfileAnswer>("profile", cancellationToken).ConfigureAwait(false);
        if (!string.Equals(profile.EmailAddress, options.Address, StringComparison.OrdinalIgnoreCase))
            throw new MailboxUnavailableException("the refresh token opens another mailbox than GMAIL_ADDRESS names");
        return Number(profile.HistoryId);
    }

    private static bool HasArrived(MessageAnswer message) => !(message.LabelIds ?? []).Any(NotArrived.Contains);

    private static string Page(string? page) => page is null ? "" : $"&pageToken={Uri.EscapeDataString(page)}";

    private static long Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new MailboxUnavailableException("Gmail gave no place in its history");
}
