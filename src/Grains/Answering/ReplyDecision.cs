using FteAgent.Answering.Rules;
using FteAgent.Conversations;

namespace FteAgent.Answering;

/// <summary>
/// Decides what becomes of an exchange: rules before the model, the draft, rules after it. Pure, and the only place where it is
/// decided; the rule that settled it is recorded with the answer.
/// </summary>
internal static class ReplyDecision
{
    /// <summary>What was asked while two were one who were parted before it was answered.</summary>
    public const string PartedRule = "M3.parted";

    /// <summary>So many messages without any text in a row need a person.</summary>
    private const int EmptyMessagesLimit = 3;

    /// <summary>Whether the rules settle this exchange whatever a model would say, so that none is asked.</summary>
    public static bool NeedsNoDraft(Conversation conversation, ExchangeText text, RuleBook rules) =>
        BeforeDraft(conversation, text, rules) is not null;

    /// <summary>Decides, with the draft at hand.</summary>
    public static Decision Decide(Conversation conversation, ExchangeText text, Draft draft, RuleBook rules)
    {
        var decision = BeforeDraft(conversation, text, rules) ?? FromDraft(text, draft, rules);
        return conversation.Escalation is { } awaited ? WhileAwaited(decision, awaited) : decision;
    }

    /// <summary>The rule that forbids to say what a draft says; null where none does, or where it answers nothing.</summary>
    public static RuleVerdict? Breach(ExchangeText text, Draft draft, RuleBook rules) => IsAnswer(draft) ? rules.After(draft, text) : null;

    private static bool IsAnswer(Draft draft) => draft.Failure is null && !draft.Citations.IsDefaultOrEmpty && !string.IsNullOrWhiteSpace(draft.Text);

    private static Decision? BeforeDraft(Conversation conversation, ExchangeText text, RuleBook rules)
    {
        if (conversation.Handoff is not null)
            return new Decision.StaySilent("handoff");
        if (conversation.Escalation is { } awaited && !Escalations.AssistantStillHelps(awaited.Reason))
            return BesidesAwaited(ByRules(text, rules), awaited);
        // Whose question it was, and so whom an answer may be shown to, nobody but a person can tell.
        if (conversation.Exchange is { } open && conversation.MessagesOf(open).Any(message => conversation.IsHidden(message.Sequence)))
            return new Decision.Escalate(EscalationReason.ServiceUnavailable, Urgency.Normal, PartedRule);
        if (text.Messages.IsEmpty)
            return new Decision.Escalate(EscalationReason.ServiceUnavailable, Urgency.Normal, "A5.failure");

        var answered = HoldsAnswer(conversation);
        var said = text.Messages.Select(message => rules.Classify(message, answered)).ToList();
        if (said.TrueForAll(speech => speech is Speech.Empty))
            return EmptyInARow(conversation) >= EmptyMessagesLimit
                ? new Decision.Escalate(EscalationReason.UnableToParseMessage, Urgency.Normal, "C7.empty")
                : new Decision.AskForText("C7.empty");
        if (ByRules(text, rules) is { } called)
            return called;
        return said.Contains(Speech.Matter) ? null : ToSmallTalk(conversation, said);
    }

    /// <summary>Only who says that it is solved closes a ticket: thanks may be mere courtesy, so that the ticket goes on waiting.</summary>
    private static Decision ToSmallTalk(Conversation conversation, List<Speech> said)
    {
        if (said.Contains(Speech.SolvedConfirmation) && conversation.Tickets.Any(Matters.CanBeConfirmed))
            return new Decision.Confirm("T6.confirmed");
        if (said.Contains(Speech.SolvedConfirmation) || said.Contains(Speech.Thanks))
            return new Decision.Reply(Wording.ThanksReceived, [], null, "thanks");
        return said.Contains(Speech.Greeting)
            ? new Decision.Reply(Wording.Greeting, [], null, "greeting")
            : new Decision.Reply(Wording.AskForMore, [], null, "filler");
    }

    private static Decision FromDraft(ExchangeText text, Draft draft, RuleBook rules)
    {
        if (draft.Failure is not null)
            return new Decision.Escalate(EscalationReason.ServiceUnavailable, Urgency.Normal, "A5.failure");
        if (Breach(text, draft, rules) is { } verdict)
            return ToEscalate(verdict);
        if (draft.NeedsPerson is { } reason)
            return new Decision.Escalate(reason, draft.Urgency is { } urgency && urgency > Least(reason) ? urgency : Least(reason), "A1.model");
        if (!IsAnswer(draft))
            return new Decision.Escalate(EscalationReason.NoEvidence, Urgency.Normal, "A3.no_evidence");
        // Two pages say otherwise, and neither is newer: which of them holds, a person has to say.
        if (draft.IsDisputed)
            return new Decision.Escalate(EscalationReason.NoEvidence, Urgency.Normal, "A3.contradiction");
        var formed = ReplyForm.Of(text.Channel).Form(draft.Text);
        return new Decision.Reply(formed.Text, draft.Citations, formed.Footer, "A3.answer");
    }

    /// <summary>A model that is steered by what it reads may hurry people, and not keep a breach from them.</summary>
    private static Urgency Least(EscalationReason reason) => reason switch
    {
        EscalationReason.Security => Urgency.Urgent,
        EscalationReason.Legal or EscalationReason.Privacy => Urgency.High,
        _ => Urgency.Normal,
    };

    /// <summary>
    /// While a person is awaited the assistant goes on helping where the documents answer, and says nothing else: asking for
    /// a person a second time or repeating that it cannot help would only add noise. The rule that was found is kept for whoever comes.
    /// </summary>
    private static Decision WhileAwaited(Decision decision, Escalation awaited) => decision switch
    {
        // They know of nobody who is awaited, and are answered as ever. What closes a matter is left to whoever comes.
        Decision.Reply or Decision.AskForText when awaited.IsAnothers => decision,
        Decision.Confirm when awaited.IsAnothers => new Decision.Reply(Wording.ThanksReceived, [], null, "thanks"),
        // Thanks for an answer in between do not settle what the person is awaited for.
        Decision.Reply { Citations.Length: > 0 } or Decision.StaySilent => decision,
        Decision.Escalate escalate when Escalations.Outweighs(escalate.Rule, escalate.Reason, escalate.Urgency, awaited) => decision,
        _ => BesidesAwaited(decision as Decision.Escalate, awaited),
    };

    /// <summary>What the person is awaited for already need not be noted once more.</summary>
    private static Decision.StaySilent BesidesAwaited(Decision.Escalate? found, Escalation awaited) =>
        new("awaited", found is not null && found.Rule != awaited.Rule ? found : null);

    private static Decision.Escalate? ByRules(ExchangeText text, RuleBook rules) =>
        !text.Messages.All(string.IsNullOrWhiteSpace) && rules.Before(text) is { } verdict ? ToEscalate(verdict) : null;

    private static Decision.Escalate ToEscalate(RuleVerdict verdict) => new(verdict.Reason, verdict.Urgency, verdict.RuleId);

    /// <summary>Whether an open matter was answered, by a person or from the documents: a greeting is no answer.</summary>
    private static bool HoldsAnswer(Conversation conversation) => conversation.Recent.Any(message =>
        message.Kind is MessageKind.Text
        && !conversation.IsHidden(message.Sequence)
        && (message.Author.Kind is ActorKind.Operator || !message.Citations.IsDefaultOrEmpty)
        && conversation.Tickets.Any(ticket => ticket.Id == message.TicketId));

    private static int EmptyInARow(Conversation conversation) =>
        conversation.Recent.Reverse().Where(message => message.IsFromCustomer()).TakeWhile(message => message.Text.Length == 0).Count();
}
