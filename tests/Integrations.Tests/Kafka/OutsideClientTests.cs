using System.Diagnostics;
using System.Text.Json;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Events;
using FteAgent.Testing;

namespace FteAgent.Kafka;

/// <summary>Clients that are none of ours put messages into our topics and read what silos tell. <c>scripts/interop</c> brings them; the broker is the mock.</summary>
[Trait("Category", Interop.Category)]
public sealed class OutsideClientTests : IAsyncLifetime
{
    private const string Text = "How do I export my data, and where does it go? Überall & 🙂";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly CustomerId Customer = new(Guid.Parse("00000000-0000-0000-0000-0000000000c1"));

    private KafkaWorld world = null!;

    public async Task InitializeAsync() => world = await KafkaWorld.Open();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [InteropFact("kcat")]
    public async Task Kcat_brings_a_message_and_reads_a_reply()
    {
        await world.Start();
        await Run("kcat", KafkaWorld.Message("kcat/1", "c1", Text), "-b", world.Broker.Bootstrap, "-P", "-t", KafkaTopics.Incoming, "-k", "c1",
            "-H", "ce_specversion=1.0", "-H", "ce_id=1", "-H", "ce_source=/kcat", "-H", "ce_type=com.example.message", "-H", "content-type=application/json", "-D", "\u0001");
        await Taken("kcat/1");

        var item = await Tell();
        var read = await Run("kcat", null, "-b", world.Broker.Bootstrap, "-C", "-t", KafkaTopics.Outbound(Channel.Web), "-o", "beginning", "-e", "-q", "-f", "%k|%h|%s\\n");

        Assert.Contains($"{Customer}|", read, StringComparison.Ordinal);
        Assert.Contains($"ce_id={item.Id}", read, StringComparison.Ordinal);
        Assert.Contains("ce_type=fte.message.sent", read, StringComparison.Ordinal);
        Assert.Contains(item.Payload, read, StringComparison.Ordinal);
    }

    [InteropFact("kafkajs")]
    public async Task Kafkajs_brings_messages_in_both_modes_and_reads_a_reply()
    {
        await world.Start();
        var item = await Tell();
        var asked = JsonSerializer.Serialize(new
        {
            broker = world.Broker.Bootstrap,
            incoming = KafkaTopics.Incoming,
            outbound = KafkaTopics.Outbound(Channel.Web),
            binary = KafkaWorld.Message("kafkajs/1", "c1", Text),
            structured = KafkaWorld.Message("kafkajs/2", "c1", Text),
        });

        var read = JsonDocument.Parse(await Interop.Run("kafkajs.mjs", asked)).RootElement;

        await Taken("kafkajs/1");
        await Taken("kafkajs/2");
        Assert.Equal(["kafkajs/1", "kafkajs/2"], world.Taken.Select(KafkaWorld.IdOf));
        Assert.Equal((Customer.ToString(), item.Id.ToString(), item.Payload), (read.GetProperty("key").GetString(), read.GetProperty("id").GetString(), read.GetProperty("value").GetString()));
    }

    private async Task Taken(string id)
    {
        await KafkaWorld.Until(() => world.Taken.Any(message => KafkaWorld.IdOf(message) == id));
        Assert.Equal(Text, world.Taken.Single(message => KafkaWorld.IdOf(message) == id).Text);
    }

    private async Task<OutboxItem> Tell()
    {
        var now = TimeProvider.System.GetUtcNow();
        var item = new OutboxItem(
            Guid.CreateVersion7(now), Customer, PublishedEvent.Destination, 1,
            JsonSerializer.Serialize(new PublishedEvent(PublishedEvent.MessageSent, Customer.ToString(), "T1", now, Channel.Web, "m1", 2, ActorKind.Assistant, Text), PublishedEvent.Json), now);
        Assert.Equal(SendResult.Sent, await new EventSender(world.Producer).Send(item, default));
        return item;
    }

    private static async Task<string> Run(string program, string? input, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input ?? "");
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            process.Kill();
            Assert.Fail($"{program} did not end: {await error}{await output}");
        }

        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await error}{await output}");
        return await output;
    }
}
