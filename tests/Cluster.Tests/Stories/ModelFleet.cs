using FteAgent.Cluster.Load;
using FteAgent.Cluster.Silos;
using FteAgent.Testing.OpenAI;
using Npgsql;

namespace FteAgent.Cluster.Stories;

/// <summary>Two silos that ask a scripted endpoint, with the product's own way to it and little patience.</summary>
public sealed class ModelFleet : IAsyncLifetime
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);
    private int talks;

    internal Fleet Fleet { get; private set; } = null!;

    internal Balancer Balancer { get; private set; } = null!;

    internal ScriptedEndpoint Endpoint { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Endpoint = await ScriptedEndpoint.Start();
        Fleet = await Fleet.Start(new()
        {
            Silos = 2,
            HasLinks = false,
            Heard = Log.Lines,
            Settings = new Dictionary<string, string>
            {
                ["OPENAI_API_KEY"] = ScriptedEndpoint.Key,
                ["OPENAI_BASE_URL"] = Endpoint.BaseUrl.AbsoluteUri,
                ["OPENAI_MODEL"] = "model-a",
                ["Model__FirstToken"] = "00:00:03",
                ["Model__Timeout"] = "00:00:10",
                ["Model__Attempts"] = "2",
            },
        });
        Balancer = new(() => Fleet.Silos);
        await Whole();
    }

    public async Task DisposeAsync()
    {
        await Balancer.DisposeAsync();
        await Fleet.DisposeAsync();
        await Endpoint.DisposeAsync();
    }

    /// <summary>Begins a story: all silos run and are ready, and the model answers as it should.</summary>
    internal async Task Whole()
    {
        Endpoint.Script.Otherwise(QuotingModel.Answer);
        foreach (var silo in Fleet.Silos.Where(silo => silo.State is SiloState.Down))
            await silo.Start();
        if (!await Fleet.AllReady(Balancer, ReadyWithin))
            Assert.Fail("The fleet is not ready:\n" + string.Join("\n\n", Fleet.Silos.Select(silo => $"{silo.Name}:\n{silo.Output}")));
    }

    internal Talk[] Talks(FleetClient client, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new Talk(50_000 + talks++, client, Fleet.Database.Url))];

    /// <summary>What came of a conversation so far.</summary>
    internal async Task<Result> Of(Talk talk)
    {
        await using var connection = new NpgsqlConnection(Fleet.Database.Url);
        await connection.OpenAsync();
        await using var answers = new NpgsqlCommand(
            "select text, model from fte.messages where customer_id = $1 and author = 'assistant' and citations is not null order by sequence", connection)
        { Parameters = { new() { Value = talk.Conversation } } };
        await using var reader = await answers.ExecuteReaderAsync();
        var said = new List<(string Text, string Model)>();
        while (await reader.ReadAsync())
            said.Add((reader.GetString(0), reader.GetString(1)));
        await reader.CloseAsync();
        await using var escalation = new NpgsqlCommand("select rule from fte.escalations where customer_id = $1", connection) { Parameters = { new() { Value = talk.Conversation } } };
        return new(said, await escalation.ExecuteScalarAsync() as string);
    }

    /// <summary>Waits until there are so many answers with a source, or a person is called.</summary>
    internal async Task<Result> Settled(Talk talk, TimeSpan within, int answers = 1)
    {
        for (var since = TimeProvider.System.GetTimestamp(); ;)
        {
            var result = await Of(talk);
            if (result.Answers.Count >= answers || result.Escalated is not null)
                return result;
            Assert.True(TimeProvider.System.GetElapsedTime(since) < within, $"Neither an answer nor a person came within {within}.");
            await Task.Delay(LookEvery);
        }
    }
}

/// <summary>What came of a conversation.</summary>
/// <param name="Answers">The answers with sources, and which model wrote each.</param>
/// <param name="Escalated">The rule by which a person was called; null where none was.</param>
internal sealed record Result(IReadOnlyList<(string Text, string Model)> Answers, string? Escalated);

[CollectionDefinition(nameof(ModelFleet))]
public sealed class FleetWithModel : ICollectionFixture<ModelFleet>;
