using FteAgent.Channels;

namespace FteAgent.Sqlite;

/// <summary>How far mailboxes were read, in the file.</summary>
internal sealed class SqliteMailboxCursors(SqliteRecord record) : IMailboxCursors
{
    public Task<MailboxCursor?> Find(string address, CancellationToken cancellationToken) =>
        record.Read(
            session => session["select place, read_at from mailboxes where address = $address"].Set("$address", address)
                .First(static row => new MailboxCursor(row.Long(), row.Time()), null as MailboxCursor),
            cancellationToken);

    public Task<bool> Move(string address, long? from, long to, CancellationToken cancellationToken) =>
        record.Write(
            session => (from is { } known
                ? session["update mailboxes set place = $to, read_at = $now where address = $address and place = $from"].Set("$from", known)
                : session["insert into mailboxes (address, place, read_at) values ($address, $to, $now) on conflict (address) do nothing"])
                .Set("$address", address).Set("$to", to).Set("$now", record.Now)
                .Execute() == 1,
            cancellationToken);
}
