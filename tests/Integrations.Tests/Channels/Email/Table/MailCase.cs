using System.Text;

namespace FteAgent.Channels.Email.Table;

/// <summary>A mail, and what is to be read in it. Line ends are written as in this file and sent as CRLF.</summary>
/// <param name="Name">What is special about it.</param>
/// <param name="Mail">The mail, header and all.</param>
internal sealed record MailCase(string Name, string Mail)
{
    /// <summary>What the customer says; null where another case looks at that.</summary>
    public string? Text { get; init; }

    public string? Subject { get; init; }

    public string From { get; init; } = "ana@example.com";

    public string? SenderName { get; init; }

    /// <summary>Whether the sender is proved.</summary>
    public bool Proved { get; init; }

    /// <summary>Why it is not answered.</summary>
    public string? Automatic { get; init; }

    /// <summary>The names of the files that came with it, without the whole text.</summary>
    public string[] Files { get; init; } = [];

    /// <summary>The ids of its thread, oldest first.</summary>
    public string[]? References { get; init; }

    /// <summary>How its characters become bytes.</summary>
    public Encoding Encoding { get; init; } = Encoding.UTF8;

    public byte[] Bytes => Encoding.GetBytes(Mail.ReplaceLineEndings("\r\n"));

    /// <summary>A mail of Ana's with an ordinary header.</summary>
    public static MailCase Plain(string name, string body, string more = "", string type = "text/plain; charset=utf-8", string subject = "Backup") => new(
        name,
        $"""
        From: Ana Pires <ana@example.com>
        To: help@example.org
        Subject: {subject}
        Date: Tue, 03 Mar 2026 09:00:00 +0000
        Message-ID: <1@example.com>
        MIME-Version: 1.0
        Content-Type: {type}
        {more}

        {body}
        """.Replace("\n\n\n", "\n\n", StringComparison.Ordinal));
}
