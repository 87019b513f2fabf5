using System.Text;
using FteAgent.Channels.Email.Gmail;

namespace FteAgent.Channels.Email;

/// <summary>What the tests of email begin with.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Now = new(2026, 3, 3, 9, 0, 0, TimeSpan.Zero);

    public static MailOptions Options { get; } = new(
        "help@example.org", "Example Support", "mx.example.org", null,
        new GmailOptions("box@example.org", "client", "secret", "refresh", null), new("https://support.example.org"));

    public static MimeMailReader Reader { get; } = new(Options);

    public static MailReading Read(byte[] mail, MailRoad road = MailRoad.Webhook) => Reader.Read(mail, road, Now);

    public static MailReading Read(string mail, MailRoad road = MailRoad.Webhook) => Read(Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n")), road);

    public static InboundMessage Message(string mail, MailRoad road = MailRoad.Webhook)
    {
        var reading = Read(mail, road);
        Assert.Null(reading.Refusal);
        return reading.Message!;
    }
}
