using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace FteAgent.Channels.Email;

/// <summary>
/// Hands mails to an SMTP server, each over a connection of its own: a server that hangs then holds up one mail and no other.
/// A mail that was taken and whose answer got lost is sent again under the same Message-ID.
/// </summary>
internal sealed partial class SmtpTransport(SmtpOptions options) : IMailTransport
{
    /// <summary>How long each answer of the server is waited for; the deliverer's own limit is for all of them together.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>5 is for ever and 4 for now (RFC 5321, section 4.2.1).</summary>
    private const int FirstPermanent = 500;

    /// <inheritdoc/>
    public async Task<HandedOver> Send(MimeMessage mail, MailSlip slip, CancellationToken cancellationToken)
    {
        using var client = Client();
        var connected = false;
        try
        {
            await Connect(client, cancellationToken).ConfigureAwait(false);
            connected = true;
            await client.SendAsync(mail, cancellationToken).ConfigureAwait(false);
        }
        catch (SmtpCommandException answer)
        {
            return !connected || answer.StatusCode is SmtpStatusCode.ServiceNotAvailable || !IsOfThisMail(answer)
                ? HandedOver.Unavailable(Codes(answer))
                : HandedOver.Refused(Codes(answer), forEver: (int)answer.StatusCode >= FirstPermanent);
        }
        catch (Exception failure) when (Cause(failure) is not null)
        {
            return HandedOver.Unavailable(Cause(failure)!);
        }

        await Leave(client).ConfigureAwait(false);
        return HandedOver.Taken;
    }

    /// <inheritdoc/>
    public async Task<string?> Fault(CancellationToken cancellationToken)
    {
        using var client = Client();
        try
        {
            await Connect(client, cancellationToken).ConfigureAwait(false);
        }
        catch (SmtpCommandException answer)
        {
            return Codes(answer);
        }
        catch (Exception failure) when (Cause(failure) is not null)
        {
            return Cause(failure);
        }

        await Leave(client).ConfigureAwait(false);
        return null;
    }

    private SmtpClient Client() => new()
    {
        Timeout = (int)Patience.TotalMilliseconds,
        ServerCertificateValidationCallback = options.Trusts,
        // Asking a certificate's maker at each mail would make every mail wait for one more stranger.
        CheckCertificateRevocation = false,
    };

    private async Task Connect(SmtpClient client, CancellationToken cancellationToken)
    {
        var security = options.Security switch
        {
            SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
            SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        };
        await client.ConnectAsync(options.Host, options.Port, security, cancellationToken).ConfigureAwait(false);
        if (options.User is { } user)
            await client.AuthenticateAsync(user, options.Password ?? "", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The mail is with the server already: whether it says good-bye changes nothing.</summary>
    private static async Task Leave(SmtpClient client)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            await client.DisconnectAsync(true, limit.Token).ConfigureAwait(false);
        }
        catch (Exception left) when (left is IOException or SocketException or ProtocolException or OperationCanceledException or CommandException)
        {
            // It hung up first.
        }
    }

    /// <summary>
    /// What the server says of the one who gets a mail, or of its words, is about this mail. What is wrong with the sender, as with the connection
    /// before, is ours to mend, and all mails can go then.
    /// </summary>
    private static bool IsOfThisMail(SmtpCommandException answer) =>
        answer.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted;

    /// <summary>The server's own words may name the customer, so only its codes are told.</summary>
    private static string Codes(SmtpCommandException answer)
    {
        var code = ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
        return Enhanced().Match(answer.Message) is { Success: true } match ? $"SMTP {code} {match.Value}" : $"SMTP {code}";
    }

    private static string? Cause(Exception failure) => failure switch
    {
        AuthenticationException or ServiceNotAuthenticatedException => "the mail server does not take user and password",
        SslHandshakeException => "the mail server's certificate is not trusted, or TLS failed",
        NotSupportedException => "the mail server offers no STARTTLS, or no way to sign in that we know",
        SocketException socket => $"the mail server cannot be reached ({socket.SocketErrorCode})",
        IOException or TimeoutException => "the connection to the mail server broke off",
        ProtocolException => "the mail server answered what is no SMTP",
        _ => null,
    };

    // An enhanced status code (RFC 3463).
    [GeneratedRegex(@"\b[245]\.\d{1,3}\.\d{1,3}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Enhanced();
}
