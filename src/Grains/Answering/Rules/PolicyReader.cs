using System.Collections.Immutable;

namespace FteAgent.Answering.Rules;

/// <summary>
/// Reads a company's handbook for when to hand over. What it names is turned on; what it narrows is narrowed; what it
/// leaves out of its list stays as the product promises, save what only limits the assistant (competitors, languages).
/// Security, law, a wish for a person and two unhappy messages in a row cannot be turned off.
/// </summary>
public static class PolicyReader
{
    private const int MaxTriggers = 500;
    private const int FewestTopicWords = 2;
    private const int MostTopicWords = 6;

    private static readonly ImmutableHashSet<RuleFamily> OnlyWhenListed = [RuleFamily.Competitor, RuleFamily.Language];

    private static readonly ImmutableHashSet<RuleFamily> WaitToBeNamed =
        [RuleFamily.Compliance, RuleFamily.Outage, RuleFamily.Cancellation, RuleFamily.Churn, RuleFamily.PublicReview];

    private static readonly ImmutableHashSet<RuleFamily> NeverOff =
        [RuleFamily.Security, RuleFamily.Legal, RuleFamily.Privacy, RuleFamily.Person, RuleFamily.Aggression, RuleFamily.Internals, RuleFamily.Sentiment, RuleFamily.Refund];

    private static readonly PhraseSet NarrowPricing = new([
        "custom|discount*|negotiat*|volume|bulk|enterprise|match|special|beyond|deal|deals|quote|quotes|exception|exceptions|competitor's|competitor|unlisted",
    ]);

    private static readonly PhraseSet LeftToSearch = new([
        "knowledge ..1 base|gap|search*",
        "search|searches",
        "find|relevant ..2 information",
        "documentation|docs|documented|confidence|uncertain|unsure|accuracy",
        "unusual|scenario|scenarios|assumptions|edge",
    ]);

    private static readonly PhraseSet Conditional = new(["if urgent|needed|necessary|possible|required", "log ..4 feedback|feature"]);

    private static readonly PhraseSet OnlyForSecurity = new([
        "due|because|owing|related ..2 security",
        "for security ..1 reason|reasons|concern|concerns|purposes",
    ]);

    private static readonly PhraseSet Threshold = new(["sentiment"]);

    private static readonly ImmutableHashSet<string> EmptyTopicWords =
        [.. ("a an and any are as asks ask asked at be been being beyond by can customer customers user users client explicitly directly detailed for from has have help in into is issue issues inquiries inquiry it its of on or over question questions reason report reporting reports request requested requesting requests require requires requiring " +
            "support that the their them they this to wants want when which who with without assistance assist mention mentions mentioned about regarding related need needs problem problems involve involves involving concern concerns case cases message messages assist all more than other need agent ai escalate escalation immediately says say said not no up used may might name names mentioned indicate single multiple general potential complex standard available e g etc # via").Split(' ')];

    private static readonly string[][] Synonyms =
    [
        ["setup", "set", "configure", "configuration", "configur", "configuring", "enable", "implement"], ["delete", "deletion", "remove", "removal", "clos", "close", "closure", "deactivate", "delet"], ["transfer", "change", "move", "reassign", "hand", "chang"], ["owner", "ownership", "ownershi"],
        ["slow", "performance", "lag", "latency"], ["user", "member", "seat", "people"], ["down", "outage", "unavailable", "offline", "unavailabl"], ["migrate", "migration", "migrat", "migr"], ["sso", "saml"], ["integration", "integrate", "integrat", "integr"], ["workspace", "organization", "account", "organiz"], ["roadmap", "upcoming", "planned"], ["dispute", "contest", "disput"],
    ];

    /// <summary>Reads the documents of one handbook.</summary>
    public static EscalationPolicy Read(params IEnumerable<string> documents)
    {
        var lines = documents.SelectMany(HandbookParser.Parse).ToList();
        var escalate = lines.Where(line => line.Section == HandbookSection.Escalate).ToList();
        var competitors = lines.SelectMany(Competitors).Distinct(StringComparer.OrdinalIgnoreCase).ToImmutableArray();
        if (escalate.Count == 0)
            return competitors.IsEmpty ? EscalationPolicy.Default : EscalationPolicy.Default with { Competitors = competitors };

        var named = escalate.SelectMany(Families).ToHashSet();
        var off = OnlyWhenListed.Where(family => !named.Contains(family)).ToHashSet();
        if (IsOnlyForSecurity(escalate, RuleFamily.Ownership))
            off.Add(RuleFamily.Ownership);
        off.UnionWith(lines.Where(line => line.Section == HandbookSection.Exempt).SelectMany(Exempted).Where(family => !named.Contains(family)));
        off.ExceptWith(NeverOff);
        var (triggers, unread) = Triggers(escalate);
        return EscalationPolicy.Default with
        {
            Off = [.. off],
            Named = [.. named.Where(WaitToBeNamed.Contains)],
            ListPricesAreAnswered = IsPricingNarrowed(escalate),
            AnswersBeforePerson = AnswersBeforePerson(escalate) ?? EscalationPolicy.Default.AnswersBeforePerson,
            SentimentThreshold = SentimentThreshold(escalate) ?? EscalationPolicy.AlwaysUnhappyBelow,
            Languages = off.Contains(RuleFamily.Language) ? [] : EscalationPolicy.Default.Languages,
            Competitors = competitors,
            Triggers = triggers,
            NotUnderstood = unread,
        };
    }

    private static IEnumerable<RuleFamily> Families(HandbookLine line)
    {
        var own = HandbookFamilies.Of($"{line.Label}. {line.Text} {string.Join(". ", line.Keywords)}");
        return Conditional.Matches(Reading.Of(line.Text)) ? [] : own.Concat(HandbookFamilies.Of(line.Heading));
    }

    /// <summary>Exempt lines turn off what they name plainly; a how-to that mentions a topic is no such statement.</summary>
    private static IEnumerable<RuleFamily> Exempted(HandbookLine line) =>
        HandbookFamilies.Of(line.Text).Where(family => Reading.Of(line.Text).Tokens.Length <= 4 && !NeverOff.Contains(family));

    private static bool IsOnlyForSecurity(List<HandbookLine> escalate, RuleFamily family)
    {
        var about = escalate.Where(line => HandbookFamilies.Of(line.Text).Contains(family)).ToList();
        return about.Count > 0 && about.TrueForAll(line => OnlyForSecurity.Matches(Reading.Of(line.Text)));
    }

    /// <summary>Prices are narrowed when all that the handbook says of them is about offers: discounts, quotes, negotiation.</summary>
    private static bool IsPricingNarrowed(List<HandbookLine> escalate)
    {
        var about = escalate.SelectMany(Statements).Where(text => HandbookFamilies.Of(text).Contains(RuleFamily.Pricing)).ToList();
        return about.Count > 0 && about.TrueForAll(text => NarrowPricing.Matches(Reading.Of(text)));
    }

    private static IEnumerable<string> Statements(HandbookLine line) =>
        line.Keywords.Count > 0 ? line.Keywords : [line.Text];

    private static double? SentimentThreshold(List<HandbookLine> escalate)
    {
        foreach (var line in escalate.Where(line => Threshold.Matches(Reading.Of($"{line.Heading}. {line.Text}"))))
        {
            var at = line.Text.IndexOfAny(['<', '≤']);
            var below = at >= 0 ? at + 1 : line.Text.IndexOf("below ", StringComparison.OrdinalIgnoreCase) is >= 0 and var word ? word + "below ".Length : -1;
            if (below < 0)
                continue;
            var figure = new string([.. line.Text[below..].TrimStart(' ', '=').TakeWhile(c => char.IsAsciiDigit(c) || c == '.')]).TrimEnd('.');
            if (double.TryParse(figure, System.Globalization.CultureInfo.InvariantCulture, out var threshold) && threshold is > 0 and < 1)
                return threshold;
        }

        return null;
    }

    /// <summary>"Three or more messages without a solution": a person comes with the third, so two answers were given before.</summary>
    private static int? AnswersBeforePerson(List<HandbookLine> escalate)
    {
        foreach (var line in escalate.Where(line => HandbookFamilies.Of(line.Text).Contains(RuleFamily.Repeat)))
        {
            var words = Reading.Of(line.Text).Tokens;
            for (var i = 0; i < words.Length; i++)
            {
                if (Number(words[i].Word) is { } times && words.Skip(i + 1).Take(4).Any(word => word.Word is "messages" or "times" or "follow" or "attempts" or "contacts" or "requests"))
                    return times - 1;
            }
        }

        return null;
    }

    private static int? Number(string word) => word switch
    {
        "two" or "twice" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        [>= '2' and <= '9'] => word[0] - '0',
        _ => null,
    };

    private static (ImmutableArray<HandbookTrigger> Triggers, ImmutableArray<string> NotUnderstood) Triggers(List<HandbookLine> escalate)
    {
        var triggers = new List<HandbookTrigger>();
        var unread = new List<string>();
        foreach (var line in escalate)
        {
            var families = Families(line).ToList();
            var read = Reading.Of(line.Text);
            List<HandbookTrigger> own = [];
            if (line.Keywords.Count > 0)
                own.AddRange(line.Keywords.Select(keyword => Keyword(keyword, line)).OfType<HandbookTrigger>());
            else if (HandbookFamilies.Of(line.Text).Any(family => !NeedsTopic(family)) || LeftToSearch.Matches(read) || Conditional.Matches(read))
                continue;
            else if (Topic(line) is { } topic)
                own.Add(topic);
            else if (families.Count == 0)
                unread.Add(line.Text);

            // What is past the limit calls nobody, and whoever wrote it should know.
            if (own.Count > 0 && triggers.Count >= MaxTriggers)
                unread.Add(line.Text);
            else
                triggers.AddRange(own);
        }

        return ([.. triggers], [.. unread]);
    }

    /// <summary>Ownership and compliance come in many shapes in handbooks ("ownership transfer"), so their own words count beside the family's rule.</summary>
    private static bool NeedsTopic(RuleFamily family) => family is RuleFamily.Ownership or RuleFamily.Legal;

    private static HandbookTrigger? Keyword(string keyword, HandbookLine line)
    {
        var words = Reading.Of(keyword).Tokens.Select(token => token.Word).ToList();
        if (words.Count == 0 || WordSenses.ReadInContext.Contains(keyword.ToLowerInvariant()) || !words.Any(word => word.Any(char.IsLetter)))
            return null;
        var family = HandbookFamilies.Of(keyword).Concat(HandbookFamilies.Of(line.Heading)).Concat(HandbookFamilies.Of(line.Text)).Append(RuleFamily.Handbook).First();
        // Competitors' names have a rule of their own, which lets "import from ..." pass.
        return family == RuleFamily.Competitor && Competitors(line).Contains(keyword)
            ? null
            : new HandbookTrigger(keyword, [.. words.Select(word => ImmutableArray.Create(word, Stem.Of(word)))], InOrder: true, HandbookFamilies.Reason(family), HandbookFamilies.Urgency(family), line.Channel);
    }

    private static HandbookTrigger? Topic(HandbookLine line)
    {
        var words = TopicWords(line.Text.Split('(')[0]);
        var families = Families(line).Append(RuleFamily.Handbook).First();
        return words.Length is >= FewestTopicWords and <= MostTopicWords
            ? new HandbookTrigger(line.Text, words, InOrder: false, HandbookFamilies.Reason(families), HandbookFamilies.Urgency(families), line.Channel)
            : null;
    }

    /// <summary>
    /// Reads a topic such as <c>salaries of employees</c>: its telling words, in any order within a sentence, with their plurals and the like. Null
    /// where it has none, or more than six.
    /// </summary>
    public static HandbookTrigger? Topic(string topic, EscalationReason reason, Urgency urgency)
    {
        var words = TopicWords(topic);
        return words.Length is >= 1 and <= MostTopicWords ? new(topic, words, InOrder: false, reason, urgency) : null;
    }

    /// <summary>The telling words of a topic, each with what means the same.</summary>
    private static ImmutableArray<ImmutableArray<string>> TopicWords(string text)
    {
        var words = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        foreach (var part in text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            // "SSO/SAML" names one thing twice.
            var alternatives = part.Split('/').SelectMany(one => Reading.Of(one).Tokens).Select(token => token.Word).Where(word => !EmptyTopicWords.Contains(word) && word.Any(char.IsLetter)).ToList();
            if (alternatives.Count == 0)
                continue;
            words.Add([.. alternatives.SelectMany(word => WithSynonyms(word)).Distinct()]);
        }

        return words.ToImmutable();
    }

    private static IEnumerable<string> WithSynonyms(string word)
    {
        var stem = Stem.Of(word);
        // The stem of "layoffs" is not that of "layoff".
        string[] own = [word, stem, word.TrimEnd('s')];
        return Synonyms.FirstOrDefault(group => group.Contains(word) || group.Contains(stem)) is { } group ? group.Concat(own) : own;
    }

    /// <summary>Names after "competitors:" or in a list that a line about competitors holds; a name begins with a capital.</summary>
    private static IEnumerable<string> Competitors(HandbookLine line)
    {
        var text = line.Text;
        var about = $"{line.Heading} {line.Label} {text}";
        if (text.Contains('[') || !about.Contains("competitor", StringComparison.OrdinalIgnoreCase))
            return [];
        var list = text.IndexOf(':') is >= 0 and var colon ? text[(colon + 1)..] : line.Keywords.Count > 0 ? string.Join(',', line.Keywords) : text;
        return list.Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(name => name.Split('(')[0].Trim(' ', '.', '"'))
            .Where(name => name.Length is > 1 and <= 30 && char.IsUpper(name[0]) && name.Split(' ').Length <= 3)
            .Where(_ => list.Contains(','));
    }
}
