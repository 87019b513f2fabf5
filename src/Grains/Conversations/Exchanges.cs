using System.Collections.Immutable;
using FteAgent.Telemetry;

namespace FteAgent.Conversations;

/// <summary>Opens, joins and ends exchanges.</summary>
internal static class Exchanges
{
    /// <summary>How long after its first message an exchange may be joined by another channel.</summary>
    private static readonly TimeSpan SwitchFor = TimeSpan.FromMinutes(1);

    /// <summary>
    /// A message opens an exchange, joins the one that settles or is being drafted, or, when that was joined too often or too long,
    /// waits for the next. While a person has the conversation nothing is drafted.
    /// </summary>
    public static void OpenOrJoin(this ConversationEdit edit, Message message)
    {
        var (conversation, options) = (edit.Conversation, edit.Context.Options);
        if (conversation.Handoff is not null)
        {
            edit.AwaitHolder();
            return;
        }

        if (conversation.Exchange is not { } exchange)
        {
            edit.Open(message.Sequence, message.Sequence);
            return;
        }

        var drafting = edit.Now >= exchange.DraftAt;
        // Whoever changes the channel before there was an answer goes on with the same matter: one answer, where they are now.
        var switched = conversation.MessagesOf(exchange) is [.., var last] && last.Channel != message.Channel;
        var joinFor = switched && options.JoinFor < SwitchFor ? SwitchFor : options.JoinFor;
        var closed = edit.Now - exchange.OpenedAt >= joinFor || (drafting && exchange.Restarts >= options.Restarts && !switched);
        if (closed)
            return;

        var lastStart = exchange.OpenedAt + joinFor;
        var draftAt = edit.Now + options.Settle;
        edit.Start(exchange with
        {
            LastSequence = message.Sequence,
            Restarts = exchange.Restarts + (drafting ? 1 : 0),
            DraftAt = draftAt < lastStart ? draftAt : lastStart,
            Trace = Traces.Join(exchange.Trace, edit.Trace),
        });
    }

    /// <summary>The draft was settled. Messages that came too late to join open the next exchange.</summary>
    public static void End(this ConversationEdit edit)
    {
        var ended = edit.Conversation.Exchange!;
        edit.Set(edit.Conversation with { Exchange = null, DecidedThrough = ended.LastSequence });
        if (edit.Conversation.Handoff is not null)
            return;
        var late = edit.Conversation.Recent.Where(m => m.Sequence > ended.LastSequence && m.IsFromCustomer()).Select(m => m.Sequence).ToList();
        if (late.Count > 0)
            edit.Open(late[0], late[^1]);
    }

    /// <summary>Nobody drafts any longer, and whatever is being drafted will be dropped.</summary>
    public static void Drop(this ConversationEdit edit) =>
        edit.Set(edit.Conversation with { Exchange = null, Epoch = edit.Conversation.Epoch + 1, DecidedThrough = edit.Conversation.LastSequence });

    /// <summary>This silo works the exchange from now on.</summary>
    public static void Restart(this ConversationEdit edit) =>
        edit.Start(edit.Conversation.Exchange! with { DraftAt = edit.Now, Attempts = edit.Conversation.Exchange!.Attempts + 1 });

    /// <summary>The customer's messages that an exchange answers, oldest first.</summary>
    public static ImmutableArray<Message> MessagesOf(this Conversation conversation, Exchange exchange) =>
        [.. conversation.Recent.Where(m => m.Sequence >= exchange.FirstSequence && m.Sequence <= exchange.LastSequence && m.IsFromCustomer())];

    public static bool IsFromCustomer(this Message message) => message.Author.Kind is ActorKind.Customer && message.Kind is MessageKind.Text;

    private static void Open(this ConversationEdit edit, long first, long last) =>
        edit.Start(new Exchange(ExchangeId.Mint(edit.Context.Time), edit.Now, first, last, 0, edit.Now + edit.Context.Options.Settle, edit.Now, "", 0, edit.Trace));

    private static void Start(this ConversationEdit edit, Exchange exchange) =>
        edit.Set(edit.Conversation with
        {
            Epoch = edit.Conversation.Epoch + 1,
            Exchange = exchange with
            {
                WorkedBy = edit.Context.Silo.Value,
                // The runner ends each draft within DraftFor; only one that is stuck beyond that is found by the sweeper.
                DueAt = exchange.DraftAt + edit.Context.Options.DraftFor + edit.Context.Options.DraftFor,
            },
        });
}
