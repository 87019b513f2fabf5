using System.Collections.Concurrent;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Testing;
using Npgsql;
using Xunit.Abstractions;

namespace FteAgent.Postgres;

/// <summary>The same people are merged, parted, recognised and written to by several silos at the same moment.</summary>
public sealed class IdentityRaceTests(ITestOutputHelper output)
{
    private const int People = 8;
    private const int MessagesEach = 12;

    [Fact]
    public async Task Merges_and_looks_at_the_same_people_end_in_one_customer_without_a_deadlock()
    {
        var seed = TestSeed.Take(output.WriteLine);
        await using var at = await PipelineFixture.Create();
        var identities = at.Record.Identities;
        var known = Enumerable.Range(0, People).Select(i => new CustomerIdentifier(IdentifierKind.Email, $"{i}@example.com", Proved: true)).ToArray();
        var people = await Task.WhenAll(known.Select(one => at.Record.Customers.Resolve(one, new(""), default)));

        // Each of the others is merged with one before it, in any order and direction, by several at once, while they are being looked for.
        await Task.WhenAll(Enumerable.Range(0, 6).SelectMany(worker => Enumerable.Range(1, People - 1).Select(i => Task.Run(async () =>
        {
            var random = TestSeed.For(seed, worker, i);
            await Task.Delay(random.Next(20));
            var (one, other) = (people[i], people[random.Next(i)]);
            if (random.Next(2) == 0)
                (one, other) = (other, one);
            if (worker == 5)
                await at.Record.Customers.Resolve(known[random.Next(People)], new("Mira", $"{random.Next(1_000)}@example.net"), default);
            else
                Assert.Contains((await identities.Merge(one, other, "Ana", "they said so", default)).Outcome, new[] { MergeOutcome.Merged, MergeOutcome.SameCustomer });
        }))));

        var end = await identities.Canonical(people[0], default);
        foreach (var (one, customer) in known.Zip(people))
        {
            Assert.Equal(end, await identities.Canonical(customer, default));
            Assert.Equal(end, await at.Record.Customers.Resolve(one, new(""), default));
        }

        Assert.Equal(People, (await identities.Group(end, default)).Length);
        Assert.Equal(People - 1, await at.Database.Scalar<long>("select count(*) from fte.merges"));
        Assert.Equal(0, await at.Database.Scalar<long>("select deadlocks from pg_stat_database where datname = current_database()"));
    }

    [Fact]
    public async Task Nothing_is_lost_that_is_committed_while_its_conversations_are_merged_and_parted()
    {
        var seed = TestSeed.Take(output.WriteLine);
        await using var at = await PipelineFixture.Create();
        var silos = new[] { at.Pipeline(new() { Lanes = 2, Group = 5, Wait = TimeSpan.FromMinutes(2), Send = TimeSpan.FromMinutes(1) }), at.Pipeline(new() { Lanes = 3, Group = 4, Wait = TimeSpan.FromMinutes(2), Send = TimeSpan.FromMinutes(1) }) };
        var pairs = new List<(CustomerId From, CustomerId Into)>();
        for (var i = 0; i < 6; i++)
            pairs.Add((await at.Record.NewCustomer(), await at.Record.NewCustomer()));
        var committed = new ConcurrentBag<(CustomerId To, CustomerId In, string Words)>();

        await Task.WhenAll(pairs.SelectMany((pair, i) => (Task[])
        [
            .. silos.SelectMany((silo, s) => (Task[])[Task.Run(() => Write(pair.From, silo, $"{i} from {s}", TestSeed.For(seed, i, s, 1))), Task.Run(() => Write(pair.Into, silo, $"{i} into {s}", TestSeed.For(seed, i, s, 2)))]),
            Task.Run(() => Join(pair, TestSeed.For(seed, i, 3))),
        ]));

        foreach (var (from, into) in pairs)
        {
            var (first, second) = (await Texts(from), await Texts(into));
            Assert.Equal(committed.Where(c => c.In == from).Select(c => c.Words).Order(), first.Order());
            Assert.Equal(committed.Where(c => c.In == into).Select(c => c.Words).Order(), second.Order());
            Assert.Equal(2 * silos.Length * MessagesEach, first.Count + second.Count);
            // They were merged at last: what came since has gone to one of them.
            Assert.Equal(into, await at.Record.Identities.Canonical(from, default));
        }

        Assert.Equal(0, await at.Database.Scalar<long>("select deadlocks from pg_stat_database where datname = current_database()"));

        // As a grain does: decides on what it knows, reads again when that was past, and forwards where the customer is known as another.
        async Task Write(CustomerId to, CommitPipeline silo, string name, Random random)
        {
            for (var n = 0; n < MessagesEach; n++)
            {
                if (random.Next(3) == 0)
                    await Task.Delay(random.Next(4));
                var words = $"{name} {n}";
                for (var customer = to; ;)
                {
                    var conversation = await at.Record.Conversations.Load(customer, default);
                    if (conversation.MergedInto is { } other)
                    {
                        customer = other;
                        continue;
                    }

                    if (await silo.Commit(at.In(conversation).CustomerSays(words, words).Sends("web", words).Changes(), default) is CommitOutcome.Committed)
                    {
                        committed.Add((to, customer, words));
                        break;
                    }

                    // It may be merged the other way round by now.
                    customer = to;
                }
            }
        }

        async Task Join((CustomerId From, CustomerId Into) pair, Random random)
        {
            for (var n = 0; n < 5; n++)
            {
                await Task.Delay(random.Next(10));
                var merge = await at.Record.Identities.Merge(pair.From, pair.Into, "Ana", "they said so", default);
                Assert.Equal((MergeOutcome.Merged, pair.Into), (merge.Outcome, merge.Into!.Value));
                if (n < 4)
                    Assert.True(await at.Record.Identities.Part(merge.Merge!.Value, "Ana", default));
            }
        }

        async Task<List<string>> Texts(CustomerId customer) =>
            [.. (await at.Record.Conversations.Read(customer, 0, 1_000, true, default)).Select(message => message.Text)];
    }

    [Fact]
    public async Task Merge_of_an_old_conversation_and_a_new_one_lets_the_commit_of_both_go_first_that_has_begun_the_new_one()
    {
        await using var at = await PipelineFixture.Create();
        var people = new[] { await at.Record.NewCustomer(), await at.Record.NewCustomer() }.OrderBy(customer => customer.Value).ToArray();
        var (old, begins) = (await at.Record.Conversations.Load(people[0], default), await at.Record.Conversations.Load(people[1], default));
        old = await at.Record.Commit(at.In(old).CustomerSays("One."));
        await using var other = new NpgsqlConnection(at.Database.Url);
        await using var lane = new NpgsqlConnection(at.Database.Url);
        await other.OpenAsync();
        await lane.OpenAsync();
        // Somebody is about to write the very message that the commit brings: it has begun the new conversation by then, and does not hold the old one yet.
        await Run($"""
            begin;
            insert into fte.messages (customer_id, sequence, id, author, kind, text, at, channel)
            select customer_id, sequence + 1, gen_random_uuid(), author, kind, text, at, channel from fte.messages where customer_id = '{people[0]}'
            """);

        var commit = CommitGroup.Send(lane, [at.In(old).CustomerSays("Two.").Changes(), at.In(begins).CustomerSays("Hello.").Changes()], TimeSpan.FromMinutes(1));
        await Waits(1);
        var merge = at.Record.Identities.Merge(people[0], people[1], "Ana", "they said so", default);
        await Waits(2);
        await Run("rollback");

        Assert.Equal([CommitOutcome.Committed, CommitOutcome.Committed], await commit);
        Assert.Equal(MergeOutcome.Merged, (await merge).Outcome);
        Assert.Equal(0, await at.Database.Scalar<long>("select deadlocks from pg_stat_database where datname = current_database()"));

        Task Waits(long many) => PipelineFixture.Until(async () =>
            await at.Database.Scalar<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") == many);

        async Task Run(string sql)
        {
            await using var command = new NpgsqlCommand(sql, other);
            await command.ExecuteNonQueryAsync();
        }
    }

    [Fact]
    public async Task Asking_for_a_code_while_one_is_given_that_merges_ends_without_a_deadlock()
    {
        await using var at = await PipelineFixture.Create();
        var identities = at.Record.Identities;
        var outcomes = new ConcurrentBag<ProofOutcome>();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            for (var n = 0; n < 12; n++)
            {
                var address = $"{worker}.{n}@example.com";
                await at.Record.Customers.Resolve(new(IdentifierKind.Email, address, Proved: true), new(""), default);
                var web = await at.Record.NewCustomer();
                await identities.Ask(web, IdentifierKind.Email, address, [1], TimeSpan.FromMinutes(15), null, default);
                await Task.WhenAll(
                    Task.Run(() => identities.Ask(web, IdentifierKind.Email, address, [1], TimeSpan.FromMinutes(15), null, default)),
                    Task.Run(async () => outcomes.Add((await identities.Prove(web, [1], isKnown: false, null, default)).Outcome)),
                    Task.Run(() => identities.Ask(web, IdentifierKind.Phone, $"+4930{worker:00}{n:00}", [2], TimeSpan.FromMinutes(15), null, default)));
            }
        })));

        Assert.All(outcomes, outcome => Assert.Equal(ProofOutcome.Merged, outcome));
        Assert.Equal(0, await at.Database.Scalar<long>("select deadlocks from pg_stat_database where datname = current_database()"));
    }

    [Fact]
    public async Task Code_that_is_asked_for_anew_while_it_is_given_is_right()
    {
        await using var at = await PipelineFixture.Create();
        var (identities, message) = (at.Record.Identities, MessageId.Of(Channel.WhatsApp, "right"));
        var mail = await at.Record.Customers.Resolve(new(IdentifierKind.Email, "mira@example.com", Proved: true), new(""), default);
        var web = await at.Record.NewCustomer();
        await identities.Ask(web, IdentifierKind.Email, "mira@example.com", [1], TimeSpan.FromMinutes(15), null, default);
        await using var asking = new NpgsqlConnection(at.Database.Url);
        await asking.OpenAsync();
        await Run($"begin; update fte.proofs set code_hash = '\\x02' where customer_id = '{web}'");

        var giving = identities.Prove(web, [2], isKnown: true, message, default);
        // It has looked whether it needs a turn, and waits for what waits.
        await PipelineFixture.Until(async () => await at.Database.Scalar<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") > 0);
        await Run("commit");

        Assert.Equal((ProofOutcome.Merged, mail), await giving is var given ? (given.Outcome, given.Customer) : default);
        Assert.Equal("merged", await at.Database.Scalar<string>($"select string_agg(outcome, ' ') from fte.codes_given where message_id = '{message}'"));

        async Task Run(string sql)
        {
            await using var command = new NpgsqlCommand(sql, asking);
            await command.ExecuteNonQueryAsync();
        }
    }

    [Fact]
    public async Task Erasure_amid_commits_and_merges_leaves_nothing_of_the_person()
    {
        var seed = TestSeed.Take(output.WriteLine);
        await using var at = await PipelineFixture.Create();
        var silo = at.Pipeline(new() { Lanes = 2, Group = 5, Wait = TimeSpan.FromMinutes(2), Send = TimeSpan.FromMinutes(1) });
        var people = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => at.Record.NewCustomer()));
        foreach (var customer in people)
            await silo.Commit(at.In(await at.Record.Conversations.Load(customer, default)).CustomerSays("Hello").Changes(), default);

        await Task.WhenAll(people.SelectMany((customer, i) => (Task[])
        [
            Task.Run(async () =>
            {
                var random = TestSeed.For(seed, i, 1);
                for (var n = 0; n < 20; n++)
                {
                    await Task.Delay(random.Next(3));
                    var conversation = await at.Record.Conversations.Load(customer, default);
                    if (!conversation.IsGone)
                        await silo.Commit(at.In(conversation).CustomerSays($"{i} {n}").Sends("web").Changes(), default);
                }
            }),
            Task.Run(async () =>
            {
                await Task.Delay(TestSeed.For(seed, i, 2).Next(10));
                await at.Record.Identities.Merge(customer, people[(i + 1) % people.Length], "Ana", "they said so", default);
            }),
            Task.Run(async () =>
            {
                await Task.Delay(TestSeed.For(seed, i, 3).Next(30));
                await at.Record.PersonalData.Erase(customer, "Ana", default);
            }),
        ]));

        foreach (var table in (string[])["customers", "identifiers", "conversations", "messages", "commands", "outbox", "merges", "merged_identifiers"])
            Assert.Equal((table, 0L), (table, await at.Database.Scalar<long>($"select count(*) from fte.{table}")));
        Assert.Equal(people.ToHashSet(), (await at.Record.PersonalData.Erasures(default)).SelectMany(erasure => erasure.Customers).ToHashSet());
    }
}
