using System.Collections.Immutable;
using System.Text.RegularExpressions;
using FteAgent.Answering;
using FteAgent.Conversations;
using FteAgent.Knowledge;
using FteAgent.Texts;

namespace FteAgent.Learning;

/// <summary>What a resolved ticket teaches: the customer's question, and what an operator answered, without the customer.</summary>
internal static partial class Proposal
{
    /// <summary>Fewer telling words are no question, and no answer: "one moment, please".</summary>
    private const int FewestTerms = 2;

    /// <summary>More of them tell no question from another.</summary>
    private const int EnoughTerms = 50;

    /// <summary>What such matters say is nobody else's business, whatever is taken out of it.</summary>
    private static readonly ImmutableArray<string> ConfidentialRoutes = [EscalationRoute.Security, EscalationRoute.Legal, "privacy"];

    /// <summary>What would be proposed; null where there is nothing to learn, or nothing that may be.</summary>
    public static ProposedText? Of(ResolvedMatter matter)
    {
        if (!MayBeLearned(matter))
            return null;
        var first = matter.Messages.FirstOrDefault(message => IsAnswer(message));
        if (first is null || Question(matter.Messages.Where(message => message.Sequence < first.Sequence)) is not { } asked)
            return null;

        var redaction = new Redaction(matter.People, matter.Ticket.Id);
        var question = Cut(OneLine(redaction.Hide(asked.Text)), Article.QuestionLimit);
        // Each by itself: a greeting stands at the beginning of a message. What is taken out does not count as said.
        var answer = string.Join("\n\n", matter.Messages
            .Where(message => IsAnswer(message))
            .Select(message => Greeting().Replace(redaction.Hide(message.Text.Trim()), "", 1))
            .Where(text => Terms(text) >= FewestTerms));
        return Terms(question) < FewestTerms || answer.Length == 0 ? null : new(question, Cut(answer, Article.AnswerLimit));
    }

    /// <summary>
    /// What the customer asked before an operator answered, without the person; of much that which says most, in the order in which it was said. None where
    /// nothing may be learned.
    /// </summary>
    public static ImmutableArray<string> Asked(ResolvedMatter matter, int most)
    {
        if (!MayBeLearned(matter) || matter.Messages.FirstOrDefault(message => IsAnswer(message)) is not { } first)
            return [];
        var redaction = new Redaction(matter.People, matter.Ticket.Id);
        return
        [
            .. matter.Messages.TakeWhile(message => message.Sequence < first.Sequence)
                .Where(message => message is { Author.Kind: ActorKind.Customer, Kind: MessageKind.Text })
                .Select((message, place) => (Text: Redaction.WithoutMarks(redaction.Hide(message.Text)), Place: place))
                .Where(asked => Terms(asked.Text) >= FewestTerms)
                .OrderByDescending(asked => Fullness(asked.Text)).ThenBy(asked => asked.Place).Take(most)
                .OrderBy(asked => asked.Place).Select(asked => asked.Text),
        ];
    }

    /// <summary>How much words say: the fullest of several messages is what was asked.</summary>
    public static int Fullness(string text) => Math.Min(Terms(text), EnoughTerms);

    private static bool MayBeLearned(ResolvedMatter matter) =>
        matter.Ticket is { MayBeAnothers: false, IsToLookAt: false, Resolution.By.Kind: ActorKind.Operator }
        && !matter.Escalations.Any(IsConfidential)
        && !matter.Messages.Any(message => matter.Hidden.Any(part => part.Holds(message.Sequence)));

    private static bool IsConfidential(Escalation escalation) =>
        escalation.IsAnothers || ConfidentialRoutes.Contains(escalation.Route) || ConfidentialRoutes.Contains(EscalationRoute.Of(escalation.Reason));

    private static bool IsAnswer(Message message) =>
        message is { Author.Kind: ActorKind.Operator, Kind: MessageKind.Text } && Terms(message.Text) >= FewestTerms;

    /// <summary>Of what the customer said before they were answered, that which says most; the first of equals.</summary>
    private static Message? Question(IEnumerable<Message> before) =>
        before.Where(message => message is { Author.Kind: ActorKind.Customer, Kind: MessageKind.Text })
            .MaxBy(message => Fullness(message.Text));

    private static int Terms(string text)
    {
        var terms = 0;
        var reader = new TermReader(Redaction.WithoutMarks(text));
        while (reader.MoveNext())
            terms += Chatter.IsTelling(reader.Current) ? 1 : 0;
        return terms;
    }

    private static string OneLine(string text) => Space().Replace(text, " ").Trim();

    /// <summary>Cuts at a word's end, and says so.</summary>
    private static string Cut(string text, int limit)
    {
        if (text.Length <= limit)
            return text;
        var end = text.LastIndexOf(' ', limit - 2);
        if (end < limit / 2)
            end = SafeCut.Place(text, limit - 1);
        return $"{text[..end].TrimEnd()}…";
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Space();

    [GeneratedRegex(
        @"^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b(?:\s+(?:there|again|all|mr|mrs|ms|\[name\])\.?)*\s*[,.!\n]+\s*",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Greeting();
}
