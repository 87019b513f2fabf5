using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Texts;
using Npgsql;

namespace FteAgent.Postgres;

/// <summary>Customers and their identifiers in the database.</summary>
internal sealed class PostgresCustomerDirectory(PostgresRecord record, TimeProvider time) : ICustomerDirectory
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

        try
        {
            return await ResolveOnce(brought, identifier, profile, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException taken) when (taken is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "customers_pkey" })
        {
            // Two who come at once under one new session bring the same id. The faster one has committed: that is what the conflict waited for.
            return await ResolveOnce(brought, identifier, profile, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<CustomerId?> ResolveOnce(MessageId? brought, CustomerIdentifier identifier, CustomerProfile profile, CancellationToken cancellationToken)
    {
        var email = string.IsNullOrEmpty(profile.Email) ? null : profile.Email;
        return PostgresPatience.WaitOut(
            record.Source.Work,
            () => record["select fte.resolve_customer($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"]
                .Set(CustomerId.New(identifier, time).Value)
                .Set<IdentifierKind>(identifier.Kind).Set(identifier.Value).Set(identifier.Value.ToLowerInvariant())
                .Set(profile.Name).Set(profile.Name.ToLowerInvariant())
                .Set(email).Set(email?.ToLowerInvariant())
                .Set(brought?.Value).Set(TimeSpan.FromDays(ICustomerDirectory.ErasedKeptDays))
                .First(static row => row.IdOrNull() is { } owner ? new CustomerId(owner) : null as CustomerId?, null, cancellationToken),
            cancellationToken);
    }

    public Task<bool> WasErased(MessageId brought, CancellationToken cancellationToken) =>
        record["select fte.was_erased($1, $2)"]
            .Set(brought.Value).Set(TimeSpan.FromDays(ICustomerDirectory.ErasedKeptDays))
            .First(static row => row.Bool(), false, cancellationToken);

    public async Task Fill(CustomerId customer, CustomerProfile profile, CancellationToken cancellationToken)
    {
        var email = string.IsNullOrEmpty(profile.Email) ? null : profile.Email;
        await PostgresPatience.WaitOut(
            record.Source.Work,
            () => record["select fte.fill_customer($1, $2, $3, $4, $5)"]
                .Set(customer.Value).Set(profile.Name).Set(profile.Name.ToLowerInvariant()).Set(email).Set(email?.ToLowerInvariant())
                .Any(cancellationToken),
            cancellationToken).ConfigureAwait(false);
    }

    public Task<Customer?> Find(CustomerId id, CancellationToken cancellationToken) =>
        record[$"select {CustomerColumns.All} from {CustomerColumns.From} where u.id = $1"]
            .Set(id.Value)
            .First(CustomerColumns.Read, null as Customer, cancellationToken);

    public async Task<ImmutableArray<Customer>> Search(string query, int limit, CancellationToken cancellationToken)
    {
        var words = SafeCut.At(query, SearchedLength).ToLowerInvariant()
            .Split((char[]?)null, SearchedWords, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        // Each word must be in the name or in one identifier. The index gives the customers latest seen first, and the look ends with the
        // last one wanted: what operators look for has mostly just written.
        return [.. await record[$"""
            select {CustomerColumns.All} from {CustomerColumns.From}
            where u.merged_into is null and not exists (
                select 1 from unnest($1) as asked (word)
                where u.name_folded not like asked.word
                    and not exists (select 1 from fte.identifiers i where i.customer_id = u.id and i.value_folded like asked.word)
                    and not exists (
                        select 1 from fte.customers m left join fte.identifiers i on i.customer_id = m.id
                        where m.merged_into = u.id and (m.name_folded like asked.word or i.value_folded like asked.word)))
            order by u.seen_minute desc, {CustomerColumns.LastSeen} desc, u.id desc
            limit $2
            """]
            .Set(Array.ConvertAll(words, word => $"%{EscapeLike(word)}%")).Set(Math.Clamp(limit, 1, SearchLimit))
            .List(static row => CustomerColumns.Read(row)!, cancellationToken).ConfigureAwait(false)];
    }

    private static string EscapeLike(string word) =>
        word.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}
