using System.Buffers.Text;
using System.Globalization;

namespace FteAgent.Channels.Email.Gmail;

/// <summary>A Gmail mailbox as a history of what arrived. Source: developers.google.com/gmail/api/guides/sync and …/guides/push.</summary>
internal sealed class GmailMailbox(GmailClient gmail, GmailOptions options) : IMailbox
{
    /// <summary>How many records of the history one page has: few, since the place is noted after each page.</summary>
    private const int HistoryPage = 50;

    private const int ListPage = 100;

    // What we sent or began to write, and what Gmail keeps from its owner's eyes, did not arrive.
    private static readonly string[] NotArrived = ["SENT", "DRAFT", "SPAM", "TRASH", "CHAT"];

    /// <inheritdoc/>
    public string Address => options.Address;

    /// <inheritdoc/>
    public async Task<long> Position(CancellationToken cancellationToken)
    {
        var profile = await gmail.Get<ProfileAnswer>("profile", cancellationToken).ConfigureAwait(false);
        if (!string.Equals(profile.EmailAddress, options.Address, StringComparison.OrdinalIgnoreCase))
            throw new MailboxUnavailableException("the refresh token opens another mailbox than GMAIL_ADDRESS names");
        return Number(profile.HistoryId);
    }

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
    public async Task<byte[]?> Fetch(string mail, CancellationToken cancellationToken)
    {
        if (await gmail.Find<MessageAnswer>($"messages/{Uri.EscapeDataString(mail)}?format=raw", cancellationToken).ConfigureAwait(false) is not { Raw: { } raw } message
            || !HasArrived(message))
            return null;
        return Base64Url.IsValid(raw) ? Base64Url.DecodeFromChars(raw) : throw new InvalidDataException("Gmail gave a mail that is no base64url.");
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> Watch(CancellationToken cancellationToken)
    {
        if (options.Topic is not { } topic)
            return null;
        var answer = await gmail.Post<WatchAnswer>("watch", new { TopicName = topic }, cancellationToken).ConfigureAwait(false);
        return DateTimeOffset.FromUnixTimeMilliseconds(Number(answer.Expiration));
    }

    private static bool HasArrived(MessageAnswer message) => !(message.LabelIds ?? []).Any(NotArrived.Contains);

    private static string Page(string? page) => page is null ? "" : $"&pageToken={Uri.EscapeDataString(page)}";

    private static long Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new MailboxUnavailableException("Gmail gave no place in its history");
}
