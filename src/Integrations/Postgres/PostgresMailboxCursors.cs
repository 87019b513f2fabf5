using FteAgent.Channels;

namespace FteAgent.Postgres;

/// <summary>How far mailboxes were read, in the database.</summary>
internal sealed class PostgresMailboxCursors(PostgresRecord record) : IMailboxCursors
{
    public Task<MailboxCursor?> Find(string address, CancellationToken cancellationToken) =>
        record["select place, read_at from fte.mailboxes where address = $1"].Set(address)
            .First(static row => new MailboxCursor(row.Long(), row.Time()), null as MailboxCursor, cancellationToken);

    public async Task<bool> Move(string address, long? from, long to, CancellationToken cancellationToken) =>
        await (from is { } known
            ? record["update fte.mailboxes set place = $3, read_at = fte.now() where address = $1 and place = $2"].Set(address).Set(known).Set(to)
            : record["insert into fte.mailboxes (address, place, read_at) values ($1, $2, fte.now()) on conflict (address) do nothing"].Set(address).Set(to))
            .Execute(cancellationToken).ConfigureAwait(false) == 1;
}
