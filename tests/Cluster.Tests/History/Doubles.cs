namespace FteAgent.Cluster.History;

/// <summary>Each message is stored once, each exchange answered once, each message answered in one answer.</summary>
internal static class Doubles
{
    public static IEnumerable<Finding> In(Evidence evidence)
    {
        foreach (var messages in evidence.ByMark.Where(messages => messages.Count() > 1))
            yield return Double(messages.First(), $"{messages.Key} is stored {messages.Count()} times");

        foreach (var given in evidence.Accepted.Where(acceptance => acceptance.MessageId is not null).GroupBy(acceptance => acceptance.Mark))
            if (given.Select(acceptance => (acceptance.MessageId, acceptance.Sequence)).Distinct().Count() > 1)
                yield return new(Harm.Doubled, given.First().Conversation, $"{given.Key} was sent again and accepted as another message");

        var answers = evidence.Record.Messages.Where(message => message is { Author: "assistant", Kind: "text" }).ToList();
        foreach (var exchange in answers.Where(answer => answer.Exchange is not null).GroupBy(answer => answer.Exchange).Where(exchange => exchange.Count() > 1))
            yield return Double(exchange.First(), $"exchange {exchange.Key} is answered {exchange.Count()} times");
        foreach (var mark in answers.SelectMany(answer => Load.Mark.In(answer.Text).Distinct().Select(mark => (mark, answer))).GroupBy(pair => pair.mark).Where(mark => mark.Count() > 1))
            yield return Double(mark.First().answer, $"{mark.Key} is answered {mark.Count()} times");
    }

    private static Finding Double(StoredMessage message, string what) => new(Harm.Doubled, message.Conversation, what);
}
