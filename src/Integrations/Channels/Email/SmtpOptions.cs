using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;

namespace FteAgent.Channels.Email;

/// <summary>How a connection to a mail server is protected.</summary>
public enum SmtpSecurity
{
    /// <summary>TLS from the first byte (RFC 8314): <c>smtps://</c>.</summary>
    Tls,

    /// <summary>STARTTLS, and nothing is sent without it (RFC 3207): <c>smtp://</c>.</summary>
    StartTls,

    /// <summary>In the clear: <c>smtp://…?tls=none</c>, for a server on this machine or in a private network.</summary>
    None,
}

/// <summary>The mail server that takes our mails.</summary>
/// <param name="Host">Its name or address.</param>
/// <param name="Port">Its port.</param>
/// <param name="Security">How the connection is protected.</param>
/// <param name="User">As whom we sign in; null for nobody.</param>
/// <param name="Password">With which password. It goes into no log.</param>
public sealed record SmtpOptions(string Host, int Port, SmtpSecurity Security, string? User, string? Password)
{
    private const int SubmissionPort = 587;
    private const int SubmissionOverTlsPort = 465;

    /// <summary>Whether a server's certificate will do; null for the machine's own judgement.</summary>
    internal RemoteCertificateValidationCallback? Trusts { get; init; }

    /// <summary>Reads <c>smtp://user:password@host:587</c>, <c>smtps://…</c> or <c>smtp://host:25?tls=none</c>; percent signs as in any URL.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="options">What it says.</param>
    /// <param name="fault">What is wrong with it, as the end of a sentence that begins with its name; the value is not repeated.</param>
    public static bool TryParse(string url, [NotNullWhen(true)] out SmtpOptions? options, [NotNullWhen(false)] out string? fault)
    {
        options = null;
        fault = null;
        if (!Uri.TryCreate(url, UriKind.Absolute, out var read) || read.Scheme is not ("smtp" or "smtps") || read.Host.Length == 0 || read.AbsolutePath is not ("" or "/"))
            fault = "must be like smtp://user:password@host:587, or smtps://user:password@host:465.";
        else if (read.Query is not ("" or "?tls=none") || read.Fragment.Length > 0 || (read.Scheme == "smtps" && read.Query.Length > 0))
            fault = "may say ?tls=none after smtp://, and nothing else; user and password need %-signs for / ? # @ and :.";
        else if (read.UserInfo.Length > 0 && !read.UserInfo.Contains(':', StringComparison.Ordinal))
            fault = "names a user without a password; write user:password@.";
        else if (read.UserInfo.Length > 0 && read.Query.Length > 0 && !IsThisMachine(read.Host))
            fault = "would send a password in the clear; leave out ?tls=none, or the password.";
        if (fault is not null)
            return false;

        var security = read!.Scheme == "smtps" ? SmtpSecurity.Tls : read.Query.Length > 0 ? SmtpSecurity.None : SmtpSecurity.StartTls;
        var signIn = read.UserInfo.Split(':', 2);
        options = new(
            read.IdnHost.Trim('[', ']'),
            read.Port > 0 ? read.Port : security is SmtpSecurity.Tls ? SubmissionOverTlsPort : SubmissionPort,
            security,
            signIn.Length == 2 ? Uri.UnescapeDataString(signIn[0]) : null,
            signIn.Length == 2 ? Uri.UnescapeDataString(signIn[1]) : null);
        return true;
    }

    private static bool IsThisMachine(string host) =>
        host is "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
