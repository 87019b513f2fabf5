using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using FteAgent.Cluster.Hosting;
using FteAgent.Cluster.Load;
using FteAgent.Cluster.Silos;
using FteAgent.Testing;
using FteAgent.Testing.OpenAI;
using Npgsql;

namespace FteAgent.Bench.Fleets;

/// <summary>
/// A thousand customers at once against a model that takes a second: the silo as the image has it, on a machine of 512 MB; the model's endpoint in a
/// process of its own, over real HTTP. Measured from the beginning of a customer's request until the reply is in the record. The same thousand
/// questions asked of the endpoint without a silo are the limit on this machine.
/// </summary>
internal static class ModelBench
{
    private const int Customers = 1_000;
    private const int Waves = 4;
    private const long MachineBytes = 512L * 1024 * 1024;
    private static readonly TimeSpan ModelTakes = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    // Customers do not type in step: what a thousand of them write falls within this time.
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(10);

    public static async Task<Figures> Run()
    {
        var figures = Figures.Begin("model");
        var program = Path.Combine(await ImageProgram.Publish("bench"), "FteAgent.Silo");
        var folder = Directory.CreateTempSubdirectory("fte-model-").FullName;
        await using var server = await PostgresServer.Start(durable: true);
        await using var database = await server.NewDatabase();
        await using var model = await SiloProcess.Start(
            [typeof(ModelProgram).Assembly.Location, ModelProgram.Mode, ModelTakes.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)], folder, new Dictionary<string, string>());
        await using var silo = new FleetSilo(1, place => SiloProcess.Start([program, "run"], folder, Settings(place, database, folder, model.Address), began: place.Began));
        await silo.Start();
        using var http = new HttpClient { BaseAddress = silo.Http, Timeout = Patience };
        var customers = Enumerable.Range(0, Customers).Select(number => new Customer(number)).ToArray();
        // Conversations that are under way have been opened before.
        if (await Write(customers, http, database, Spread) is { Unanswered: > 0 and var silent })
            throw new InvalidOperationException($"{silent} questions were not answered by the model. People were called by: {await Escalations(database)}.");

        var (waits, unanswered) = (new List<double>(), 0);
        var before = Costs(silo, model);
        for (var wave = 1; wave <= (Rounds.AreFewer ? 1 : Waves); wave++)
        {
            var (answered, none) = await Write(customers, http, database, Spread);
            waits.AddRange(answered);
            unanswered += none;
        }

        var after = Costs(silo, model);
        var messages = waits.Count;
        figures.Add("model.reply_p50_seconds", At(waits, 0.5), $"from message to reply, {Customers:#,0} customers who each write every {Spread.TotalSeconds:0} s, {messages:#,0} messages");
        figures.Add("model.reply_p95_seconds", At(waits, 0.95), $"the model takes {ModelTakes.TotalSeconds:0} s of it, waiting for the end of a burst 0.8 s");
        figures.Add("model.silo_cpu_ms", (after.Silo - before.Silo) / messages, "of CPU for a message in the silo");
        figures.Add("model.endpoint_cpu_ms", (after.Model - before.Model) / messages, "in the model's endpoint");
        figures.Add("model.driver_cpu_ms", (after.Driver - before.Driver) / messages, "in this program");

        figures.Add("model.peak_rss_mb", Memory(silo, "VmHWM"), "the most that was resident in the silo until then");

        var (burst, missed) = await Write(customers, http, database, TimeSpan.Zero);
        figures.Add("model.burst_p50_seconds", At(burst, 0.5), $"{Customers:#,0} who all write at the same moment");
        figures.Add("model.burst_p95_seconds", At(burst, 0.95), "of the same");
        figures.Add("model.burst_peak_rss_mb", Memory(silo, "VmHWM"), "the most that was ever resident in the silo");
        figures.Add("model.unanswered", unanswered + missed, $"messages without an answer of the model within {Patience.TotalSeconds:0} s, of all; they count as so long");
        figures.Add("model.doubled", await Doubled(database), "conversations with two answers to one message");

        var bare = await Bare(model.Address);
        figures.Add("model.bare_p95_seconds", At(bare, 0.95), $"{Customers:#,0} questions at the same moment to the endpoint alone");
        figures.Add("model.burst_to_bare", At(burst, 0.95) / At(bare, 0.95), "times as long as that");
        figures.Write();
        Directory.Delete(folder, recursive: true);
        return figures;
    }

    /// <summary>Each customer writes once, evenly over a time; how long each waited until its answer was in the record, and how many waited in vain.</summary>
    private static async Task<(List<double> Waits, int Unanswered)> Write(Customer[] customers, HttpClient http, TestDatabase database, TimeSpan over)
    {
        var asked = new ConcurrentDictionary<Guid, (long Since, int Turn)>();
        var answered = new ConcurrentDictionary<Guid, double>();
        using var ending = new CancellationTokenSource();
        var looking = Look(database, asked, answered, ending.Token);
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(customers.Select(async (customer, place) =>
        {
            var left = (over * place / customers.Length) - Stopwatch.GetElapsedTime(begun);
            if (left > TimeSpan.Zero)
                await Task.Delay(left);
            await customer.Write(http, asked);
        }));
        for (var since = Stopwatch.GetTimestamp(); answered.Count < customers.Length && Stopwatch.GetElapsedTime(since) < Patience;)
            await Task.Delay(LookEvery);
        await ending.CancelAsync();
        await looking;
        var unanswered = customers.Length - answered.Count;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {answered.Count} answered, p95 {At([.. answered.Values], 0.95):0.00} s, load average {Machine.LoadAverage}"));
        return ([.. answered.Values, .. Enumerable.Repeat(Patience.TotalSeconds, unanswered)], unanswered);
    }

    /// <summary>Sees what has come into the record, and whose it is: a conversation that has as many answers as messages is answered.</summary>
    private static async Task Look(
        TestDatabase database, ConcurrentDictionary<Guid, (long Since, int Turn)> asked, ConcurrentDictionary<Guid, double> answered, CancellationToken ending)
    {
        await using var connection = new NpgsqlConnection(database.Url);
        await connection.OpenAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand(
            "select customer_id, count(*) from fte.messages where author = 'assistant' and citations is not null and model like 'model-a/%' group by customer_id", connection);
        while (!ending.IsCancellationRequested)
        {
            await using (var reader = await command.ExecuteReaderAsync(CancellationToken.None))
                while (await reader.ReadAsync(CancellationToken.None))
                    if (asked.TryGetValue(reader.GetGuid(0), out var asks) && reader.GetInt64(1) >= asks.Turn && !answered.ContainsKey(reader.GetGuid(0)))
                        answered[reader.GetGuid(0)] = Stopwatch.GetElapsedTime(asks.Since).TotalSeconds;
            await Task.Delay(LookEvery, CancellationToken.None);
        }
    }

    private static async Task<string> Escalations(TestDatabase database)
    {
        await using var connection = new NpgsqlConnection(database.Url);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            select coalesce(string_agg(line, '; '), 'nobody') from (
                select format('%s %s times, such as: %s', e.rule, count(*), min(m.text)) as line
                from fte.escalations e join fte.messages m on m.customer_id = e.customer_id and m.author = 'customer' group by e.rule) lines
            """,
            connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<long> Doubled(TestDatabase database)
    {
        await using var connection = new NpgsqlConnection(database.Url);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "select count(*) from (select exchange_id from fte.messages where author = 'assistant' and citations is not null group by customer_id, exchange_id having count(*) > 1) d", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<List<double>> Bare(Uri endpoint)
    {
        using var http = new HttpClient { Timeout = Patience };
        var body = Question();
        // The first of all makes the connections.
        await Task.WhenAll(Enumerable.Range(0, Customers).Select(_ => Ask()));
        return [.. await Task.WhenAll(Enumerable.Range(0, Customers).Select(_ => Ask()))];

        async Task<double> Ask()
        {
            var since = Stopwatch.GetTimestamp();
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{endpoint.AbsoluteUri.TrimEnd('/')}/chat/completions")) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            request.Headers.Authorization = new("Bearer", ScriptedEndpoint.Key);
            using var response = await http.SendAsync(request);
            await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
            return Stopwatch.GetElapsedTime(since).TotalSeconds;
        }
    }

    /// <summary>A request as large as those of a silo: eight chunks of two hundred words.</summary>
    private static string Question() => JsonSerializer.Serialize(new
    {
        model = "model-a",
        store = false,
        stream = true,
        stream_options = new { include_usage = true },
        max_completion_tokens = 100,
        messages = new[]
        {
            new { role = "system", content = "Answer from the chunks." },
            new
            {
                role = "user",
                content = JsonSerializer.Serialize(new
                {
                    question = new[] { "How do I add an operator to the team?" },
                    chunks = Enumerable.Range(0, 8).Select(place => new { id = $"page#{place}", text = string.Join(' ', Enumerable.Repeat("operators are added by a command", 33)) }),
                }),
            },
        },
    });

    private static Dictionary<string, string> Settings(FleetSilo silo, TestDatabase database, string folder, Uri model)
    {
        var settings = ImageBench.Settings(silo, database, folder, MachineBytes);
        settings["OPENAI_API_KEY"] = ScriptedEndpoint.Key;
        settings["OPENAI_BASE_URL"] = model.AbsoluteUri;
        settings["OPENAI_MODEL"] = "model-a";
        return settings;
    }

    /// <summary>CPU milliseconds until now.</summary>
    private static (double Silo, double Model, double Driver) Costs(FleetSilo silo, SiloProcess model) => (Cpu(silo.ProcessId!.Value), Cpu(model.Id), Cpu(Environment.ProcessId));

    private static double Cpu(int id)
    {
        using var process = Process.GetProcessById(id);
        return process.TotalProcessorTime.TotalMilliseconds;
    }

    private static double Memory(FleetSilo silo, string name) => ImageBench.Memory(silo, name);

    private static double At(List<double> waits, double share) => waits.Count == 0 ? double.MaxValue : waits.Order().ElementAt((int)(share * (waits.Count - 1)));

    /// <summary>One customer, whose first message opens their conversation.</summary>
    private sealed class Customer(int number)
    {
        private readonly Random random = new(number);
        private int turn;
        private string? token;

        public async Task Write(HttpClient http, ConcurrentDictionary<Guid, (long Since, int Turn)> asked)
        {
            var mark = Mark.Of(number, turn);
            var since = Stopwatch.GetTimestamp();
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(token is null ? "/support/conversation" : "/support/conversation/messages", UriKind.Relative))
            {
                Content = JsonContent.Create(new { text = Questions.Of(number + turn++, mark) }),
            };
            CallerAddress.Tell(request, token, random);
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
            if (token is not null)
                request.Headers.Authorization = new("Bearer", token);
            using var response = await http.SendAsync(request);
            var answer = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
            token ??= answer.GetProperty("conversation_token").GetString();
            asked[new(System.Buffers.Text.Base64Url.DecodeFromChars(token).AsSpan(0, 16))] = (since, turn);
        }
    }
}
