using System.Collections.Immutable;
using FteAgent.Answering;
using FteAgent.Customers;
using FteAgent.Deliveries;
using FteAgent.Operators;
using FteAgent.Telemetry;
using Microsoft.Extensions.Logging;

namespace FteAgent.Conversations;

/// <summary>
/// One customer's conversation. Each act is: look, decide (pure, see <see cref="ConversationEdit"/>), commit once, then tell whoever
/// goes on from there. Nothing is drafted and nothing is sent in here, so an operator never waits behind a model.
/// </summary>
internal sealed partial class ConversationGrain(
    IConversationStore store,
    ConversationContext context,
    IExchangeQueue exchanges,
    IDeliveryQueue deliveries,
    UnknownCommits unknown,
    ILiveSignals live,
    ICustomerHistory history,
    ConversationMetrics metrics,
    ILogger<ConversationGrain> logger) : Grain, IConversationGrain
{
    /// <summary>As committed; null while that is not known.</summary>
    private Conversation? loaded;

    private CustomerId Customer => CustomerId.Parse(this.GetPrimaryKeyString());

    // What this run left open goes on at once; what an earlier run left open is found by the sweeper.
    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken) => Reload(cancellationToken);

    /// <inheritdoc/>
    public async Task<Accepted> Accept(IncomingMessage message)
    {
        using var step = Traces.Begin("accept");
        step?.SetTag("fte.conversation", Customer).SetTag("fte.message", message.Id);
        var accepted = await Take(message);
        step?.SetTag("fte.outcome", accepted.Outcome);
        Traces.LinkTo(step, loaded?.Exchange?.Trace);
        LogTaken(logger, Customer, accepted.MessageId, accepted.Outcome);
        metrics.Took(message.Channel, accepted.Outcome);
        if (message.IsBeyondLimit && accepted.Outcome is AcceptOutcome.Stored)
            metrics.CameBeyondLimit();
        return accepted;
    }

    /// <inheritdoc/>
    public async Task Complete(ExchangeId exchange, long epoch, Draft draft)
    {
        using var step = Traces.Begin("decide");
        Decision? decision = null;
        PassedOn? passedOn = null;
        var took = TimeSpan.Zero;
        (CustomerId? unknownOf, CustomerId? knownOf, var isWithPerson, var isStale) = (null, null, false, false);
        var (earlier, lacksEarlier) = (await Earlier(loaded), false);
        void Decide(ConversationEdit edit)
        {
            var conversation = edit.Conversation;
            (decision, passedOn, unknownOf, lacksEarlier) = (null, null, null, false);
            isStale = conversation.Exchange?.Id != exchange || conversation.Epoch != epoch;
            if (isStale || conversation.Exchange is not { } open)
                return;

            // That it was merged may only be found here. Whether a person has the one that goes on is asked outside of a decision.
            if (conversation.MergedInto is { } into && into != knownOf)
            {
                unknownOf = into;
                return;
            }

            // It is judged by what the drafter knew, and that is read outside of a decision as well.
            if (conversation.HasEarlier && earlier is null)
            {
                lacksEarlier = true;
                return;
            }

            var text = ExchangeReading.Read(conversation, open);
            decision = ReplyDecision.Decide(
                conversation, earlier is { } said && conversation.HasEarlier ? ExchangeReading.After(said, conversation, text) : text, draft, context.Rules);
            took = edit.Now - open.OpenedAt;
            passedOn = PassedOn.Of(conversation, open, decision, isWithPerson);
            if (passedOn is not null)
                return;
            edit.Apply(decision, draft);
            edit.End();
            LogDecided(logger, Customer, exchange, decision.Rule);
        }

        var counts = await Act(new(exchange.Value), Decide);
        while (unknownOf is not null || lacksEarlier)
        {
            if (unknownOf is { } goesOn)
            {
                // Whoever was called there for what somebody else may have written is awaited by nobody, and the assistant goes on.
                isWithPerson = await store.Load(goesOn, CancellationToken.None) is not { Handoff: null, Escalation: null or { IsAnothers: true } };
                knownOf = goesOn;
            }

            if (lacksEarlier)
                earlier = await Earlier(loaded);
            counts = await Act(new(exchange.Value), Decide);
        }

        if (isStale)
            LogStaleDraft(logger, Customer, exchange);
        step?.SetTag("fte.conversation", Customer).SetTag("fte.exchange", exchange).SetTag("fte.rule", decision?.Rule);
        if (passedOn is not null)
            await PassOn(passedOn);
        if (counts)
            metrics.Decided(decision, took);
    }

    /// <inheritdoc/>
    public async Task Undeliverable(CommandId command, string destination, string cause, MessageId message)
    {
        var isMissed = false;
        await Act(command, edit => isMissed = edit.Conversation.Version > 0 && edit.Undeliverable(destination, cause, message));
        // Whoever is to look is called to where the customer goes on: here nobody does.
        if (isMissed && loaded is { MergedInto: { } into })
            await Other(into).Undeliverable(command, destination, cause, message);
    }

    /// <inheritdoc/>
    public Task Delayed(CommandId command, string destination, string cause) => Act(command, edit =>
    {
        if (edit.Conversation.Version > 0)
            edit.Say(Actor.System, MessageKind.Note, Wording.Delayed(Undelivered.Road(destination), cause));
    });

    /// <inheritdoc/>
    public Task<ActResult> SendCode(CommandId command, Channel channel, string address, string code) => Do(command, edit =>
    {
        // The wish for a code may be the first that is heard of somebody: the conversation begins with it.
        if (edit.Conversation.IsGone)
            return ActOutcome.NoConversation;
        edit.SendCode(channel, address, code);
        return ActOutcome.Done;
    });

    /// <inheritdoc/>
    public Task<ActResult> TakeOver(CommandId command, Operator by, bool fromHolder = false) => Do(
        command, edit => edit.Conversation is { MergedInto: not null, Handoff: null, Escalation: null } ? ActOutcome.Merged : edit.TakeOver(by, fromHolder));

    /// <inheritdoc/>
    public Task<ActResult> HandBack(CommandId command, Operator by) => Do(command, edit => edit.HandBack(by));

    /// <inheritdoc/>
    public Task<ActResult> Reply(CommandId command, Operator by, string text) => Do(command, edit => edit.Reply(command, by, text), text);

    /// <inheritdoc/>
    public async Task<ActResult> Answer(CommandId command, Operator by, Draft draft)
    {
        string? broken = null;
        var result = await Do(command, edit =>
        {
            var outcome = edit.Answer(command, by, draft, out var rule);
            broken = rule;
            return outcome;
        }, draft.Text);
        return result.Outcome is ActOutcome.AgainstRules ? result with { Rule = broken } : result;
    }

    /// <inheritdoc/>
    public Task<ActResult> AddNote(CommandId command, Operator by, string text) => Do(command, edit => edit.AddNote(command, by, text), text);

    /// <inheritdoc/>
    public Task<ActResult> Resolve(CommandId command, Operator by, string notes) => Do(command, edit => edit.Resolve(by, notes));

    /// <summary>What was said with the customer elsewhere too; null where it is not known that they were elsewhere.</summary>
    private async Task<ImmutableArray<HistoryEntry>?> Earlier(Conversation? conversation) =>
        conversation is { HasEarlier: true } ? await history.Read(Customer, ICustomerHistory.DefaultLimit, CancellationToken.None) : null;

    private async Task<Accepted> Take(IncomingMessage message)
    {
        Accepted? accepted = null;
        if (await Act(new(message.Id.Value), edit => accepted = Decide(edit)))
            return accepted switch
            {
                // The customer is known as another one by now, and goes on there.
                null => await Other(loaded!.MergedInto!.Value).Accept(message with { Parted = null }),
                // What was taken before all that is told as the duplicate that it is.
                { Outcome: AcceptOutcome.Elsewhere } when await store.FindDelivered(message.Channel, message.ChannelMessageId, CancellationToken.None) is { } before
                    => Intake.Repeated(before.Message, message, context.Options),
                _ => accepted,
            };

        // Delivered before: perhaps so long ago that it is no longer at hand, perhaps by this very call when it was made the first time.
        var known = await store.FindDelivered(message.Channel, message.ChannelMessageId, CancellationToken.None)
            ?? throw new InvalidOperationException("A message that is in the record already cannot be found there.");
        return Intake.Repeated(known.Message, message, context.Options);

        // Null where the customer is known as another one.
        Accepted? Decide(ConversationEdit edit) => edit.Conversation switch
        {
            { IsGone: true } => new(AcceptOutcome.NoCustomer, message.Id, 0, message.TicketId, message.ReceivedAt),
            { MergedInto: not null } or { HasEarlier: true } when message.StaysIn(edit.Conversation) => new(AcceptOutcome.Elsewhere, message.Id, 0, message.TicketId, message.ReceivedAt),
            { MergedInto: not null } => null,
            _ => edit.Accept(message),
        };
    }

    /// <summary>An act whose result tells how the conversation stands, and which message it wrote; a repeated command is found by that message.</summary>
    private async Task<ActResult> Do(CommandId command, Func<ConversationEdit, ActOutcome> decide, string? words = null)
    {
        ActOutcome? Before(Conversation conversation) => Wrote(conversation, command) switch
        {
            null => null,
            { } before when words is not null && before.Text != SafeText.Clean(words) => ActOutcome.Conflict,
            _ => ActOutcome.Done,
        };
        ActOutcome? decided = null;
        var outcome = await Act(command, edit => decided = Before(edit.Conversation) ?? decide(edit)) ? decided : Before(loaded!);
        var wrote = Wrote(loaded!, command);
        return new(outcome ?? ActOutcome.Done, loaded!, wrote?.Id, wrote?.Sequence ?? 0);
    }

    private static Message? Wrote(Conversation conversation, CommandId command) =>
        conversation.Recent.LastOrDefault(message => message.Id.Value == command.Value);
}
