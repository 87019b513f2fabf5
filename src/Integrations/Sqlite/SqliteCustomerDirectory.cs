using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Texts;

namespace FteAgent.Sqlite;

/// <summary>Customers and their identifiers in the file.</summary>
internal sealed class SqliteCustomerDirectory(SqliteRecord record, TimeProvider time) : ICustomerDirectory
{
    private const int SearchLimit = 100;
    private const int SearchedWords = 8;
    private const int SearchedLength = 200;

    public async Task<CustomerId> Resolve(CustomerIdentifier identifier, CustomerProfile profile, CancellationToken cancellationToken) =>
        (await ResolveFor(null, identifier, profile, cancellationToken).ConfigureAwait(false))!.Value;

    public Task<CustomerId?> Resolve(CustomerIdentifier identifier, CustomerProfile profile, MessageId brought, CancellationToken cancellationToken) =>
        ResolveFor(brought, identifier, profile, cancellationToken);

    private async Task<CustomerId?> ResolveFor(MessageId? brought, CustomerIdentifier identifier, CustomerProfile profile, CancellationToken cancellationToken)
    {
        if (!identifier.Proved)
            throw new ArgumentException("Only a proved identifier leads to a customer: identity is never guessed.", nameof(identifier));

        // What was erased is nobody's, and someone known who brings nothing new needs no write.
        var (isErased, known) = await record.Read(session => (IsErased(session), Known(session)), cancellationToken).ConfigureAwait(false);
        if (isErased)
            return null;
        if (known is not null)
            return known;

        return await record.Write(
            session =>
            {
                if (IsErased(session))
                    return null as CustomerId?;
                var owner = IdentityRows.OwnerOf(session, identifier.Kind, identifier.Value, record.Now) ?? Add(session, identifier);
                Fill(session, owner, profile);
                return owner;
            },
            cancellationToken).ConfigureAwait(false);

        bool IsErased(SqliteSession session) => brought is { } message && SqliteErasedMessages.Has(session, message, record.Now);

        CustomerId? Known(SqliteSession session) =>
            IdentityRows.OwnerOf(session, identifier.Kind, identifier.Value, record.Now) is { } owner && !HasNews(session, owner, profile) ? owner : null;
    }

    public Task<bool> WasErased(MessageId brought, CancellationToken cancellationToken) =>
        record.Read(session => SqliteErasedMessages.Has(session, brought, record.Now), cancellationToken);

    public async Task Fill(CustomerId customer, CustomerProfile profile, CancellationToken cancellationToken)
    {
        if (await record.Read(session => HasNews(session, customer, profile), cancellationToken).ConfigureAwait(false))
            await record.Write(
                session =>
                {
                    if (IdentityRows.Exists(session, customer))
                        Fill(session, customer, profile);
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
    }

    public Task<Customer?> Find(CustomerId id, CancellationToken cancellationToken) =>
        record.Read(session => CustomerRows.Find(session, id), cancellationToken);

    public Task<ImmutableArray<Customer>> Search(string query, int limit, CancellationToken cancellationToken)
    {
        var words = SafeCut.At(query, SearchedLength).ToLowerInvariant()
            .Split((char[]?)null, SearchedWords, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        return record.Read(
            session =>
            {
                // Each word must be in the name or in one identifier; words that were not typed are empty patterns, which match all.
                var statement = session["""
                    select id from customers c
                    where c.merged_into is null and not exists (
                        select 1 from (
                            select $word0 as word union all select $word1 union all select $word2 union all select $word3
                            union all select $word4 union all select $word5 union all select $word6 union all select $word7) asked
                        where c.name_folded not like asked.word escape '\'
                            and not exists (select 1 from identifiers i where i.customer_id = c.id and i.value_folded like asked.word escape '\')
                            and not exists (
                                select 1 from customers m left join identifiers i on i.customer_id = m.id
                                where m.merged_into = c.id
                                    and (m.name_folded like asked.word escape '\' or i.value_folded like asked.word escape '\')))
                    order by last_seen_at desc, id desc
                    limit $limit
                    """];
                for (var i = 0; i < SearchedWords; i++)
                    statement.Set($"$word{i}", i < words.Length ? $"%{EscapeLike(words[i])}%" : "%");
                var found = statement.Set("$limit", Math.Clamp(limit, 1, SearchLimit)).List(static row => new CustomerId(row.Id()));
                return found.Select(id => CustomerRows.Find(session, id)!).ToImmutableArray();
            },
            cancellationToken);
    }

    private static bool HasNews(SqliteSession session, CustomerId customer, CustomerProfile profile) =>
        session["""
            select 1 from customers
            where id = $customer and (
                ($name <> '' and name = '')
                or ($email is not null and not exists (select 1 from identifiers where customer_id = $customer and kind = 'email')))
            """]
            .Set("$customer", customer.Value).Set("$name", profile.Name).Set("$email", EmailOf(profile))
            .Any();

    private CustomerId Add(SqliteSession session, CustomerIdentifier identifier)
    {
        var customer = CustomerId.New(identifier, time);
        session["insert into customers (id, name, name_folded, created_at, last_seen_at) values ($id, '', '', $now, $now)"]
            .Set("$id", customer.Value).Set("$now", record.Now)
            .Execute();
        IdentityRows.LetGo(session, identifier.Kind, identifier.Value);
        AddIdentifier(session, customer, identifier);
        return customer;
    }

    private void Fill(SqliteSession session, CustomerId customer, CustomerProfile profile)
    {
        session["update customers set name = $name, name_folded = $folded where id = $id and name = ''"]
            .Set("$id", customer.Value).Set("$name", profile.Name).Set("$folded", profile.Name.ToLowerInvariant())
            .Execute();

        var hasEmail = session["select 1 from identifiers where customer_id = $id and kind = 'email'"].Set("$id", customer.Value).Any();
        if (!hasEmail && EmailOf(profile) is { } email)
            AddIdentifier(session, customer, new(IdentifierKind.Email, email, Proved: false));
    }

    private void AddIdentifier(SqliteSession session, CustomerId customer, CustomerIdentifier identifier) =>
        session["""
            insert into identifiers (customer_id, kind, value, value_folded, proved, noted_at)
            values ($customer, $kind, $value, $folded, $proved, $now)
            """]
            .Set("$customer", customer.Value).Set("$kind", identifier.Kind)
            .Set("$value", identifier.Value).Set("$folded", identifier.Value.ToLowerInvariant())
            .Set("$proved", identifier.Proved ? 1 : 0).Set("$now", record.Now)
            .Execute();

    private static string? EmailOf(CustomerProfile profile) => string.IsNullOrEmpty(profile.Email) ? null : profile.Email;

    private static string EscapeLike(string word) =>
        word.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}
