using System.Text;
using FteAgent.Conversations;
using FteAgent.Record;
using FteAgent.Storage;
using FteAgent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace FteAgent.Sqlite;

/// <summary>After an erasure neither a table nor the file nor the log beside it holds the person's words.</summary>
public sealed class SqliteErasureTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private ServiceProvider services = null!;
    private TestRecord record = null!;

    private string Path => folder.File("fte.db");

    public Task InitializeAsync()
    {
        var time = new FakeTime();
        services = SqliteTestRecord.Services(Path, time);
        record = new(services, time, services.DisposeAsync);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await record.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task No_table_and_no_file_holds_an_erased_persons_words()
    {
        var (web, mail) = await Canary.Settle(record);
        foreach (var note in Canary.Notes("", $"x'{mail}'", $"x'{Guid.NewGuid():N}'", "1", $"'[\"{Canary.Word}\"]'", $"x'{Canary.Hex}'"))
            SqliteFacts.Execute(Path, note);
        await WriteAndForget();
        Assert.Superset(Canary.Tables,
            Holding(Canary.Word, Canary.Hex).ToHashSet());
        Assert.Equal(PersonalTables.All.Select(table => table.Name).Except(["merged_identifiers"]).Order(), Holding(web.ToString(), mail.ToString()).Except(["audit"]).Order());
        Assert.NotEmpty(FilesHolding());

        await record.PersonalData.Erase(mail, "Ana", default);

        Assert.Empty(Holding(Canary.Word, Canary.Hex));
        Assert.Equal(["audit"], Holding(web.ToString(), mail.ToString()));
        Assert.Empty(FilesHolding());
        Assert.Equal("ok", SqliteFacts.Scalar<string>(Path, "pragma integrity_check"));
    }

    [Fact]
    public async Task Files_hold_nothing_of_exactly_as_many_silent_people_as_are_erased_at_once()
    {
        const int AtOnce = 50;
        for (var i = 0; i < AtOnce; i++)
            await record.Commit(new Act(await record.NewConversation($"{Canary.Word} {i}"), record.Now).CustomerSays($"Help {Canary.Word} {i}"));
        await WriteAndForget();
        record.Advance(TimeSpan.FromDays(31).TotalSeconds);
        await record.Commit(new Act(await record.NewConversation("Somebody"), record.Now).CustomerSays("I am here"));

        for (var erased = AtOnce; erased == AtOnce;)
            erased = (await record.PersonalData.EraseOlderThan(TimeSpan.FromDays(30), AtOnce, default)).People;
        await record.PersonalData.Scrub(default);

        Assert.Empty(Holding(Canary.Word, Canary.Hex));
        Assert.Empty(FilesHolding());
    }

    [Fact]
    public void Every_table_that_names_customers_is_known_to_export_and_erasure()
    {
        _ = record.Customers;
        var naming = Tables().Where(table =>
            SqliteFacts.Scalar<long>(Path, $"select count(*) from pragma_table_info('{table}') where name like '%customer%'") > 0
            || SqliteFacts.Scalar<long>(Path, $"select count(*) from pragma_foreign_key_list('{table}') where \"table\" in ('customers', 'merges')") > 0);

        Assert.Equal(PersonalTables.All.Select(table => table.Name).Order(), naming.Except(["audit"]).Order());
    }

    [Fact]
    public async Task The_record_goes_on_while_the_file_is_rewritten()
    {
        var (web, _) = await Canary.Settle(record);
        var conversation = await record.Commit(new Act(await record.NewConversation(), record.Now).CustomerSays("0"));
        using var ended = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            for (var n = 1; !ended.IsCancellationRequested; n++)
            {
                conversation = await record.Commit(new Act(conversation, record.Now).CustomerSays($"{n}"));
                Assert.Equal(conversation.LastSequence, (await record.Load(conversation)).LastSequence);
            }
        });

        await record.PersonalData.Erase(web, "Ana", default);
        await ended.CancelAsync();
        await writing;

        Assert.Equal(conversation.LastSequence, (await record.Load(conversation)).LastSequence);
    }

    /// <summary>Many rows of others come and go, so that pages are split, filled and emptied, and pieces of rows are left where rows no longer are.</summary>
    private async Task WriteAndForget()
    {
        var random = new Random(TestSeed.Take(output.WriteLine));
        var conversations = new List<Conversation>();
        for (var i = 0; i < 40; i++)
            conversations.Add(await record.NewConversation($"Person {i}"));
        for (var n = 0; n < 600; n++)
        {
            var i = random.Next(conversations.Count);
            conversations[i] = await record.Commit(new Act(conversations[i], record.Now)
                .CustomerSays(new string('x', random.Next(2_000)), $"{n}-{Guid.NewGuid()}").Sends("web", new string('y', random.Next(500))));
        }

        foreach (var conversation in conversations.Take(10))
            SqliteFacts.Execute(Path, $"delete from outbox where customer_id = x'{conversation.Customer}'");
    }

    private IEnumerable<string> Tables()
    {
        var names = SqliteFacts.Scalar<string>(Path, "select group_concat(name, ' ') from sqlite_master where type = 'table' and name not like 'sqlite_%'");
        return names.Split(' ');
    }

    /// <summary>The tables of which a row holds one of these, in whatever column.</summary>
    private List<string> Holding(params string[] words) =>
    [
        .. Tables().Where(table =>
        {
            var columns = SqliteFacts.Scalar<string>(Path, $"select group_concat('(case typeof(\"' || name || '\") when ''blob'' then hex(\"' || name || '\") else coalesce(\"' || name || '\", '''') end)', ' || '' '' || ') from pragma_table_info('{table}')");
            return SqliteFacts.Scalar<long>(Path, $"select count(*) from {table} where {string.Join(" or ", words.Select(word => $"lower({columns}) like '%{word.ToLowerInvariant()}%'"))}") > 0;
        }),
    ];

    private IEnumerable<string> FilesHolding() =>
        Directory.EnumerateFiles(System.IO.Path.GetDirectoryName(Path)!).Where(file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(Canary.Word)) >= 0;
        });
}
