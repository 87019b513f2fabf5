using System.Text;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace FteAgent.Kafka;

/// <summary>Who hears of a message that was acknowledged and went to the dead letters.</summary>
public sealed class BuriedCallTests : IAsyncLifetime
{
    private const string Words = "My account number is 4711.";

    private readonly FakeTime time = new();
    private KafkaWorld world = null!;

    public async Task InitializeAsync() => world = await KafkaWorld.Open();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task Message_of_a_channel_of_ours_that_is_refused_calls_a_person_with_its_letters_id_and_none_of_its_words()
    {
        world.Conversation = static (_, _) => throw new InvalidOperationException("It cannot be taken.");
        await world.Start();
        var ours = new InboundMessage(Channel.Web, "c/1", new(IdentifierKind.WebSession, "s", true, "Mira"), Words, DateTimeOffset.UtcNow) { Customer = new(Guid.NewGuid()) };
        await new KafkaRoad(world.Producer, static _ => TimeSpan.FromMinutes(5), TimeProvider.System).Take(ours, default);
        // What others bring they look after themselves, and what cannot be read names nobody.
        await world.Produce(KafkaTopics.Incoming, "c1", KafkaWorld.Message("c1/0", "c1"));
        await world.Produce(KafkaTopics.Inbound(Channel.Web), "c2", "no JSON");

        var letters = await world.Read(KafkaTopics.DeadLetters, 3);
        await KafkaWorld.Until(() => !world.Calls.IsEmpty);

        var letter = letters.Single(each => Encoding.UTF8.GetString(each.Message.Value ?? []).Contains(Words, StringComparison.Ordinal));
        var said = Assert.Single(world.Calls.Keys);
        Assert.Contains($"silo deadletters replay {DeadLetterShelf.IdOf(letter)}.", said, StringComparison.Ordinal);
        Assert.DoesNotContain("4711", said, StringComparison.Ordinal);
        await KafkaWorld.Until(() => world.Committed(KafkaTopics.Inbound(Channel.Web)).Where(offset => offset > 0).Sum() == 2);
    }

    [Fact]
    public async Task Call_for_one_record_is_the_same_however_often_it_is_made_and_another_for_the_next()
    {
        var commands = new List<CommandId>();
        var call = new BuriedCall(
            (_, command, _, _) =>
            {
                commands.Add(command);
                return Task.CompletedTask;
            },
            time, NullLogger<BuriedCall>.Instance);

        await call.Make(Record(1), null, default);
        await call.Make(Record(1), new(KafkaTopics.DeadLetters, 3, 17), default);
        await call.Make(Record(2), null, default);

        Assert.Equal(3, commands.Count);
        Assert.Equal(commands[0], commands[1]);
        Assert.NotEqual(commands[0], commands[2]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Call_that_fails_or_never_ends_holds_up_nothing(bool hangs)
    {
        var begun = new TaskCompletionSource();
        var call = new BuriedCall(
            (_, _, _, _) =>
            {
                begun.SetResult();
                return hangs ? new TaskCompletionSource().Task : throw new InvalidOperationException("Nor can this be taken.");
            },
            time, NullLogger<BuriedCall>.Instance);
        var handler = new RecordHandler(
            static (_, _) => throw new InvalidOperationException("It cannot be taken."),
            new((_, _, _, _) => Task.FromResult(new ProduceEnd(ProduceOutcome.Acknowledged)), time), call, world.Metrics, time, NullLogger<RecordHandler>.Instance);

        var handled = handler.Handle(Record(1), static () => false, default);
        await KafkaWorld.Until(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return handled.IsCompleted;
        });

        Assert.True(await handled);
        Assert.True(begun.Task.IsCompleted);
    }

    private static InboundRecord Record(long offset) => new(KafkaTopics.Inbound(Channel.Web), 0, offset, new() { Value = "{}"u8.ToArray() }, new())
    {
        Message = new(Channel.Web, $"c/{offset}", new(IdentifierKind.WebSession, "s", true, "Mira"), Words, DateTimeOffset.UnixEpoch)
        {
            Id = MessageId.Of(Channel.Web, $"c/{offset}"),
            WasAcknowledged = true,
        },
    };
}
