using System.Collections.Immutable;
using System.Text.Json;
using FteAgent.Cluster.History;
using FteAgent.Cluster.Load;

namespace FteAgent.Cluster.Checks;

/// <summary>
/// Two customers, three messages each, all of it well: what the judge's tests spoil, each in one way. The first customer asks, asks on
/// and asks for a refund, for which a person is called and called again; the second is answered by the assistant and then by an operator.
/// </summary>
internal sealed class SmallWorld
{
    public const string First = "11111111111111111111111111111111";
    public const string Second = "22222222222222222222222222222222";

    /// <summary>When the first message was written; each one stands a second after the one before it.</summary>
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public const string OperatorsWords = $"An operator writes {OperatorMark}.";

    private const string OperatorMark = "mkbbbbcxqqqq";

    private readonly List<StoredMessage> messages = [];
    private readonly List<StoredDelivery> deliveries = [];
    private readonly List<StoredConversation> conversations = [];
    private readonly List<Acceptance> accepted = [];
    private readonly List<Showing> shown = [];
    private readonly List<Glimpse> glimpsed = [];
    private readonly List<Whole> whole = [];
    private readonly List<Undone> undone = [];
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
                if ((customer, turn) is (0, 2))
                    Write(conversation, "assistant", "I've passed your request to a colleague.", $"exchange-{customer}-{turn}", "escalated");
                else
                    Write(conversation, "assistant", $"This is about {mark}.", $"exchange-{customer}-{turn}");
            }

            Show(conversation, $"stream of {customer}");
            Show(conversation, $"transcript of {customer}");
            whole.Add(new(conversation, $"stream of {customer}", 6));
        }

        Write(Second, "operator", OperatorsWords);
        Accept(Second, "operator", OperatorMark, at: 300);
        And(Notice(1, "delivery-1", "escalation-1"));
        And(Notice(2, "delivery-2", "escalation-1", reminders: 1));
        conversations.Add(new(First, 6, 6, false));
        conversations.Add(new(Second, 7, 7, false));
    }

    /// <summary>A notice to the support team about the first customer's refund.</summary>
    public static StoredDelivery Notice(long sequence, string id, string escalation, int reminders = 0, int at = 5) => new(
        id, First, "escalations", sequence,
        JsonSerializer.Serialize(new
        {
            escalation_id = escalation,
            ticket_id = "T-1",
            subject = $"How do I make a backup? ({Mark.Of(0, 0)})",
            reason = "refund_request",
            urgency = "normal",
            summary = $"The customer wants money back: {Mark.Of(0, 2)}",
            raised_at = Start.AddSeconds(at),
            reminders,
        }),
        true, false);

    /// <summary>A message as it stands in the record.</summary>
    public static StoredMessage Said(string conversation, long sequence, string author, string text, string? exchange = null, string? notice = null) => new(
        conversation, sequence, $"id-{conversation[0]}-{sequence}", author, notice is null or "escalated" ? "text" : "notice", text, null, exchange, notice, Start.AddSeconds(sequence - 1));

    public SmallWorld Messages(Func<StoredMessage, bool> which, Func<StoredMessage, StoredMessage?> change) => With(messages, which, change);

    public SmallWorld Conversations(Func<StoredConversation, bool> which, Func<StoredConversation, StoredConversation?> change) => With(conversations, which, change);

    public SmallWorld Deliveries(Func<StoredDelivery, bool> which, Func<StoredDelivery, StoredDelivery?> change) => With(deliveries, which, change);

    public SmallWorld Accepted(Func<Acceptance, bool> which, Func<Acceptance, Acceptance?> change) => With(accepted, which, change);

    public SmallWorld Shown(Func<Showing, bool> which, Func<Showing, Showing?> change) => With(shown, which, change);

    public SmallWorld Wholes(Func<Whole, bool> which, Func<Whole, Whole?> change) => With(whole, which, change);

    public SmallWorld Arrived(Func<Arrival, bool> which, Func<Arrival, Arrival?> change) => With(arrived, which, change);

    public SmallWorld And(StoredMessage message)
    {
        messages.Add(message);
        return Conversations(conversation => conversation.Id == message.Conversation, conversation => conversation with { LastSequence = message.Sequence, DecidedThrough = message.Sequence });
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

    /// <summary>A message is shown at the end of a reading.</summary>
    public SmallWorld Show(string reading, StoredMessage message)
    {
        shown.Add(Showing(reading, message));
        return this;
    }

    public SmallWorld And(Whole reading)
    {
        whole.Add(reading);
        return this;
    }

    public SmallWorld And(Undone left)
    {
        undone.Add(left);
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
        return Wholes(reading => reading.Conversation == conversation, _ => null)
            .Messages(message => message.Conversation == conversation, message => message with { Sequence = Swapped(message.Sequence) })
            .Accepted(acceptance => acceptance.Conversation == conversation, acceptance => acceptance with { Sequence = Swapped(acceptance.Sequence!.Value) })
            .Shown(showing => showing.Conversation == conversation, _ => null);
    }

    public Verdict Judge()
    {
        var happenings = new Happenings();
        accepted.ForEach(happenings.Add);
        shown.ForEach(happenings.Add);
        glimpsed.ForEach(happenings.Add);
        whole.ForEach(happenings.Add);
        undone.ForEach(happenings.Add);
        arrived.ForEach(happenings.Add);
        return History.Judge.Of(happenings, new(conversations, messages, deliveries));
    }

    private void Write(string conversation, string author, string text, string? exchange = null, string? notice = null) =>
        messages.Add(Said(conversation, messages.Count(message => message.Conversation == conversation) + 1, author, text, exchange, notice));

    private void Accept(string conversation, string author, string mark, long at)
    {
        var message = messages.Last(message => message.Text.Contains(mark, StringComparison.Ordinal));
        accepted.Add(new(conversation, author, mark, message.Id, message.Sequence, at, at + 10));
    }

    private void Show(string conversation, string reading) =>
        shown.AddRange(messages.Where(message => message.Conversation == conversation).Select(message => Showing(reading, message)));

    private static Showing Showing(string reading, StoredMessage message) =>
        new(message.Conversation, reading, message.Sequence, message.Id, message.Text, $"{{\"text\":\"{message.Text}\"}}");

    private SmallWorld With<T>(List<T> list, Func<T, bool> which, Func<T, T?> change)
        where T : class
    {
        ImmutableArray<T> changed = [.. list.Select(entry => which(entry) ? change(entry) : entry).OfType<T>()];
        list.Clear();
        list.AddRange(changed);
        return this;
    }
}
