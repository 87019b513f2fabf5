using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using FteAgent.Answering;
using FteAgent.Answering.Rules;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Knowledge;
using FteAgent.Tickets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace FteAgent.Evals.Tickets;

/// <summary>
/// A company's support, of the product's own parts: its rules, the search in its documents, a model, the check of quotes, and the decision. What
/// comes in is settled as a silo would; nothing is written down.
/// </summary>
internal sealed class Desk
{
    private static readonly AnsweringMetrics Metrics =
        new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());

    private static readonly TimeProvider Time = TimeProvider.System;

    private static readonly Cores Turns = new();

    private readonly IKnowledgeIndex knowledge;
    private readonly ImmutableArray<IChatModel> models;
    private readonly ConversationContext context;

    public Desk(RuleBook rules, IKnowledgeIndex knowledge, ImmutableArray<IChatModel> models, ConversationOptions options)
    {
        (this.knowledge, this.models) = (knowledge, models);
        context = new(
            options, new BusinessHours(new() { AlwaysOpen = true }), rules, Time, SiloIncarnation.New(), new ReplyOptions(),
            new Roads(NotifiesEscalations: false, Mails: false, Publishes: false));
    }

    public async Task<TicketOutcome> Take(SupportTicket ticket, CancellationToken cancellationToken)
    {
        var conversation = Opened(ticket);
        ImmutableArray<HeardModel> heard = [.. models.Select(model => new HeardModel(model))];
        var chain = new ModelChain([.. heard], Turns, Metrics, Time, NullLogger<ModelChain>.Instance);
        var drafter = new Drafter(knowledge, chain, Turns, NothingBefore.Instance, NobodyWatches.Instance, context, Metrics, NullLogger<Drafter>.Instance);
        var since = Stopwatch.GetTimestamp();
        var draft = await drafter.Write(new ExchangeSnapshot(conversation, conversation.Exchange!), cancellationToken);
        var took = Stopwatch.GetElapsedTime(since);
        var decision = ReplyDecision.Decide(conversation, ExchangeReading.Read(conversation, conversation.Exchange!), draft, context.Rules);
        return new(ticket, decision, draft, took, heard.Sum(model => model.AskedAgain));
    }

    private static Conversation Opened(SupportTicket ticket)
    {
        var now = Time.GetUtcNow();
        ImmutableArray<Message> said =
        [
            .. ticket.Said.Select((text, place) => new Message(
                MessageId.Mint(Time), place + 1, Actor.Customer, MessageKind.Text, text, now, ticket.Channel, null, [])),
        ];
        return Conversation.New(new CustomerId(Guid.NewGuid())) with
        {
            LastSequence = said.Length,
            Recent = said,
            Exchange = new(ExchangeId.Mint(Time), now, 1, said.Length, 0, now, now, "", 0),
        };
    }

    /// <summary>Hears how often a model is asked again for what it said to quote.</summary>
    private sealed class HeardModel(IChatModel inner) : IChatModel
    {
        public int AskedAgain { get; private set; }

        public string Name => inner.Name;

        public bool LeavesTheDeployment => inner.LeavesTheDeployment;

        public Task<Draft> Draft(DraftRequest request, IDraftTools tools, CancellationToken cancellationToken)
        {
            if (request.Fault is not null) AskedAgain++;
            return inner.Draft(request, tools, cancellationToken);
        }
    }

    /// <summary>A first contact has no history.</summary>
    private sealed class NothingBefore : ICustomerHistory
    {
        public static NothingBefore Instance { get; } = new();

        public Task<ImmutableArray<HistoryEntry>> Read(CustomerId customer, int limit, CancellationToken cancellationToken) =>
            Task.FromResult(ImmutableArray<HistoryEntry>.Empty);
    }

    private sealed class NobodyWatches : ILiveSignals
    {
        public static NobodyWatches Instance { get; } = new();

        public void Wake(CustomerId customer)
        {
        }

        public void Status(CustomerId customer, string text)
        {
        }

        public ILiveWatch Watch(CustomerId? customer) => throw new NotSupportedException("Nobody watches an evaluation.");
    }
}
