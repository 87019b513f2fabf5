using FteAgent.Customers;
using MimeKit;

namespace FteAgent.Channels.Email;

/// <summary>Who wrote a mail, and whether that is proved.</summary>
internal static class MailSender
{
    private const int NameLimit = 200;

    private const string NoSender = "The mail names no sender: it has no From field with an address.";

    /// <summary>Strict where it decides whose mail it is: two servers must not read one line as two senders.</summary>
    private static readonly ParserOptions Strict = new()
    {
        AddressParserComplianceMode = RfcComplianceMode.Strict,
        AllowAddressesWithoutDomain = false,
        AllowUnquotedCommasInAddresses = false,
    };

    /// <summary>Reads the sender.</summary>
    /// <param name="headers">The mail's header.</param>
    /// <param name="authservId">Whose Authentication-Results count; null for nobody's.</param>
    public static (Sender? Sender, string? Refusal) Read(HeaderList headers, string? authservId)
    {
        var fields = headers.Where(header => header.Id is HeaderId.From).ToList();
        var named = fields.SelectMany(field => Mailboxes(field.RawValue))
            .Select(mailbox => (Address: MailAddresses.Normal(mailbox), Name: Lines.One(mailbox.Name, NameLimit)))
            .FirstOrDefault(each => each.Address is not null);
        if (named.Address is not { } address)
            return (null, NoSender);

        var proved = authservId is not null && fields is [var only] && IsOne(only, address)
            && DmarcResult.Passes(headers, authservId, address[(address.LastIndexOf('@') + 1)..]);
        return (new(IdentifierKind.Email, address, proved, named.Name), null);
    }

    private static IEnumerable<MailboxAddress> Mailboxes(byte[] value) =>
        InternetAddressList.TryParse(value, out var list) ? list.Mailboxes : [];

    /// <summary>Whether the field is one plain address and nothing else. A group, or a second address, may be read in two ways.</summary>
    private static bool IsOne(Header field, string address) =>
        InternetAddressList.TryParse(Strict, field.RawValue, out var list) && list is [MailboxAddress mailbox] && MailAddresses.Normal(mailbox) == address;
}
