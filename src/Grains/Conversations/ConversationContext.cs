using FteAgent.Answering.Rules;
using FteAgent.Tickets;

namespace FteAgent.Conversations;

/// <summary>What every decision about a conversation goes by: settings, rules, hours, and the clock that mints ids.</summary>
/// <param name="Options">The times a conversation runs by.</param>
/// <param name="Hours">When people work.</param>
/// <param name="Rules">The rules around the model.</param>
/// <param name="Time">The clock.</param>
/// <param name="Silo">This run of this silo, which works the exchanges opened here.</param>
/// <param name="NotifiesEscalations">Whether there is an address that is told of escalations.</param>
internal sealed record ConversationContext(
    ConversationOptions Options,
    BusinessHours Hours,
    RuleBook Rules,
    TimeProvider Time,
    SiloIncarnation Silo,
    bool NotifiesEscalations);
