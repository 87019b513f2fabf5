using FteAgent.Answering;
using FteAgent.Operators;
using FteAgent.Tickets;

namespace FteAgent.Conversations;

/// <summary>
/// One customer's conversation, and its only writer: whatever must not race is settled here, one act at a time.
/// The key is the customer's id. Each act is durable when its task completes; repeated under the same command id it is done once.
/// </summary>
[Alias("fte.IConversationGrain")]
public interface IConversationGrain : IGrainWithStringKey
{
    /// <summary>Stores a customer's message and opens the exchange that will answer it. Returns in milliseconds; the answer comes later.</summary>
    [Alias("Accept")]
    Task<Accepted> Accept(IncomingMessage message);

    /// <summary>
    /// Brings a draft back for decision. It is dropped when the exchange is over or the epoch has moved: the customer wrote again,
    /// or a person took over.
    /// </summary>
    [Alias("Complete")]
    Task Complete(ExchangeId exchange, long epoch, Draft draft);

    /// <summary>The customer asks for a person, with or without words.</summary>
    [Alias("RequestPerson")]
    Task<ActResult> RequestPerson(CommandId command, string words);

    /// <summary>
    /// An operator takes the conversation: the assistant falls silent at once and a draft in the making is dropped.
    /// </summary>
    /// <param name="command">The act's id.</param>
    /// <param name="by">Who takes it.</param>
    /// <param name="fromHolder">Take it even from another operator who has it: people go home.</param>
    [Alias("TakeOver")]
    Task<ActResult> TakeOver(CommandId command, Operator by, bool fromHolder = false);

    /// <summary>The operator who has the conversation gives it back to the assistant.</summary>
    [Alias("HandBack")]
    Task<ActResult> HandBack(CommandId command, Operator by);

    /// <summary>The operator who has the conversation writes to the customer.</summary>
    [Alias("Reply")]
    Task<ActResult> Reply(CommandId command, Operator by, string text);

    /// <summary>
    /// A program that an operator let act for them answers in their name. Its words are held to the rules that the assistant's are held to, and the
    /// conversation is claimed in the same commit where nobody has it; it is taken from nobody.
    /// </summary>
    /// <param name="command">The act's id.</param>
    /// <param name="by">In whose name.</param>
    /// <param name="draft">The words, with quotes that were held against the documents (<see cref="IQuotedDrafts"/>).</param>
    [Alias("Answer")]
    Task<ActResult> Answer(CommandId command, Operator by, Draft draft);

    /// <summary>
    /// A program opens a matter for an operator, beside those that the customer has. Its id follows from the command's (<see cref="TicketId.Of"/>).
    /// Nobody is called by it, and the customer is promised nothing; they can read what it is called, which is held to the rules.
    /// </summary>
    /// <param name="command">The act's id.</param>
    /// <param name="by">In whose name.</param>
    /// <param name="subject">What it is about; cut at 200 characters.</param>
    /// <param name="category">What kind of matter.</param>
    /// <param name="priority">How pressing.</param>
    [Alias("OpenTicket")]
    Task<ActResult> OpenTicket(CommandId command, Operator by, string subject, TicketCategory category, TicketPriority priority);

    /// <summary>An operator leaves a private note.</summary>
    [Alias("AddNote")]
    Task<ActResult> AddNote(CommandId command, Operator by, string text);

    /// <summary>An operator says that the matter is settled. Ends the handoff and the escalation.</summary>
    [Alias("Resolve")]
    Task<ActResult> Resolve(CommandId command, Operator by, string notes);

    /// <summary>
    /// Something that was to be sent to the customer will not arrive: a person is told. The command is
    /// <see cref="Channels.OutboundMessage.Undeliverable"/>: a message of many parts is told of once.
    /// </summary>
    /// <param name="command">The act's id.</param>
    /// <param name="destination">Where it should have gone.</param>
    /// <param name="cause">Why it will not, in words without customer text.</param>
    /// <param name="message">The message that it carried.</param>
    [Alias("Undeliverable")]
    Task Undeliverable(CommandId command, string destination, string cause, MessageId message);

    /// <summary>Something that was sent to the customer has not arrived yet, and those who carry it go on trying: a note says so.</summary>
    /// <param name="command">The act's id: <see cref="Channels.OutboundMessage.Delayed"/>.</param>
    /// <param name="destination">Where it should have gone.</param>
    /// <param name="cause">Why it is late, in words without customer text.</param>
    [Alias("Delayed")]
    Task Delayed(CommandId command, string destination, string cause);

    /// <summary>Sends a code to an address that the customer says is theirs, for them to show that it is.</summary>
    /// <param name="command">The act's id.</param>
    /// <param name="channel">By which channel it goes.</param>
    /// <param name="address">To whom, in its normal form.</param>
    /// <param name="code">The code.</param>
    [Alias("SendCode")]
    Task<ActResult> SendCode(CommandId command, Channel channel, string address, string code);

    /// <summary>
    /// Somebody is needed here for what cannot be answered where it was asked: in a conversation that was merged into this one, whose exchange the
    /// command is named for, or nowhere, since the message could not be taken.
    /// </summary>
    /// <param name="command">The act's id.</param>
    /// <param name="reason">Why.</param>
    /// <param name="rule">The rule that decided it.</param>
    /// <param name="urgency">How soon.</param>
    /// <param name="words">A private note: what was asked, and where.</param>
    [Alias("TakeOn")]
    Task<ActResult> TakeOn(CommandId command, EscalationReason reason, string rule, Urgency urgency, string words);

    /// <summary>
    /// What the assistant would have said in a conversation that was merged into this one, for the person who has this one, and who is to answer it
    /// in time. The command's id is the exchange's.
    /// </summary>
    /// <param name="command">The act's id.</param>
    /// <param name="words">A private note.</param>
    [Alias("Remark")]
    Task<ActResult> Remark(CommandId command, string words);

    /// <summary>Does whatever is due: resumes an exchange, sends what is unsent, keeps promises about time. Sent by the sweeper.</summary>
    /// <param name="goneWorker">An incarnation that is not seen any more: if the exchange is still its own, this silo takes it over.</param>
    [Alias("Poke")]
    Task Poke(string? goneWorker);
}

/// <summary>How an act ended.</summary>
public enum ActOutcome
{
    /// <summary>It is done, or was done before.</summary>
    Done,

    /// <summary>Another operator has the conversation.</summary>
    HeldByAnother,

    /// <summary>Nobody has the conversation, so it must be claimed first.</summary>
    NotHeld,

    /// <summary>Nothing has been said in this conversation yet.</summary>
    NoConversation,

    /// <summary>The command was done before, with other words.</summary>
    Conflict,

    /// <summary>The customer goes on in another conversation, and nothing is open here.</summary>
    Merged,

    /// <summary>The words break a rule that a machine's words are held to: <see cref="ActResult.Rule"/>.</summary>
    AgainstRules,

    /// <summary>The conversation has as many open matters as it may have.</summary>
    TooMany,
}

/// <summary>How an act ended, with what it made.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Conversation">The conversation after it.</param>
/// <param name="MessageId">The message it wrote, if any.</param>
/// <param name="Sequence">That message's place.</param>
/// <param name="Rule">The id of the rule that the act broke, if it broke one.</param>
[GenerateSerializer, Immutable, Alias("fte.act-result")]
public sealed record ActResult(
    [property: Id(0)] ActOutcome Outcome,
    [property: Id(1)] Conversation Conversation,
    [property: Id(2)] MessageId? MessageId = null,
    [property: Id(3)] long Sequence = 0,
    [property: Id(4)] string? Rule = null);
