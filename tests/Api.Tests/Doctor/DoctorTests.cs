using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using FteAgent.Api.Hosting;
using FteAgent.Silo.Doctor;
using FteAgent.Silo.Hosting;
using FteAgent.Testing;
using FteAgent.Testing.Mail;
using FteAgent.Testing.OpenAI;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace FteAgent.Api.Doctor;

/// <summary>What <c>silo doctor</c> says of settings, files, databases and the network.</summary>
public sealed class DoctorTests : IDisposable
{
    private const string Secret = "a-secret-that-is-long-enough-0123456789";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fte-doctor-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Machine_on_which_nothing_ran_yet_is_well_and_nothing_is_made_on_it()
    {
        var data = Path.Combine(folder.FullName, "data");

        var findings = await Examine(("FTE_DATA", data));

        Assert.DoesNotContain(findings, found => found.Finding.Verdict is Verdict.Fail);
        Assert.Contains(findings, found => found is ("database", { Verdict: Verdict.Ok }));
        Assert.Contains(findings, found => found is ("disk", { Verdict: Verdict.Ok, Says: "The data folder can be made." }));
        Assert.All((string[])["model", "kafka", "email", "whatsapp"], part => Assert.Contains(findings, found => found.Check == part && found.Finding.Says.StartsWith("Not configured", StringComparison.Ordinal)));
        Assert.Empty(folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task Mail_server_is_signed_in_to_and_told_as_it_answers()
    {
        await using var server = await OutsideMail.Start("--auth", "me:right");
        Task<List<Finding>> With(string password) => Of("email", ("FTE_DATA", folder.FullName), ("EMAIL_FROM", "help@example.org"), ("EMAIL_SMTP_URL", $"smtp://me:{password}@127.0.0.1:{server.Port}?tls=none"));

        Assert.Contains(await With("right"), found => found is { Verdict: Verdict.Ok, Says: "The mail server takes us." });
        Assert.Contains(await With("wrong"), found => found is { Verdict: Verdict.Fail, Says: "Mails cannot be sent: the mail server does not take user and password." });
        Assert.Equal(0, server.Waiting);
    }

    [Fact]
    public async Task Model_is_looked_for_in_its_endpoints_list()
    {
        await using var endpoint = await ScriptedEndpoint.Start();
        Task<List<Finding>> With(string key, string model) => Of(
            "model", ("FTE_DATA", folder.FullName), ("OPENAI_API_KEY", key), ("OPENAI_BASE_URL", endpoint.BaseUrl.AbsoluteUri), ("OPENAI_MODEL", model));

        endpoint.Script.Otherwise(_ => Step.Call("send_response", "{}"));
        Assert.Contains(await With(ScriptedEndpoint.Key, "model-a"), found => found is { Verdict: Verdict.Ok, Says: "The endpoint takes our key and has model-a." });
        Assert.Contains(await With(ScriptedEndpoint.Key, "model-a"), found => found is { Verdict: Verdict.Ok, Says: "model-a takes what it is asked, and answers." });
        Assert.Contains(await With(ScriptedEndpoint.Key, "model-z"), found => found is { Verdict: Verdict.Fail, Says: "The endpoint does not list model-z." });
        Assert.Contains(await With("sk-wrong", "model-a"), found => found is { Verdict: Verdict.Fail, Says: "The endpoint does not take our key." });
        Assert.Contains(await With(ScriptedEndpoint.Key, "model-a"), found => found is { Verdict: Verdict.Warn, Says: "What a day costs has no limit here." });
        Assert.Contains(await Of("model", ("FTE_DATA", folder.FullName), ("OPENAI_API_KEY", "sk-1"), ("OPENAI_BASE_URL", "ftp://x")), found => found.Says.StartsWith("Not looked at", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Fields_that_the_endpoint_refuses_are_told_all_at_once_with_the_setting_that_helps()
    {
        await using var endpoint = await ScriptedEndpoint.Start();
        endpoint.Unknown.UnionWith(["store", "stream_options", "parallel_tool_calls"]);
        // An answer that its bound cuts off has begun, which is all that is to be shown.
        endpoint.Script.Otherwise(_ => Step.Say("Yes").Finishing("length"));
        Task<List<Finding>> With(string omit) => Of(
            "model", ("FTE_DATA", folder.FullName), ("OPENAI_API_KEY", ScriptedEndpoint.Key), ("OPENAI_BASE_URL", endpoint.BaseUrl.AbsoluteUri), ("OPENAI_MODEL", "model-a"),
            ("OPENAI_FALLBACK_MODEL", "model-b"), ("Model:Omit", omit));

        var refused = (await With("store")).Where(found => found.Verdict is Verdict.Fail).ToList();
        var taken = await With("parallel_tool_calls,store,stream_options");

        Assert.Equal(2, refused.Count);
        Assert.All(refused, found => Assert.Equal("Set Model__Omit=parallel_tool_calls,store,stream_options", found.Do));
        Assert.StartsWith("model-a does not take ", refused[0].Says, StringComparison.Ordinal);
        Assert.Contains(taken, found => found is { Verdict: Verdict.Ok, Says: "model-b takes what it is asked, and answers." });
        Assert.Empty(endpoint.Complaints);
    }

    [Theory]
    [InlineData(400, null, Verdict.Fail, "model-a does not take what it is asked.")]
    [InlineData(403, null, Verdict.Fail, "Our key does not open model-a.")]
    [InlineData(429, "insufficient_quota", Verdict.Fail, "The account of model-a has no money left.")]
    [InlineData(429, null, Verdict.Warn, "model-a gave no answer now.")]
    [InlineData(503, null, Verdict.Warn, "model-a gave no answer now.")]
    public async Task Model_that_gives_no_answer_is_told(int status, string? code, object verdict, string says)
    {
        await using var endpoint = await ScriptedEndpoint.Start();
        endpoint.Script.Otherwise(_ => Step.Fail(status, code));

        var findings = await Of(
            "model", ("FTE_DATA", folder.FullName), ("OPENAI_API_KEY", ScriptedEndpoint.Key), ("OPENAI_BASE_URL", endpoint.BaseUrl.AbsoluteUri), ("OPENAI_MODEL", "model-a"));

        Assert.Contains(findings, found => found.Verdict == (Verdict)verdict && found.Says == says);
    }

    [Fact]
    public async Task Handbook_lines_that_say_nothing_to_the_rules_are_told()
    {
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "handbook.md"), "# When to escalate\n\n- Whenever the moon stands in the seventh house while Jupiter aligns with Mars and peace guides planets\n- Refund requests\n");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "policy.yaml"), "never: [layoffs]\nhandbook: handbook.md\n");

        var findings = await Of("policy", ("FTE_DATA", folder.FullName), ("POLICY_FILE", Path.Combine(folder.FullName, "policy.yaml")));

        Assert.Contains(findings, found => found is { Verdict: Verdict.Ok } && found.Says.Contains("1 topic", StringComparison.Ordinal));
        Assert.Contains(findings, found => found is { Verdict: Verdict.Warn } && found.Says.Contains("seventh house", StringComparison.Ordinal));
        Assert.DoesNotContain(findings, found => found.Says.Contains("Refund", StringComparison.Ordinal));
        Assert.StartsWith("Not configured", (await Of("policy", ("FTE_DATA", folder.FullName)))[0].Says, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("languages: [en, de, nl]", null)]
    [InlineData("languages: [en, pl, ru]", "pl, ru")]
    [InlineData("languages: any", "any language")]
    [InlineData("tone: formal", null)]
    public async Task Languages_in_which_the_rules_hear_nothing_are_told(string policy, string? told)
    {
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "policy.yaml"), policy);

        var findings = await Of("policy", ("FTE_DATA", folder.FullName), ("POLICY_FILE", Path.Combine(folder.FullName, "policy.yaml")));

        Assert.Equal(told is null ? 1 : 2, findings.Count);
        Assert.True(told is null || findings[1] is { Verdict: Verdict.Warn } warned && warned.Says.Contains($"hear de, en, es, fr, it, nl, pt; the policy answers in {told} as well", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Data_file_is_told_as_it_stands()
    {
        await using (var silo = await RunningSilo.Start())
        {
            await silo.NewCustomer();
            Assert.Contains("what this version needs", (await Of("database", ("FTE_DATA", Path.GetDirectoryName(silo.DatabasePath)!)))[0].Says, StringComparison.Ordinal);
        }

        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "fte.db"), "Dear diary, this is no database at all, though it is long enough to be looked at.");
        Assert.Equal(Verdict.Fail, (await Of("database", ("FTE_DATA", folder.FullName)))[0].Verdict);
    }

    [Fact]
    public async Task Bad_setting_fails_by_name_and_the_rest_is_looked_at_all_the_same()
    {
        var findings = await Examine(("Limits:SubmitPerMinute", "many"), ("FTE_DATA", folder.FullName));

        Assert.Contains(findings, found => found is ("settings", { Verdict: Verdict.Fail }) && found.Finding.Says.StartsWith("Limits__SubmitPerMinute must be", StringComparison.Ordinal));
        Assert.Contains(findings, found => found.Check == "kafka");
    }

    [Theory]
    [InlineData("BusinessHours:Opens", "18:00", "BusinessHours__Opens (18:00) must be before BusinessHours__Closes (17:00).")]
    [InlineData("BusinessHours:TimeZone", "Mars/Olympus", "BusinessHours__TimeZone")]
    [InlineData("DATABASE_DIRECT_URL", "postgres://h/d", "DATABASE_DIRECT_URL is a second way")]
    public async Task Settings_that_do_not_fit_together_fail(string key, string value, string beginning) =>
        Assert.Contains(await Of("settings", (key, value)), finding => finding.Verdict is Verdict.Fail && finding.Says.StartsWith(beginning, StringComparison.Ordinal));

    [Fact]
    public async Task Weak_secret_and_untrusted_proxy_are_worth_a_look_and_no_secret_is_told()
    {
        var findings = await Examine(("OPERATOR_KEY", new string('a', 40)), ("PUBLIC_URL", "https://support.example.com"), ("FTE_DATA", folder.FullName));

        Assert.Contains(findings, found => found.Finding is { Verdict: Verdict.Warn } && found.Finding.Says.StartsWith("OPERATOR_KEY", StringComparison.Ordinal));
        Assert.Contains(findings, found => found.Finding is { Verdict: Verdict.Warn } && found.Finding.Says.StartsWith("PUBLIC_URL is https", StringComparison.Ordinal));
        Assert.DoesNotContain(findings, found => found.ToString().Contains("aaaa", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Database_that_is_as_it_should_be_is_told_with_its_version_and_distance()
    {
        await using var database = await (await PostgresServer.Shared).NewDatabase();

        var findings = await Examine(Fleet(database.Url));

        Assert.DoesNotContain(findings, found => found.Finding.Verdict is Verdict.Fail);
        Assert.Contains(findings, found => found.Check == "database" && found.Finding.Says.StartsWith("PostgreSQL ", StringComparison.Ordinal));
        Assert.Contains(findings, found => found is ("database", { Says: "The schema is what this version needs." }));
        Assert.Contains(findings, found => found is ("database", { Says: "No pooler is in between." }));
        Assert.Contains(findings, found => found is ("network", { Says: "No other silo is a member now." }));
        Assert.DoesNotContain(findings, found => found.ToString().Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Database_without_a_schema_fails_and_says_to_migrate()
    {
        await using var database = await (await PostgresServer.Shared).NewDatabase(migrated: false);

        Assert.Contains(await Of("database", Fleet(database.Url)), finding => finding is { Verdict: Verdict.Fail, Do: "Run 'silo migrate' with this version." });
    }

    [Fact]
    public async Task Pooler_without_a_way_past_it_fails_and_with_one_it_is_well()
    {
        await using var database = await (await PostgresServer.Shared).NewDatabase();
        await using var pooler = await PgBouncer.Start(database);

        // On Orleans nothing needs a session of its own but the live signals.
        var without = GrainEngine.IsOrleans ? Verdict.Warn : Verdict.Fail;
        Assert.Contains(await Of("database", Fleet(pooler.Url)), finding => finding.Verdict == without && finding.Says.StartsWith("DATABASE_URL goes through a pooler", StringComparison.Ordinal));
        Assert.Contains(await Of("database", [.. Fleet(pooler.Url), ("DATABASE_DIRECT_URL", pooler.Url)]), finding => finding is { Verdict: Verdict.Fail, Says: "DATABASE_DIRECT_URL goes through a pooler." });
        Assert.DoesNotContain(await Of("database", [.. Fleet(pooler.Url), ("DATABASE_DIRECT_URL", database.Url)]), finding => finding.Verdict is Verdict.Fail);
    }

    [Fact]
    public async Task Two_databases_for_one_are_found_out()
    {
        await using var one = await (await PostgresServer.Shared).NewDatabase();
        await using var other = await (await PostgresServer.Shared).NewDatabase();

        Assert.Contains(await Of("database", [.. Fleet(one.Url), ("DATABASE_DIRECT_URL", other.Url)]), finding => finding.Verdict is Verdict.Fail && finding.Says.Contains("two databases", StringComparison.Ordinal));
    }

    [Fact]
    public async Task User_without_rights_and_missing_database_are_told_apart()
    {
        await using var database = await (await PostgresServer.Shared).NewDatabase();
        var role = $"fte_reader_{Guid.NewGuid():N}";
        await database.Execute($"create role {role} login; grant usage on schema fte, engine, orleans to {role}; grant select on all tables in schema fte, engine, orleans to {role}");

        var lacking = await Of("database", Fleet(new NpgsqlConnectionStringBuilder(database.Url) { Username = role }.ConnectionString));
        var missing = await Of("database", Fleet(new NpgsqlConnectionStringBuilder(database.Url) { Database = "nowhere" }.ConnectionString));

        Assert.Contains(lacking, finding => finding.Verdict is Verdict.Fail && finding.Says.StartsWith("This user may not read and write", StringComparison.Ordinal));
        Assert.Equal("The server has no database of this name.", Assert.Single(missing).Says);
        await database.Execute($"drop owned by {role}; drop role {role}");
    }

    [Fact]
    public async Task Broker_that_does_not_answer_fails_and_a_bad_setting_of_it_is_told()
    {
        var away = await Of("kafka", ("KAFKA_BOOTSTRAP_SERVERS", $"127.0.0.1:{FreePort()}"), ("FTE_DATA", folder.FullName));
        var bad = await Examine(("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092"), ("INTAKE", "kafka"), ("FTE_DATA", folder.FullName));

        Assert.Contains(away, finding => finding.Verdict is Verdict.Fail && finding.Says.StartsWith("The broker does not answer", StringComparison.Ordinal));
        Assert.Contains(bad, found => found is ("settings", { Verdict: Verdict.Fail, Says: "INTAKE=kafka needs the shared record of a fleet: set DATABASE_URL, or leave INTAKE out." }));
        Assert.Contains(bad, found => found is ("kafka", { Verdict: Verdict.Fail }));
    }

    [Fact]
    public async Task Database_that_cannot_be_reached_fails_and_all_else_is_looked_at()
    {
        var findings = await Examine(Fleet($"postgres://fte:hunter2-hunter2@127.0.0.1:{FreePort()}/fte"));

        Assert.Contains(findings, found => found is ("database", { Verdict: Verdict.Fail, Says: "The database cannot be reached." }));
        Assert.Contains(findings, found => found is ("pgvector", { Verdict: Verdict.Warn }));
        Assert.Contains(findings, found => found is ("network", { Verdict: Verdict.Ok }));
        Assert.DoesNotContain(findings, found => found.ToString().Contains("hunter2", StringComparison.Ordinal));
    }

#if !ORLEANS
    [Fact]
    public async Task Members_that_can_and_cannot_be_reached_are_told_apart()
    {
        await using var database = await (await PostgresServer.Shared).NewDatabase();
        using var listening = new TcpListener(IPAddress.Loopback, 0);
        listening.Start();
        var (here, gone) = (((IPEndPoint)listening.LocalEndpoint).Port, FreePort());
        await database.Execute($"""
            insert into engine.clusters (id, version, last_generation) values ('c', 1, 1);
            insert into engine.members (cluster_id, endpoint, generation, name, status, lease, lease_until, started_at) values
                ('c', '127.0.0.1:{here}', 1, 'near', 'active', '1 hour', now() + interval '1 hour', now()),
                ('c', '127.0.0.1:{gone}', 1, 'far', 'active', '1 hour', now() + interval '1 hour', now()),
                ('c', '127.0.0.1:1', 1, 'dead', 'active', '1 hour', now() - interval '1 hour', now())
            """);

        var findings = await Of("network", Fleet(database.Url));

        Assert.Contains(findings, finding => finding.Verdict is Verdict.Ok && finding.Says.StartsWith("near can be reached", StringComparison.Ordinal));
        Assert.Contains(findings, finding => finding.Verdict is Verdict.Fail && finding.Says.StartsWith("far cannot be reached", StringComparison.Ordinal));
        Assert.DoesNotContain(findings, finding => finding.Says.Contains("dead", StringComparison.Ordinal));
    }
#endif

    [Fact]
    public async Task Port_that_another_program_has_fails_and_so_an_address_of_another_machine_is_worth_a_look()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await using var database = await (await PostgresServer.Shared).NewDatabase();

        var port = await Of("network", [.. Fleet(database.Url), ("SILO_PORT", $"{((IPEndPoint)taken.LocalEndpoint).Port}")]);
        var address = await Of("network", [.. Fleet(database.Url), ("SILO_ADDRESS", "192.0.2.7")]);

        Assert.Contains(port, finding => finding.Verdict is Verdict.Fail && finding.Says.Contains("is taken", StringComparison.Ordinal));
        Assert.Contains(address, finding => finding.Verdict is Verdict.Warn && finding.Says.Contains("no address of this machine", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_that_hangs_is_not_waited_for_and_what_it_had_found_counts()
    {
        var (time, hanging) = (new FakeTime(), new TaskCompletionSource());
        var running = Examination.Run([new Fake("hangs", () => hanging.TrySetResult(), new TaskCompletionSource().Task)], time, default);
        await Task.WhenAll(hanging.Task, time.WhenWaiting());
        time.Advance(Examination.Limit);

        Assert.Equal([Verdict.Ok, Verdict.Fail], (await running).Select(found => found.Finding.Verdict));
    }

    [Fact]
    public async Task Check_that_breaks_off_is_a_finding_and_the_others_are_looked_at()
    {
        var findings = await Examination.Run(
            [new Fake("breaks", () => throw new InvalidOperationException("password=hunter2"), Task.CompletedTask), new Fake("well", () => { }, Task.CompletedTask)], new FakeTime(), default);

        Assert.Equal([("breaks", Verdict.Ok), ("breaks", Verdict.Fail), ("well", Verdict.Ok)], findings.Select(found => (found.Check, found.Finding.Verdict)));
        Assert.DoesNotContain(findings, found => found.ToString().Contains("hunter2", StringComparison.Ordinal));
    }

    private static (string, string)[] Fleet(string url) =>
        [("DATABASE_URL", url), ("CLUSTER_SECRET", Secret), ("SILO_ADDRESS", "127.0.0.1"), ("SILO_PORT", $"{FreePort()}")];

    private static async Task<List<Finding>> Of(string check, params (string Name, string Value)[] settings) =>
        [.. (await Examine(settings)).Where(found => found.Check == check).Select(found => found.Finding)];

    private static Task<ImmutableArray<(string Check, Finding Finding)>> Examine(params (string Name, string Value)[] settings) => Examination.Run(
        Examination.Checks(new ConfigurationBuilder().AddInMemoryCollection(settings.GroupBy(each => each.Name).Select(each => KeyValuePair.Create(each.Key, (string?)each.Last().Value))).Build()), TimeProvider.System, default);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Fake(string name, Action act, Task then) : IDoctorCheck
    {
        public string Name => name;

        public async IAsyncEnumerable<Finding> Look([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            yield return Finding.Ok("began");
            act();
            await then;
        }
    }
}
