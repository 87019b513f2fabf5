using FteAgent.Knowledge;
using FteAgent.Record;
using FteAgent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace FteAgent.Postgres;

/// <summary>A silo whose user may read and write rows, as docs/postgres.md grants it, and change nothing of the schema.</summary>
public sealed class PostgresRightsTests
{
    [Fact]
    public async Task Silo_does_all_its_work_without_rights_to_the_schema()
    {
        var time = new FakeTime();
        await using var database = await (await PostgresServer.Shared).NewDatabase();
        await database.Follow(time);
        var role = $"fte_silo_{Guid.NewGuid():N}";
        await database.Execute($"""
            create role {role} login password 'a';
            grant usage on schema fte, engine to {role};
            grant select, insert, update, delete on all tables in schema fte, engine to {role};
            grant usage on all sequences in schema fte, engine to {role}
            """);
        try
        {
            var url = new NpgsqlConnectionStringBuilder(database.Url) { Username = role, Password = "a" }.ConnectionString;
            await using var services = PostgresTestRecord.Services(new() { Url = url }, time);
            await Work(new(services, time, () => ValueTask.CompletedTask));
            await services.GetRequiredService<PostgresMigrations>().Check(default);
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            await database.Execute($"drop owned by {role}; drop role {role}");
        }
    }

    private static async Task Work(TestRecord record)
    {
        var conversation = await record.Commit(new Act(await record.NewConversation("Kim"), record.Now).Opens("Matter").CustomerSays("Hello").OpensExchange().Sends("test"));
        Same.Conversation(conversation, await record.Load(conversation));
        await record.Roster.Renew("silo-1", default);
        await record.Roster.ClaimDue(10, default);
        Assert.Single(await record.Outbox.Claim(conversation.Customer, "silo-1", TimeSpan.FromSeconds(30), default));
        Assert.Single((await record.Inbox.List(needsPerson: false, 10, null, default)).Items);
        Assert.NotNull(await record.Operators.Add("Ana", new byte[32], default));
        await record.Secrets.GetOrCreate("tokens", 32, default);

        for (var i = 0; i < 3; i++)
            await record.Knowledge.Publish([new("a", "A", "Text", record.Now)], [new("a#1", "a", "", "Text", [1f, 0f], "e")], default);
        Assert.Equal(4, await record.Knowledge.Change(new(3, [new("b", "B", "Text", record.Now)], [new("b#1", "b", "", "Text", [0f, 1f], "e")], ["a"]), default));
        Assert.NotNull(await record.Knowledge.LoadChanges(3, default));
        Assert.True(await record.Get<IKnowledgeFlags>().Keep(4, [new(FlagKind.Stale, "b")], default));
        var vectors = await record.Get<IVectorSearch>().Open(await record.Knowledge.LoadWords(default), "e", default);
        Assert.Single((await vectors!.Nearest([[1f, 0f]], 3, null, default))[0].Hits);
    }
}
