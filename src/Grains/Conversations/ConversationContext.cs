using FteAgent.Answering.Rules;
using FteAgent.Tickets;

namespace FteAgent.Conversations;

/// <summary>What every decision about a conversation goes by: settings, rules, hours, and the clock that mints ids.</summary>
/// <param name="Options">The times a conversation runs by.</param>
/// <param name="Hours">When people work.</param>
/// <param name="Rules">The rules around the model.</param>
/// <param name="Time">The clock.</param>
/// <param name="Silo">This run of this silo, which works the exchanges opened here.</param>
/// <param name="Replies">How replies look that leave our own pages.</param>
/// <param name="Roads">Which ways out there are.</param>
internal sealed record ConversationContext(
    ConversationOptions Options,
    BusinessHours Hours,
    RuleBook Rules,
    TimeProvider Time,
    SiloIncarnation Silo,
    ReplyOptions Replies,
    Roads Roads);

/// <summary>Which ways out this deployment has: what goes by one that is not there is not written down to be sent.</summary>
/// <param name="NotifiesEscalations">There is an address that is told of escalations.</param>
/// <param name="Mails">Mails can be sent.</param>
/// <param name="Publishes">Other systems are told by events.</param>
internal sealed record Roads(bool NotifiesEscalations, bool Mails, bool Publishes);
