using System.Collections.Immutable;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Storage;

namespace FteAgent.Postgres;

/// <summary>What came with messages, in the database.</summary>
internal sealed class PostgresAttachments(PostgresRecord record) : IAttachments
{
    private const string Columns = "message_id, place, kind, name, media_type, size, content is not null, url";

    public Task Save(CustomerId customer, MessageId message, ImmutableArray<InboundFile> files, CancellationToken cancellationToken) =>
        PostgresPatience.WaitOut(
            record.Source.Work,
            () => record.Together(
                async session =>
                {
                    foreach (var (file, place) in files.Take(Attachment.CountLimit).Select(static (file, place) => (file, place)))
                        await session[$"""
                            insert into fte.attachments (message_id, place, customer_id, kind, name, media_type, size, url, content, noted_at)
                            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, fte.now()) on conflict (message_id, place) do nothing
                            returning {PostgresStatement.OnDiskWithTheNext}
                            """]
                            .Set(message.Value).Set(place).Set(customer.Value).Set<AttachmentKind>(file.Kind).Set(file.Name).Set(file.MediaType)
                            .Set(file.Size).Set(file.Url).Set(file.Content is { Length: <= Attachment.SizeLimit } content ? WholeArray.Of(content) : null)
                            .Execute(cancellationToken).ConfigureAwait(false);
                    return true;
                },
                cancellationToken),
            cancellationToken);

    public async Task<ImmutableArray<Attachment>> List(CustomerId customer, ImmutableArray<MessageId> messages, CancellationToken cancellationToken) =>
        [.. await record[$"""
            select {Columns} from fte.attachments
            where message_id = any ($2) and customer_id = any (array(select fte.group_of($1)))
            order by message_id, place
            """]
            .Set(customer.Value).Set([.. messages.Select(message => message.Value)])
            .List(Read, cancellationToken).ConfigureAwait(false)];

    public Task<(Attachment Attachment, byte[] Content)?> Open(CustomerId customer, MessageId message, int place, CancellationToken cancellationToken) =>
        record[$"select {Columns}, content from fte.attachments where message_id = $1 and place = $2 and customer_id = any (array(select fte.group_of($3))) and content is not null"]
            .Set(message.Value).Set(place).Set(customer.Value)
            .First(static row => (Read(row), row.Bytes()), null as (Attachment, byte[])?, cancellationToken);

    private static Attachment Read(PostgresRow row) => new(
        new(row.Id()), row.Int(), row.Enum<AttachmentKind>(), row.Text(), row.Text(), row.Long(), row.Bool(), row.TextOrNull());
}
