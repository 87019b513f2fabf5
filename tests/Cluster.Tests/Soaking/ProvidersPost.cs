using System.Text.RegularExpressions;
using FteAgent.Channels;
using FteAgent.Testing;
using FteAgent.Testing.Mail;

namespace FteAgent.Cluster.Soaking;

/// <summary>What the providers' stand-ins took. Each mail is kept: whoever looks for a code takes none away from the count at the end.</summary>
internal sealed partial class ProvidersPost(FakeTwilio twilio, OutsideMail mails)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    private readonly Lock gate = new();
    private readonly List<ReceivedMail> taken = [];

    /// <summary>Every part of an answer and every code, by the id of the item that was sent.</summary>
    public IEnumerable<(string Id, Way Way, string Body)> Arrived =>
    [
        .. twilio.Sent.Select(sent => (ItemOf(sent.Form["StatusCallback"]), Way.WhatsApp, sent.Words)),
        .. Mails().Select(mail => (MailIds.ItemOf(mail.MessageId.Trim('<', '>'))!.Value.ToString(), Way.Email, mail.Text)),
    ];

    /// <summary>The code that was sent to an address, once it has come there.</summary>
    /// <exception cref="TimeoutException">None came.</exception>
    public async Task<string> Code(Way way, string address)
    {
        for (var since = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(since) < Patience; await Task.Delay(LookEvery))
            if (Read(way, address).Select(text => OurCode().Match(text)).LastOrDefault(match => match.Success) is { } code)
                return code.Groups[1].Value;
        throw new TimeoutException($"No code came by {way} within {Patience.TotalSeconds} s.");
    }

    private IEnumerable<string> Read(Way way, string address) => way is Way.Email
        ? Mails().Where(mail => mail.Envelope.To.Contains(address)).Select(mail => mail.Text)
        : twilio.Sent.Where(sent => sent.To == $"whatsapp:{address}").Select(sent => sent.Words);

    private IReadOnlyList<ReceivedMail> Mails()
    {
        lock (gate)
        {
            taken.AddRange(mails.TakeAll());
            return [.. taken];
        }
    }

    private static string ItemOf(string statusCallback) =>
        Guid.Parse(System.Web.HttpUtility.ParseQueryString(new Uri(statusCallback).Query)["item"]!).ToString();

    [GeneratedRegex(@"\bYour code is (\d{6})\.")]
    private static partial Regex OurCode();
}
