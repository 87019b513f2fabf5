using System.Collections.Immutable;
using FteAgent.Cluster.History;
using FteAgent.Cluster.Load;

namespace FteAgent.Cluster.Checks;

/// <summary>
/// Two customers, three messages each, all of it well: what the judge's tests spoil, each in one way. The first customer asks, asks on
/// and asks for a refund; the second is answered by the assistant and then by an operator.
/// </summary>
internal sealed class SmallWorld
{
    public const string First = "11111111111111111111111111111111";
    public const string Second = "22222222222222222222222222222222";

    private const string OperatorMark = "mkbbbbcxqqqq";

    private readonly List<StoredMessage> messages = [];
    private readonly List<StoredDelivery> deliveries = [];
    private readonly List<StoredConversation> conversations = [];
    private readonly List<Acceptance> accepted = [];
    private readonly List<Showing> shown = [];
    private readonly List<Glimpse> glimpsed = [];
    private readonly List<Unseen> unseen = [];
    private readonly List<Arrival> arrived = [];

    public SmallWorld()
    {
        foreach (var (conversation, customer) in new[] { (First, 0), (Second, 1) })
        {
            for (var turn = 0; turn < 3; turn++)
            {
                var mark = Mark.Of(customer, turn);
                Write(conversation, "customer", $"How do I make a backup? ({mark})");
                Accept(conversation, "customer", mark, at: turn * 100);
                Write(conversation, "assistant", $"This is about {mark}.", exchange: $"exchange-{customer}-{turn}");
            }

            Show(conversation, $"stream of {customer}");
            Show(conversation, $"transcript of {customer}");
        }

        Write(Second, "operator", $"An operator writes {OperatorMark}.");
        Accept(Second, "operator", OperatorMark, at: 300);
        for (var sequence = 1; sequence <= 2; sequence++)
            Deliver(First, sequence, $"A customer needs a person: {Mark.Of(0, sequence)}");
        conversations.Add(new(First, 6, 6, false, false));
        conversations.Add(new(Second, 7, 7, false, false));
    }

    public SmallWorld Messages(Func<StoredMessage, bool> which, Func<StoredMessage, StoredMessage?> change) => With(messages, which, change);

    public SmallWorld Conversations(Func<StoredConversation, bool> which, Func<StoredConversation, StoredConversation?> change) => With(conversations, which, change);

    public SmallWorld Deliveries(Func<StoredDelivery, bool> which, Func<StoredDelivery, StoredDelivery?> change) => With(deliveries, which, change);

    public SmallWorld Accepted(Func<Acceptance, bool> which, Func<Acceptance, Acceptance?> change) => With(accepted, which, change);

    public SmallWorld Shown(Func<Showing, bool> which, Func<Showing, Showing?> change) => With(shown, which, change);

    public SmallWorld Arrived(Func<Arrival, bool> which, Func<Arrival, Arrival?> change) => With(arrived, which, change);

    public SmallWorld And(StoredMessage message)
    {
        messages.Add(message);
        return Conversations(conversation => conversation.Id == message.Conversation, conversation => conversation with { LastSequence = message.Sequence });
    }

    public SmallWorld And(StoredDelivery delivery)
    {
        deliveries.Add(delivery);
        arrived.Add(new(delivery.Id, delivery.Payload));
        return this;
    }

    public SmallWorld And(Acceptance acceptance)
    {
        accepted.Add(acceptance);
        return this;
    }

    public SmallWorld And(Glimpse glimpse)
    {
        glimpsed.Add(glimpse);
        return this;
    }

    public SmallWorld And(Unseen page)
    {
        unseen.Add(page);
        return this;
    }

    public SmallWorld And(Arrival arrival)
    {
        arrived.Add(arrival);
        return this;
    }

    public SmallWorld ArrivedBackwards()
    {
        arrived.Reverse();
        return this;
    }

    /// <summary>The messages of two places change places, in the record and in all that was shown and accepted.</summary>
    public SmallWorld Swap(string conversation, long one, long other)
    {
        long Swapped(long sequence) => sequence == one ? other : sequence == other ? one : sequence;
        return Messages(message => message.Conversation == conversation, message => message with { Sequence = Swapped(message.Sequence) })
            .Accepted(acceptance => acceptance.Conversation == conversation, acceptance => acceptance with { Sequence = Swapped(acceptance.Sequence!.Value) })
            .Shown(showing => showing.Conversation == conversation, _ => null);
    }

    public Verdict Judge()
    {
        var happenings = new Happenings();
        accepted.ForEach(happenings.Add);
        shown.ForEach(happenings.Add);
        glimpsed.ForEach(happenings.Add);
        unseen.ForEach(happenings.Add);
        arrived.ForEach(happenings.Add);
        return History.Judge.Of(happenings, new(conversations, messages, deliveries));
    }

    private void Write(string conversation, string author, string text, string? exchange = null)
    {
        var sequence = messages.Count(message => message.Conversation == conversation) + 1;
        messages.Add(new(conversation, sequence, $"id-{conversation[0]}-{sequence}", author, "text", text, null, exchange, null));
    }

    private void Accept(string conversation, string author, string mark, long at)
    {
        var message = messages.Last(message => message.Text.Contains(mark, StringComparison.Ordinal));
        accepted.Add(new(conversation, author, mark, message.Id, message.Sequence, at, at + 10));
    }

    private void Show(string conversation, string reading) =>
        shown.AddRange(messages.Where(message => message.Conversation == conversation)
            .Select(message => new Showing(conversation, reading, message.Sequence, message.Id, message.Text, $"{{\"text\":\"{message.Text}\"}}")));

    private void Deliver(string conversation, long sequence, string payload) => And(new StoredDelivery($"delivery-{sequence}", conversation, "escalations", sequence, payload, true, false));

    private SmallWorld With<T>(List<T> list, Func<T, bool> which, Func<T, T?> change)
        where T : class
    {
        ImmutableArray<T> changed = [.. list.Select(entry => which(entry) ? change(entry) : entry).OfType<T>()];
        list.Clear();
        list.AddRange(changed);
        return this;
    }
}
