using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using FteAgent.Cluster.Load;
using FteAgent.Cluster.Silos;
using FteAgent.Cluster.Traces;
using FteAgent.Testing;

namespace FteAgent.Cluster.Stories;

/// <summary>A message is followed by its trace's id, from the request that brings it to the delivery it leads to, wherever each step runs.</summary>
public sealed class TraceStories : IAsyncLifetime
{
    private const string Source = "FteAgent";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient http = new();
    private TraceReceiver receiver = null!;
    private Fleet fleet = null!;
    private Balancer balancer = null!;
    private int number = 700_000;

    public async Task InitializeAsync()
    {
        receiver = await TraceReceiver.Start();
        fleet = await Fleet.Start(new()
        {
            Silos = 2,
            HasLinks = false,
            ModelTakes = TimeSpan.FromMilliseconds(100),
            // Long enough to end a silo between a message and its draft.
            Settings = new Dictionary<string, string>(receiver.Settings) { ["Conversation__Settle"] = "00:00:03", ["Conversation__Acknowledge"] = "00:00:05" },
            Heard = Log.Lines,
        });
        balancer = new(() => fleet.Silos);
        Assert.True(await fleet.AllReady(balancer, Patience));
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await balancer.DisposeAsync();
        await fleet.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_message_is_followed_by_its_trace_from_the_request_to_the_delivery_across_two_silos()
    {
        var (trace, mark) = await SendWhereAnotherSiloHasTheConversation();
        var spans = await Until(trace, spans => Has(spans, "draft") && Has(spans, "deliver") && HangsTogether(spans));
        Span Ours(string name) => Assert.Single(spans, span => span.Source == Source && span.Name == name);

        var (request, taker) = (fleet.Silos[0].Name, fleet.Silos[1].Name);
        Assert.Equal((request, ""), spans.Where(span => span.Source == "Microsoft.AspNetCore").Select(span => (span.Silo, span.Parent)).Single());
        Assert.Equal(taker, Ours("accept").Silo);
        Assert.Equal(taker, Ours("draft").Silo);
        Assert.Equal(taker, Ours("decide").Silo);
        Assert.Equal(taker, Ours("deliver").Silo);
        Assert.Contains(spans, span => span.Source == Source && span.Name == "commit");
        Assert.Contains(spans, span => span.Source == "System.Net.Http" && span.Parent == Ours("deliver").Id);

        var told = receiver.Everything;
        foreach (var secret in (string[])[mark, Fleet.Secret, Fleet.OperatorKey, new Uri(fleet.Sink.Address).AbsolutePath])
            Assert.DoesNotContain(secret, told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_trace_goes_on_where_another_silo_takes_over_from_one_that_was_killed()
    {
        var (trace, _) = await SendWhereAnotherSiloHasTheConversation();
        await fleet.Silos[1].Kill();

        var spans = await Until(trace, spans => Has(spans, "deliver"));

        Assert.Equal(fleet.Silos[1].Name, Assert.Single(spans, span => span is { Source: Source, Name: "accept" }).Silo);
        Assert.All(spans.Where(span => span is { Source: Source, Name: "draft" or "decide" or "deliver" }), span => Assert.Equal(fleet.Silos[0].Name, span.Silo));
    }

    [Fact]
    public async Task Of_messages_that_are_answered_together_the_first_ones_trace_goes_on_and_the_others_are_linked()
    {
        // What answers both requests is compiled when it is first asked for, which on a busy machine may outlast the pause before a draft.
        await Write((await Write(null, Questions.Of(1, Mark.Of(number, 0)))).Token, Questions.Of(1, Mark.Of(number++, 1)));
        var (token, first) = await Write(null, Questions.Of(1, Mark.Of(number, 0)));
        var (_, second) = await Write(token, Questions.Of(1, Mark.Of(number++, 1)));

        var spans = await Until(first, spans => Has(spans, "decide"));
        var draft = Assert.Single(spans, span => span is { Source: Source, Name: "draft" });
        Assert.Equal([second], draft.Links);
        var joined = await Until(second, spans => Has(spans, "accept"));
        Assert.DoesNotContain(joined, span => span is { Source: Source, Name: "draft" });
        Assert.Equal([first], Assert.Single(joined, span => span is { Source: Source, Name: "accept" }).Links);
    }

    [Fact]
    public async Task Every_metric_that_is_documented_is_told_by_a_silo_in_service()
    {
        await SendWhereAnotherSiloHasTheConversation();
        var (token, trace) = await Write(null, Questions.Of(1, Mark.Of(number++, 0)));
        using var events = new HttpRequestMessage(HttpMethod.Get, new Uri(fleet.Silos[0].Http, "/support/conversation/events"));
        events.Headers.Authorization = new("Bearer", token);
        using var stream = await http.SendAsync(events, HttpCompletionOption.ResponseHeadersRead);
        await Until(trace, spans => Has(spans, "decide"));

        var documented = MetricsPage.Metrics();
        var told = new HashSet<string>();
        var since = TimeProvider.System.GetTimestamp();
        while (!told.IsSupersetOf(documented.Except(NotHere)) && TimeProvider.System.GetElapsedTime(since) < Patience)
        {
            foreach (var silo in fleet.Silos)
            {
                var page = await http.GetStringAsync(silo.Metrics);
                TestLogs.Keep("metrics.prom", page);
                told.UnionWith(MetricsPage.Names(page));
            }

            await Task.Delay(LookEvery * 4);
        }

        Assert.Empty(documented.Except(told).Except(NotHere));
        // The other way round, of our own: what is not documented is nobody's to rely on.
        Assert.Empty(told.Where(name => name.StartsWith("fte_", StringComparison.Ordinal)).Except(documented));
        Assert.All(fleet.Silos, silo => Assert.Equal(System.Net.HttpStatusCode.NotFound, http.GetAsync(new Uri(silo.Http, "/metrics")).Result.StatusCode));
    }

    /// <summary>What nothing is to be told of while all is well, nobody gives a code, and there is neither mailbox nor broker nor model.</summary>
    private static readonly string[] NotHere =
    [
        "fte_limits_uncounted_total", "dotnet_exceptions_total", "fte_codes_given_total", "fte_mails_left_total", "fte_mails_beyond_limit_total",
        "fte_quotes_refused_total", "fte_model_tokens_total", "fte_model_cost_total", "fte_model_over_budget_total", "fte_model_failures_total",
        "fte_model_circuit", "fte_model_under_way", "fte_model_waiting", "fte_model_limit",
        "fte_intents_known", "fte_intents_examples", "fte_intents_asked_total", "fte_intents_training_duration_seconds", "fte_intents_refused_total",
        "fte_kafka_lag", "fte_kafka_in_flight", "fte_kafka_records_total", "fte_kafka_retries_total", "fte_kafka_dead_letters_total", "fte_kafka_produced_total",
    ];

    private static bool Has(IReadOnlyList<Span> spans, string step) => spans.Any(span => span.Source == Source && span.Name == step);

    /// <summary>Whether every step is part of another of the same trace, but for the first.</summary>
    private static bool HangsTogether(IReadOnlyList<Span> spans) => spans.Count(span => spans.All(other => other.Id != span.Parent)) == 1;

    /// <summary>Refunds go to a person, so there is something to deliver. Sent to the first silo until the second one's grain takes it.</summary>
    private async Task<(string Trace, string Mark)> SendWhereAnotherSiloHasTheConversation()
    {
        for (var attempt = 0; attempt < 40; attempt++)
        {
            var mark = Mark.Of(number++, 0);
            var (_, trace) = await Write(null, Questions.Refund(new Random(1), mark));
            var spans = await Until(trace, spans => Has(spans, "accept") && spans.Any(span => span.Source == "Microsoft.AspNetCore"));
            if (spans.First(span => span is { Source: Source, Name: "accept" }).Silo == fleet.Silos[1].Name)
                return (trace, mark);
        }

        throw new InvalidOperationException("No conversation in forty has its place on the second silo.");
    }

    /// <summary>Writes to the first silo, and returns the conversation's token and the id of the trace that the answer names.</summary>
    private async Task<(string Token, string Trace)> Write(string? token, string text)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(fleet.Silos[0].Http, token is null ? "/support/conversation" : "/support/conversation/messages"));
        request.Content = JsonContent.Create(new { text });
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        using var answer = await http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, answer.StatusCode.ToString());
        token ??= (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("conversation_token").GetString()!;
        TestLogs.Secret(token);
        return (token, answer.Headers.GetValues("traceresponse").Single().Split('-')[1]);
    }

    private async Task<IReadOnlyList<Span>> Until(string trace, Func<IReadOnlyList<Span>, bool> condition)
    {
        for (var since = TimeProvider.System.GetTimestamp(); ; await Task.Delay(LookEvery))
        {
            IReadOnlyList<Span> spans = receiver.Of(trace);
            if (condition(spans))
                return spans;
            if (TimeProvider.System.GetElapsedTime(since) > Patience)
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"After {Patience} the trace {trace} has only:\n{string.Join('\n', spans)}"));
        }
    }
}
