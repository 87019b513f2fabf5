namespace FteAgent.Channels.Email.Table;

/// <summary>Mails that machines wrote, and people's that look a little like it.</summary>
internal static class Natures
{
    private const string Ours = "fte.0195c0ffee0070008000000000000001@example.org";

    public static IEnumerable<MailCase> All =>
    [
        Machine("a vacation that says so", "auto_reply", "Auto-Submitted: auto-replied (vacation)"),
        Machine("a monitor's mail", "auto_reply", "Auto-Submitted: auto-generated; owner-email=\"x@example.com\""),
        Machine("a word for automatic that we do not know", "auto_reply", "Auto-Submitted: auto-notified"),
        Machine("Exchange's mark", "auto_reply", "X-Auto-Response-Suppress: All"),
        Machine("Exchange's mark for those who answer by machine", "auto_reply", "X-Auto-Response-Suppress: DR, OOF, AutoReply"),
        MailCase.Plain("a person whose program wants no receipts", "x", "X-Auto-Response-Suppress: DR, RN, NRN"),
        Machine("an old program's precedence", "auto_reply", "Precedence: auto_reply"),
        Machine("an old program's field", "auto_reply", "X-Autoreply: yes"),
        Machine("a list's post", "list", "List-Id: Users <users.lists.example.net>\nList-Post: <mailto:users@lists.example.net>"),
        Machine("a newsletter", "list", "List-Unsubscribe: <https://example.net/u>"),
        Machine("bulk mail", "list", "Precedence: bulk"),
        Machine("junk", "list", "Precedence: JUNK"),
        Machine("who takes no bounces", "auto_reply", "Return-Path: <>"),
        Machine("a failed recipient", "bounce", "X-Failed-Recipients: x@example.com"),
        Machine("a vacation's subject that answers a mail of ours", "auto_reply", $"In-Reply-To: <{Ours}>", "Automatic reply: Backup"),
        Machine("the same in German", "auto_reply", $"References: <{Ours}>", "Abwesenheitsnotiz: Backup"),
        new("a vacation's subject from an address for no replies", "From: no-reply@example.com\nSubject: Out of Office\n\nI am away") { From = "no-reply@example.com", Automatic = "auto_reply" },
        MailCase.Plain("a person's question about vacations", "How do I set it?", subject: "Out of office: how does it work?"),
        MailCase.Plain("a person who says that no machine wrote it", "x", "Auto-Submitted: no (really)"),
        MailCase.Plain("a person who answers a mail of ours", "x", $"In-Reply-To: <{Ours}>", subject: "Re: Backup"),
        MailCase.Plain("a precedence that means nothing", "x", "Precedence: first-class"),
        new("a mail server's notice", "From: MAILER-DAEMON@example.com\nSubject: Undelivered\n\nx") { From = "mailer-daemon@example.com", Automatic = "bounce" },
        new("a postmaster", "From: Postmaster <postmaster@example.com>\n\nx") { From = "postmaster@example.com", Automatic = "bounce", SenderName = "Postmaster" },
        new("our own address", "From: Support <HELP@example.org>\n\nx") { From = "help@example.org", Automatic = "own", SenderName = "Support" },
        new("our own id", $"From: ana@example.com\nMessage-ID: <{Ours}>\n\nx") { Automatic = "own" },
        new("an id like ours of another domain", "From: ana@example.com\nMessage-ID: <fte.0195c0ffee0070008000000000000001@example.net>\n\nx"),
        Structures.Multi("a delivery status of somebody else's mail", "report; report-type=delivery-status", "Content-Type: text/plain\n\nIt failed", "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nAction: failed\nStatus: 5.1.1\n") with { Automatic = "bounce" },
    ];

    private static MailCase Machine(string name, string why, string field, string subject = "Backup") =>
        MailCase.Plain(name, "I am away.", field, subject: subject) with { Automatic = why };
}
