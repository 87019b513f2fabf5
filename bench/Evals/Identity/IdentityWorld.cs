using System.Collections.Immutable;
using System.Reflection;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Operators;
using FteAgent.Testing;

namespace FteAgent.Evals.Identity;

/// <summary>
/// The product's own directory, intake and links on a record. Behind the one grain call stands a grain that writes the message down and
/// forwards as the real one does; nothing is answered.
/// </summary>
internal sealed class IdentityWorld
{
    /// <summary>When the first day begins.</summary>
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    private readonly IdentityRecord record;
    private readonly FakeTime time;
    private readonly ChannelIntake intake;
    private readonly AddressLinks links;
    private readonly Dictionary<string, string> codes = [];
    private readonly Dictionary<string, Guid> answers = [];
    private readonly HashSet<string> proved = [];
    private CustomerId took;

    public IdentityWorld(IdentityRecord record)
    {
        (this.record, time) = (record, record.Time);
        var conversations = new ConversationCalls(Made<IGrainFactory>((_, args) => Grain(CustomerId.Parse((string)args[0]!))), time);
        links = new(
            Identities, record.Get<ISecretStore>(), Store, conversations, record.Get<ILiveSignals>(),
            [new Road(OutboundMessage.Email), new Road(OutboundMessage.WhatsApp)], time);
        intake = new(Customers, Identities, Deliveries, record.Get<IOrigins>(), record.Get<IAttachments>(), conversations, time, links);
    }

    public IIdentities Identities => record.Get<IIdentities>();

    public ICustomerDirectory Customers => record.Get<ICustomerDirectory>();

    private IDeliveries Deliveries => record.Get<IDeliveries>();

    private IConversationStore Store => record.Get<IConversationStore>();

    /// <summary>Takes a contact as its channel would, and gives the customer in whose conversation it arrived.</summary>
    public async Task<CustomerId> Take(IdentityContact contact)
    {
        if (Start.AddDays(contact.Day) is var at && at > time.GetUtcNow())
            time.Advance(at - time.GetUtcNow());
        var customer = contact.Channel == "web" ? await OnTheWeb(contact) : await ByChannel(contact, contact.Id, $"Message {contact.Id}");
        if (contact.Channel == "email")
            await Answer(contact.Id, customer, Address(contact.From));
        return customer;
    }

    /// <summary>The person says that another address is theirs, and gives a code, by the same way as the contact came.</summary>
    public async Task Link(IdentityContact contact, CustomerId customer)
    {
        var address = Address(contact.Link!);
        if (contact.Channel == "web")
            await links.Ask(customer, KindOf(address), address, default);
        else
            await ByChannel(contact, $"{contact.Id}-link", $"link {contact.Link}");
        var code = codes[address];
        var given = contact.Code switch { "right" => [code], "wrong" => Wrong(code), _ => Array.Empty<string>() };
        for (var i = 0; i < given.Length; i++)
        {
            if (contact.Channel == "web")
                await Prove(contact, customer, given[i]);
            else
                await ByChannel(contact, $"{contact.Id}-code-{i}", given[i]);
        }
    }

    /// <summary>The browser keeps the token that a proof gives it: from then on it is known to be theirs.</summary>
    private async Task Prove(IdentityContact contact, CustomerId customer, string code)
    {
        var browser = contact.Key ?? contact.Id;
        if ((await links.Prove(customer, code, proved.Contains(browser), default)).Outcome is ProofOutcome.Proved or ProofOutcome.Merged)
            proved.Add(browser);
    }

    private static string[] Wrong(string code) => [.. Enumerable.Range(0, 10).Select(i => $"{i}{i}{i}{i}{i}{i}").Where(guess => guess != code)];

    private Task<CustomerId> OnTheWeb(IdentityContact contact) => Customers.Resolve(
        new(IdentifierKind.WebSession, contact.Proof == "token" ? contact.Key! : $"web:{contact.Id}", Proved: true),
        new(contact.Person, contact.From.Length > 0 ? Address(contact.From) : null), default);

    private async Task<CustomerId> ByChannel(IdentityContact contact, string id, string text)
    {
        var channel = contact.Channel == "email" ? Channel.Email : Channel.WhatsApp;
        var address = Address(contact.From);
        await intake.Take(
            new(channel, $"{id}@example.com", new(KindOf(address), address, contact.Proof is "dmarc" or "signature", contact.Person), text, time.GetUtcNow())
            {
                Thread = channel is Channel.Email ? new($"{id}@example.com", Named(contact)) : null,
            },
            default);
        return took;
    }

    private ImmutableArray<string> Named(IdentityContact contact) => contact switch
    {
        { Key: null } => [],
        { Proof: "thread" } => [$"{contact.Key}@example.com"],
        _ => [MailIds.Of(answers[contact.Key], "support.example")],
    };

    /// <summary>Our mail back, whose id a reply will name.</summary>
    private Task Answer(string contact, CustomerId customer, string address)
    {
        answers[contact] = Guid.CreateVersion7(time.GetUtcNow());
        return Deliveries.Note(
            new(answers[contact], customer, MessageId.Mint(time), Channel.Email, address, null, DeliveryStatus.Sent, null, time.GetUtcNow()), default);
    }

    private static IdentifierKind KindOf(string address) => address[0] == '+' ? IdentifierKind.Phone : IdentifierKind.Email;

    private static string Address(string text) =>
        CustomerAddress.TryRead(text, out _, out var address) ? address : throw new FormatException($"{text} is no address.");

    private IConversationGrain Grain(CustomerId customer) => Made<IConversationGrain>((method, args) => method.Name switch
    {
        nameof(IConversationGrain.Accept) => Accept(customer, (IncomingMessage)args[0]!),
        nameof(IConversationGrain.SendCode) => SendCode(customer, (string)args[2]!, (string)args[3]!),
        nameof(IConversationGrain.RequestPerson) => Task.FromResult(new ActResult(ActOutcome.Done, Conversation.New(customer))),
        _ => throw new NotSupportedException(method.Name),
    });

    private async Task<Accepted> Accept(CustomerId customer, IncomingMessage message)
    {
        var conversation = await Store.Load(customer, default);
        if (conversation.MergedInto is { } into)
            return await Accept(into, message);
        took = customer;
        var written = new Message(
            message.Id, conversation.LastSequence + 1, Actor.Customer, MessageKind.Text, message.Text, message.ReceivedAt, message.Channel, null, [],
            ChannelMessageId: message.ChannelMessageId);
        var changes = new ConversationChanges(
            new(message.Id.Value), conversation.Version, time.GetUtcNow(), conversation with { Version = conversation.Version + 1, LastSequence = written.Sequence },
            [written], [], [], []);
        if (await Store.Commit(changes, default) is not CommitOutcome.Committed)
            throw new InvalidOperationException("A contact could not be written down.");
        return new(AcceptOutcome.Stored, message.Id, written.Sequence, message.TicketId, message.ReceivedAt);
    }

    private Task<ActResult> SendCode(CustomerId customer, string address, string code)
    {
        codes[address] = code;
        return Task.FromResult(new ActResult(ActOutcome.Done, Conversation.New(customer)));
    }

    private static T Made<T>(Func<MethodInfo, object?[], object?> answer) where T : class => StandIn.Make<T>(answer);

    private sealed class Road(string destination) : IChannelSender
    {
        public string Destination => destination;

        public Task<SendResult> Send(OutboxItem item, CancellationToken cancellationToken) => Task.FromResult(SendResult.Sent);
    }
}
