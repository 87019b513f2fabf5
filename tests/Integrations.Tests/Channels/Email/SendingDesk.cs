using System.Text.Json;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Record;
using FteAgent.Sqlite;
using FteAgent.Testing;
using MimeKit;

namespace FteAgent.Channels.Email;

/// <summary>A record with customers, and a carrier that keeps what it is given.</summary>
internal sealed class SendingDesk : IMailTransport, IConversationTokens, IAsyncDisposable
{
    private SendingDesk(TestRecord record)
    {
        Record = record;
        Tries = new(record.Time);
        Post = new(this, record.Get<IDeliveries>(), Given.Options, Tries, record.Time);
        Email = new(Post, record.Get<IOrigins>(), record.Customers, record.Conversations);
        Unseen = new(Post, record.Get<ISeenMarks>(), record.Get<IDeliveries>(), record.Customers, record.Identities, record.Conversations, this, Given.Options, record.Time);
    }

    public TestRecord Record { get; }

    public MailTries Tries { get; }

    public MailPost Post { get; }

    public EmailSender Email { get; }

    public UnseenSender Unseen { get; }

    /// <summary>What was handed over.</summary>
    public List<MimeMessage> Mails { get; } = [];

    /// <summary>How handing over ends.</summary>
    public Queue<HandedOver> Ends { get; } = new();

    /// <summary>What the carrier notes of each mail that it takes; null for nothing.</summary>
    public Func<MailSlip, Task>? Notes { get; set; }

    public static async Task<SendingDesk> Open() => new(await SqliteTestRecord.Create(new FakeTime()));

    public async Task<HandedOver> Send(MimeMessage mail, MailSlip slip, CancellationToken cancellationToken)
    {
        var end = Ends.TryDequeue(out var wanted) ? wanted : HandedOver.Taken;
        if (end == HandedOver.Taken)
        {
            if (Notes is { } note)
                await note(slip);
            using var bytes = new MemoryStream();
            await mail.WriteToAsync(bytes, cancellationToken);
            bytes.Position = 0;
            Mails.Add(await MimeMessage.LoadAsync(bytes, cancellationToken));
        }

        return end;
    }

    public Task<string?> Fault(CancellationToken cancellationToken) => Task.FromResult(Tries.Last?.Fault);

    public ValueTask<string> IssueLink(CustomerId customer, long? parted, CancellationToken cancellationToken) =>
        ValueTask.FromResult($"token-of-{customer}{(parted is { } times ? $"-proved-{times}" : "")}");

    public ValueTask DisposeAsync() => Record.DisposeAsync();

    /// <summary>A customer whose mail was taken.</summary>
    public async Task<(Conversation Conversation, MessageId Message)> Mailed(string address = "ana@example.com", bool proved = true, string? subject = "Backup", string id = "1@example.com")
    {
        var customer = await Record.Customers.Resolve(
            proved ? new(IdentifierKind.Email, address, Proved: true) : new(IdentifierKind.WebSession, Guid.NewGuid().ToString("N"), Proved: true),
            new("Ana Pires", address), default);
        var message = MessageId.Of(Channel.Email, id);
        await Record.Get<IOrigins>().Note(new(message, customer, Channel.Email, address, "help@example.org", proved, subject, new(id, ["0@example.com"]), Record.Now), default);
        var conversation = await Record.Commit(new Act(Conversation.New(customer), Record.Now).Opens("Backup")
            .Says(new(message, 1, Actor.Customer, MessageKind.Text, "How?", Record.Now, Channel.Email, null, [], ChannelMessageId: id)));
        return (conversation, message);
    }

    /// <summary>Something is said in a conversation.</summary>
    public async Task<(Conversation Conversation, Message Message)> Says(Conversation conversation, string text, Channel channel, Actor? author = null)
    {
        var act = new Act(conversation, Record.Now)
            .Says(new(MessageId.Mint(Record.Time), 0, author ?? Actor.Assistant, MessageKind.Text, text, Record.Now, channel, conversation.CurrentTicket?.Id, []));
        conversation = await Record.Commit(act);
        return (conversation, conversation.Recent[^1]);
    }

    public OutboxItem Item(CustomerId customer, OutboundMessage outbound, string destination = OutboundMessage.Email, int attempts = 0) => new(
        Guid.CreateVersion7(Record.Now), customer, destination, 1, JsonSerializer.Serialize(outbound, OutboundMessage.Json), Record.Now, attempts);
}
