using System.Collections.Immutable;
using FteAgent.Customers;
using FteAgent.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Conversations;

/// <summary>What goes wrong with a commit.</summary>
public enum Loss
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is not done.</summary>
    NotWritten,

    /// <summary>It is done, and its answer gets lost.</summary>
    Answer,

    /// <summary>It is done, its answer gets lost, and it is sent again, as groups of commits are.</summary>
    AnswerAndSentAgain,

    /// <summary>It is done, its answer gets lost, and then the record is away.</summary>
    AnswerAndRecord,
}

/// <summary>The real record, which loses something at the next commit.</summary>
internal sealed class LosingRecord
{
    /// <summary>What goes wrong next; once.</summary>
    public Loss Next { get; set; }

    /// <summary>Whether conversations can be neither read nor written.</summary>
    public bool IsAway { get; set; }

    /// <summary>Told of each commit before it is done.</summary>
    public Action? Committing { get; set; }

    public void Wrap(IServiceCollection services)
    {
        var real = services.Last(service => service.ServiceType == typeof(IConversationStore));
        services.AddSingleton<IConversationStore>(provider => new Store(this, (IConversationStore)(
            real.ImplementationInstance ?? real.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, real.ImplementationType!))));
    }

    private sealed class Store(LosingRecord owner, IConversationStore real) : IConversationStore
    {
        public async Task<CommitOutcome> Commit(ConversationChanges changes, CancellationToken cancellationToken)
        {
            owner.Committing?.Invoke();
            var loss = owner.Next;
            owner.Next = Loss.None;
            if (loss is Loss.NotWritten)
                throw new IOException("the disk is full");

            var outcome = await Reached.Commit(changes, cancellationToken);
            owner.IsAway = loss is Loss.AnswerAndRecord;
            return loss switch
            {
                Loss.None => outcome,
                Loss.AnswerAndSentAgain => await real.Commit(changes, cancellationToken),
                _ => throw new IOException("the connection broke"),
            };
        }

        public Task<Conversation> Load(CustomerId customer, CancellationToken cancellationToken) => Reached.Load(customer, cancellationToken);

        public Task<bool> WasCommitted(CustomerId customer, CommandId command, CancellationToken cancellationToken) =>
            Reached.WasCommitted(customer, command, cancellationToken);

        public Task<DeliveredMessage?> FindDelivered(Channel channel, string channelMessageId, CancellationToken cancellationToken) =>
            Reached.FindDelivered(channel, channelMessageId, cancellationToken);

        public Task<ImmutableArray<Message>> Read(CustomerId customer, long after, int limit, bool includeNotes, CancellationToken cancellationToken) =>
            Reached.Read(customer, after, limit, includeNotes, cancellationToken);

        public Task<ImmutableArray<Ticket>> Tickets(CustomerId customer, CancellationToken cancellationToken) => Reached.Tickets(customer, cancellationToken);

        public Task<ImmutableArray<Escalation>> Escalations(CustomerId customer, CancellationToken cancellationToken) =>
            Reached.Escalations(customer, cancellationToken);

        private IConversationStore Reached => owner.IsAway ? throw new RecordUnavailableException("The record is away.") : real;
    }
}
