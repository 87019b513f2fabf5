using System.Collections.Concurrent;
using System.Collections.Immutable;
using FteAgent.Answering;
using FteAgent.Answering.Rules;
using FteAgent.Conversations;
using FteAgent.Knowledge;

namespace FteAgent.Evals.Tickets;

/// <summary>A set of tickets with the rules and documents of those whom they were sent to.</summary>
internal sealed class TicketSet
{
    private const int Seed = 6_011;

    private readonly IReadOnlyList<SupportTicket> tickets;
    private readonly Dictionary<string, RuleBook> books;
    private readonly Dictionary<string, List<Document>> documents;

    private TicketSet(EvalData data, string name)
    {
        tickets = [.. data.Questions($"{name}/tickets.jsonl").Select(SupportTicket.Read)];
        books = EscalationEval.RulesBySource(data.Sources($"{name}/rules.jsonl"));
        documents = data.Sources($"{name}/corpus.jsonl").GroupBy(line => line.Text("source"))
            .ToDictionary(source => source.Key, source => source.Select(Corpora.ToDocument).ToList());
    }

    /// <summary>The set, or null where it is not here.</summary>
    public static TicketSet? Open(EvalData data, string name) => data.Has($"{name}/tickets.jsonl") ? new(data, name) : null;

    /// <summary>Answers them all, each source by a desk and an index of its own.</summary>
    /// <param name="run">Which run it is: 0 takes documents and tickets as they stand in the files, every other in an order of its own.</param>
    /// <param name="models">Who answers from an index, one after another.</param>
    /// <param name="options">The times that hold.</param>
    /// <param name="most">How many tickets at most.</param>
    /// <param name="atOnce">How many are drafted at a time.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<IReadOnlyList<TicketOutcome>> Answer(
        int run, Func<KnowledgeIndex, ImmutableArray<IChatModel>> models, ConversationOptions options, int most, int atOnce, CancellationToken cancellationToken)
    {
        var random = new Random(Seed + run);
        var outcomes = new ConcurrentDictionary<string, TicketOutcome>(StringComparer.Ordinal);
        foreach (var source in InOrder(tickets.Take(most).GroupBy(ticket => ticket.Source), run, random))
        {
            var index = await Corpora.Index(InOrder(documents.GetValueOrDefault(source.Key, []), run, random));
            var desk = new Desk(books.GetValueOrDefault(source.Key) ?? new RuleBook(EscalationPolicy.Default), index, models(index), options);
            await Parallel.ForEachAsync(
                InOrder(source, run, random), new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken },
                async (ticket, token) => outcomes[ticket.Id] = await desk.Take(ticket, token));
        }

        return [.. tickets.Take(most).Select(ticket => outcomes[ticket.Id])];
    }

    private static IEnumerable<T> InOrder<T>(IEnumerable<T> items, int run, Random random)
    {
        var all = items.ToArray();
        if (run > 0) random.Shuffle(all);
        return all;
    }
}
