using System.Collections.Immutable;
using System.Text;
using MimeKit;
using MimeKit.Utils;

namespace FteAgent.Channels.Email;

/// <summary>Where a mail stands in its thread (RFC 5322, section 3.6.4).</summary>
internal static class MailThreads
{
    /// <summary>
    /// In bytes of UTF-8: ids longer than a line are nobody's, and an entry of an index in the record, which holds the id and more, has room for
    /// 2,704 bytes.
    /// </summary>
    private const int IdLimit = 900;

    /// <summary>Reads the thread. The direct parent comes last, whether References names it or In-Reply-To alone.</summary>
    public static MailThread Read(HeaderList headers)
    {
        var references = Ids(headers, HeaderId.References).Concat(Ids(headers, HeaderId.InReplyTo)).Distinct(StringComparer.Ordinal).ToList();
        return new(
            headers.FirstOrDefault(header => header.Id is HeaderId.MessageId) is { } field ? Usable(MimeUtils.ParseMessageId(field.Value)) : null,
            references.Count <= MailThread.ReferenceLimit
                ? [.. references]
                : [references[0], .. references.TakeLast(MailThread.ReferenceLimit - 1)]);
    }

    private static ImmutableArray<string> Ids(HeaderList headers, HeaderId id) =>
        [.. headers.Where(header => header.Id == id).SelectMany(header => MimeUtils.EnumerateReferences(header.Value)).Select(Usable).OfType<string>()];

    private static string? Usable(string? id) =>
        id is { Length: > 0 and <= IdLimit } && Encoding.UTF8.GetByteCount(id) <= IdLimit && !id.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>') ? id : null;
}
