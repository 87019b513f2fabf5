using System.Text.Json;
using FteAgent.Record;
using FteAgent.Storage;
using Npgsql;

namespace FteAgent.Postgres;

/// <summary>After an erasure no table of ours holds the person's words, whatever its columns are called.</summary>
public sealed class PostgresErasureTests : IAsyncLifetime
{
    private PipelineFixture at = null!;

    public async Task InitializeAsync() => at = await PipelineFixture.Create();

    public async Task DisposeAsync() => await at.DisposeAsync();

    [Fact]
    public async Task No_table_holds_an_erased_persons_words()
    {
        var (web, mail) = await Canary.Settle(at.Record);
        foreach (var note in Canary.Notes("fte.", $"'{mail}'", $"'{Guid.NewGuid()}'", "now()", $"array['{Canary.Word}']", $"convert_to('{Canary.Word}', 'UTF8')"))
            await at.Database.Execute(note);
        var other = (await at.Started()).Customer;
        // The search would find it: else it would prove nothing.
        Assert.Superset(Canary.Tables,
            (await Holding(Canary.Word, Canary.Hex)).ToHashSet());
        Assert.Equal(PersonalTables.All.Select(table => table.Name).Except(["merged_identifiers"]).Order(), (await Holding(web.Value.ToString(), mail.Value.ToString())).Except(["audit"]).Order());

        await at.Record.PersonalData.Erase(mail, "Ana", default);

        Assert.Empty(await Holding(Canary.Word, Canary.Hex));
        // That it was done is kept under the ids, and nothing else is.
        Assert.Equal(["audit"], await Holding(web.Value.ToString(), mail.Value.ToString()));
        Assert.NotNull(await at.Record.Customers.Find(other, default));
    }

    [Fact]
    public async Task Every_table_that_names_customers_is_known_to_export_and_erasure()
    {
        var naming = await Texts("""
            select distinct c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
            where c.relnamespace = 'fte'::regnamespace and c.relkind = 'r' and a.attnum > 0 and a.attname like '%customer%'
            union
            select c.relname from pg_constraint f join pg_class c on c.oid = f.conrelid
            where f.contype = 'f' and f.confrelid in ('fte.customers'::regclass, 'fte.merges'::regclass)
            """);

        // The audit outlives them.
        Assert.Equal(PersonalTables.All.Select(table => table.Name).Order(), naming.Except(["audit"]).Order());
    }

    [Fact]
    public async Task Export_bears_files_and_threads()
    {
        var (_, mail) = await Canary.Settle(at.Record);
        foreach (var note in Canary.Notes("fte.", $"'{mail}'", $"'{Guid.NewGuid()}'", "now()", $"array['{Canary.Word}']", $"convert_to('{Canary.Word}', 'UTF8')"))
            await at.Database.Execute(note);
        using var copy = new MemoryStream();
        Assert.True(await at.Record.PersonalData.Export(mail, "Ana", copy, default));

        var export = JsonDocument.Parse(copy.ToArray()).RootElement;

        Assert.Equal(Canary.Word, System.Text.Encoding.UTF8.GetString(export.GetProperty("attachments")[0].GetProperty("content").GetBytesFromBase64()));
        Assert.Equal(Canary.Word, export.GetProperty("origins")[0].GetProperty("thread")[0].GetString());
        Assert.DoesNotContain("code_hash", export.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_writes_at_the_moment_in_which_the_silent_are_erased_is_not()
    {
        var old = await at.Record.Commit(at.In(await at.Record.NewConversation()).CustomerSays("Old."));
        var silent = await at.Record.Commit(at.In(await at.Record.NewConversation()).CustomerSays("Old."));
        await using var commit = new NpgsqlConnection(at.Database.Url);
        await commit.OpenAsync();
        await Run($"begin; update fte.conversations set last_message_at = now() + interval '1 hour' where customer_id = '{old.Customer}'");

        var erasing = at.Record.PersonalData.EraseOlderThan(TimeSpan.Zero, 10, default);
        await PipelineFixture.Until(async () =>
            await at.Database.Scalar<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") == 1);
        await Run("commit");

        Assert.Equal(1, (await erasing).People);
        Assert.False((await at.Record.Load(old)).IsGone);
        Assert.True((await at.Record.Load(silent)).IsGone);

        async Task Run(string sql)
        {
            await using var command = new NpgsqlCommand(sql, commit);
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>The tables of which a row, shown as text with all its columns, holds one of these.</summary>
    private async Task<IEnumerable<string>> Holding(params string[] words)
    {
        var found = new List<string>();
        foreach (var table in await Texts("select relname from pg_class where relnamespace = 'fte'::regnamespace and relkind in ('r', 'p', 'm')"))
            if (await at.Database.Scalar<bool>($"select exists (select 1 from fte.\"{table}\" t where {string.Join(" or ", words.Select(word => $"t::text ilike '%{word}%'"))})"))
                found.Add(table);
        return found;
    }

    private async Task<string[]> Texts(string sql) => await at.Database.Scalar<string[]>($"select coalesce(array_agg(t.relname::text), '{{}}') from ({sql}) t");
}
