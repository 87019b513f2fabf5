using System.Collections.Immutable;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Storage;

namespace FteAgent.Sqlite;

/// <summary>What came with messages, in the file.</summary>
internal sealed class SqliteAttachments(SqliteRecord record) : IAttachments
{
    private const string Columns = "message_id, place, kind, name, media_type, size, content is not null, url";

    public Task Save(CustomerId customer, MessageId message, ImmutableArray<InboundFile> files, CancellationToken cancellationToken) =>
        record.Write(
            session =>
            {
                foreach (var (file, place) in files.Take(Attachment.CountLimit).Select(static (file, place) => (file, place)))
                    session["""
                        insert into attachments (message_id, place, customer_id, kind, name, media_type, size, url, content, noted_at)
                        values ($message, $place, $customer, $kind, $name, $media_type, $size, $url, $content, $now)
                        on conflict (message_id, place) do nothing
                        """]
                        .Set("$message", message.Value).Set("$place", place).Set("$customer", customer.Value).Set("$kind", file.Kind)
                        .Set("$name", file.Name).Set("$media_type", file.MediaType).Set("$size", file.Size).Set("$url", file.Url)
                        .Set("$content", file.Content is { Length: <= Attachment.SizeLimit } content ? WholeArray.Of(content) : null)
                        .Set("$now", record.Now)
                        .Execute();
                return true;
            },
            cancellationToken);

    public Task<ImmutableArray<Attachment>> List(CustomerId customer, ImmutableArray<MessageId> messages, CancellationToken cancellationToken) =>
        record.Read(
            session =>
            {
                var one = IdentityRows.Canonical(session, customer).Value;
                return messages
                    .SelectMany(message => session[$"select {Columns} from attachments where message_id = $message and customer_id in ({IdentityRows.IsOne}) order by place"]
                        .Set("$message", message.Value).Set("$one", one)
                        .List(Read))
                    .ToImmutableArray();
            },
            cancellationToken);

    public Task<(Attachment Attachment, byte[] Content)?> Open(CustomerId customer, MessageId message, int place, CancellationToken cancellationToken) =>
        record.Read(
            session => session[$"""
                select {Columns}, content from attachments
                where message_id = $message and place = $place and customer_id in ({IdentityRows.IsOne}) and content is not null
                """]
                .Set("$message", message.Value).Set("$place", place).Set("$one", IdentityRows.Canonical(session, customer).Value)
                .First(static row => (Read(row), row.Bytes()), null as (Attachment, byte[])?),
            cancellationToken);

    private static Attachment Read(Row row) => new(
        new(row.Id()), row.Int(), row.Enum<AttachmentKind>(), row.Text(), row.Text(), row.Long(), row.Bool(), row.TextOrNull());
}
