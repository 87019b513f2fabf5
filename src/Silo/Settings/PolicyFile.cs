using System.Collections.Immutable;
using System.Globalization;
using FteAgent.Answering;
using FteAgent.Answering.Rules;
using FteAgent.Silo.Commands;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace FteAgent.Silo.Settings;

/// <summary>
/// The policy of one deployment, in YAML or JSON: <c>POLICY_FILE</c>. What may never be spoken of, who gets which escalation, how answers are worded, in
/// which languages, and when people work. See docs/policy.md.
/// </summary>
/// <param name="Policy">When the assistant hands over, and to whom.</param>
/// <param name="Hours">When people work, as settings of the section <c>BusinessHours</c>; what is set there as well wins.</param>
internal sealed record PolicyFile(EscalationPolicy Policy, ImmutableDictionary<string, string?> Hours)
{
    /// <summary>The setting that names the file.</summary>
    public const string Setting = "POLICY_FILE";

    private const int LargestBytes = 256 * 1024;
    private const int MostTopics = 200;
    private const int LongestText = 200;

    /// <summary>Reads the file that is set; null where none is.</summary>
    /// <exception cref="UsageException">It cannot be read, or something in it cannot be taken: a sentence for each.</exception>
    public static PolicyFile? Read(IConfiguration configuration) => configuration[Setting] is { Length: > 0 } path ? Load(path) : null;

    /// <summary>Lets what it says of hours count where the settings say nothing.</summary>
    public void AddTo(IConfigurationBuilder configuration) =>
        configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = Hours });

    private static PolicyFile Load(string path)
    {
        var name = Path.GetFileName(path);
        var text = TextOf(path);
        var reader = new Reader(name, Path.GetDirectoryName(Path.GetFullPath(path))!);
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            return reader.Read(yaml.Documents.Count > 0 ? yaml.Documents[0].RootNode : new YamlMappingNode());
        }
        catch (YamlException broken)
        {
            throw new UsageException($"{Setting}: {name}, line {broken.Start.Line}: this is neither YAML nor JSON.");
        }
    }

    private static string TextOf(string path)
    {
        try
        {
            return new FileInfo(path).Length <= LargestBytes
                ? File.ReadAllText(path)
                : throw new UsageException($"{Setting} names a file of more than {LargestBytes / 1024} KiB: {path}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{Setting} names a file that cannot be read: {path}");
        }
    }

    /// <summary>Reads the tree and gathers all that is wrong with it.</summary>
    private sealed class Reader(string name, string folder)
    {
        private readonly List<string> faults = [];

        public PolicyFile Read(YamlNode root)
        {
            var policy = EscalationPolicy.Default;
            var hours = ImmutableDictionary<string, string?>.Empty;
            var members = Members(root, "the file");
            // The handbook first, wherever it stands: what else the file says is said on top of it.
            if (members.FirstOrDefault(member => member.Key == "handbook").Node is { } handbook)
                policy = PolicyReader.Read(Texts(handbook, "handbook").Select(Document).OfType<string>());
            foreach (var (key, node) in members)
                switch (key)
                {
                    case "handbook":
                        break;
                    case "never":
                        policy = policy with { NeverTopics = Topics(node) };
                        break;
                    case "routes":
                        policy = policy with { Routes = Routes(node) };
                        break;
                    case "tone":
                        policy = policy with { Tone = Word<AnswerTone>(node, key) ?? default };
                        break;
                    case "languages":
                        policy = policy with { Languages = Languages(node) };
                        break;
                    case "competitors":
                        policy = policy with { Competitors = [.. Texts(node, key)] };
                        break;
                    case "list_prices":
                        policy = policy with { ListPricesAreAnswered = OneOf(node, key, "answer", "person") is "answer" };
                        break;
                    case "sentiment_below":
                        policy = policy with { SentimentThreshold = Number(node, key, 0.05, 0.95) ?? policy.SentimentThreshold };
                        break;
                    case "answers_before_person":
                        policy = policy with { AnswersBeforePerson = Count(node, key, 1, 9) ?? policy.AnswersBeforePerson };
                        break;
                    case "business_hours":
                        hours = HoursOf(node);
                        break;
                    default:
                        Fault(node, $"'{Shown(key)}' is no part of a policy; there are handbook, never, routes, tone, languages, competitors, list_prices, sentiment_below, answers_before_person and business_hours.");
                        break;
                }

            return faults.Count == 0 ? new(policy, hours) : throw new UsageException(string.Join('\n', faults.Select(fault => $"{Setting}: {fault}")));
        }

        private ImmutableArray<HandbookTrigger> Topics(YamlNode node)
        {
            var topics = ImmutableArray.CreateBuilder<HandbookTrigger>();
            var entries = Entries(node, "never").ToList();
            if (entries.Count > MostTopics)
                Fault(node, $"'never' has {entries.Count} topics; {MostTopics} are the most.");
            foreach (var entry in entries.Take(MostTopics))
            {
                var (topic, reason, urgency) = (entry as YamlScalarNode, EscalationReason.Policy, Urgency.Normal);
                if (entry is YamlMappingNode)
                    foreach (var (key, value) in Members(entry, "never"))
                        switch (key)
                        {
                            case "topic":
                                topic = value as YamlScalarNode;
                                break;
                            case "reason":
                                reason = Word<EscalationReason>(value, "reason") ?? reason;
                                break;
                            case "urgency":
                                urgency = Word<Urgency>(value, "urgency") ?? urgency;
                                break;
                            default:
                                Fault(value, $"'{Shown(key)}' is no part of a topic; there are topic, reason and urgency.");
                                break;
                        }

                if (topic?.Value is { Length: > 0 and <= LongestText } words && PolicyReader.Topic(words, reason, urgency) is { } read)
                    topics.Add(read);
                else
                    Fault(entry, "a topic has to be 1 to 6 telling words, such as 'salaries of employees'.");
            }

            return topics.ToImmutable();
        }

        private ImmutableDictionary<EscalationReason, string> Routes(YamlNode node)
        {
            var routes = ImmutableDictionary.CreateBuilder<EscalationReason, string>();
            foreach (var (key, value) in Members(node, "routes"))
            {
                var route = (value as YamlScalarNode)?.Value?.Trim();
                if (NameOf<EscalationReason>(key) is not { } reason)
                    Fault(value, $"'{Shown(key)}' is no reason of an escalation; there are {NamesOf<EscalationReason>()}.");
                else if (route is not { Length: > 0 and <= 40 } || !route.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
                    Fault(value, $"the route of '{key}' has to be a name of 1 to 40 letters, digits, '-' and '_'.");
                else
                    routes[reason] = route;
            }

            return routes.ToImmutable();
        }

        private ImmutableArray<string> Languages(YamlNode node)
        {
            if (node is YamlScalarNode { Value: "any" })
                return [];
            if (node is YamlSequenceNode { Children.Count: 0 })
                Fault(node, "'languages' is empty; name at least one, or write any.");
            var languages = Texts(node, "languages").Select(language => language.ToLowerInvariant()).ToImmutableArray();
            foreach (var unknown in languages.Where(language => !KnownLanguages.Told.Contains(language)))
                Fault(node, $"'{Shown(unknown)}' is no language that a message can be told to be in; there are {string.Join(", ", KnownLanguages.Told)} (ru for all of Cyrillic, ar for all of Arabic script), or write any.");
            return languages;
        }

        private ImmutableDictionary<string, string?> HoursOf(YamlNode node)
        {
            var hours = ImmutableDictionary.CreateBuilder<string, string?>();
            foreach (var (key, value) in Members(node, "business_hours"))
                switch (key)
                {
                    case "always_open":
                        hours["BusinessHours:AlwaysOpen"] = OneOf(value, key, "true", "false");
                        break;
                    case "time_zone":
                        hours["BusinessHours:TimeZone"] = Text(value, key);
                        break;
                    case "opens":
                        hours["BusinessHours:Opens"] = Time(value, key);
                        break;
                    case "closes":
                        hours["BusinessHours:Closes"] = Time(value, key);
                        break;
                    case "days":
                        foreach (var (day, place) in Entries(value, key).Select((entry, place) => (Word<DayOfWeek>(entry, key), place)))
                            hours[$"BusinessHours:Days:{place}"] = day?.ToString();
                        break;
                    case "holidays":
                        foreach (var (day, place) in Texts(value, key).Select((text, place) => (text, place)))
                            if (DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
                                hours[$"BusinessHours:Holidays:{place}"] = day;
                            else
                                Fault(value, $"'{Shown(day)}' is no day; write it as 2026-12-25.");
                        break;
                    default:
                        Fault(value, $"'{Shown(key)}' is no part of business_hours; there are always_open, time_zone, opens, closes, days and holidays.");
                        break;
                }

            return hours.ToImmutable();
        }

        private string? Document(string file)
        {
            try
            {
                var path = Path.Combine(folder, file);
                if (new FileInfo(path).Length <= LargestBytes)
                    return File.ReadAllText(path);
                faults.Add($"{name}: the handbook '{Shown(file)}' is larger than {LargestBytes / 1024} KiB.");
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
            {
                faults.Add($"{name}: the handbook '{Shown(file)}' cannot be read.");
            }

            return null;
        }

        private List<(string Key, YamlNode Node)> Members(YamlNode node, string what)
        {
            if (node is YamlMappingNode mapping)
                return [.. mapping.Children.Select(child => ((child.Key as YamlScalarNode)?.Value ?? "", child.Value))];
            Fault(node, $"{what} has to have names and values, such as 'tone: formal'.");
            return [];
        }

        private IEnumerable<YamlNode> Entries(YamlNode node, string what)
        {
            if (node is YamlSequenceNode sequence)
                return sequence.Children;
            Fault(node, $"'{what}' has to be a list.");
            return [];
        }

        /// <summary>A list of texts, or one text alone.</summary>
        private IEnumerable<string> Texts(YamlNode node, string what) =>
            (node is YamlScalarNode ? [node] : Entries(node, what)).Select(entry => Text(entry, what)).OfType<string>();

        private string? Text(YamlNode node, string what)
        {
            if (node is YamlScalarNode { Value: { Length: > 0 and <= LongestText } text })
                return text;
            Fault(node, $"'{what}' has to be 1 to {LongestText} characters.");
            return null;
        }

        private string? OneOf(YamlNode node, string what, string one, string other)
        {
            if (node is YamlScalarNode { Value: { } text } && (text == one || text == other))
                return text;
            Fault(node, $"'{what}' has to be {one} or {other}.");
            return null;
        }

        private double? Number(YamlNode node, string what, double least, double most)
        {
            if (node is YamlScalarNode scalar && double.TryParse(scalar.Value, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
                return number;
            Fault(node, string.Create(CultureInfo.InvariantCulture, $"'{what}' has to be a number from {least} to {most}."));
            return null;
        }

        private int? Count(YamlNode node, string what, int least, int most)
        {
            if (node is YamlScalarNode scalar && int.TryParse(scalar.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
                return number;
            Fault(node, string.Create(CultureInfo.InvariantCulture, $"'{what}' has to be a whole number from {least} to {most}."));
            return null;
        }

        private string? Time(YamlNode node, string what)
        {
            if (node is YamlScalarNode { Value: { } text } && TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
                return text;
            Fault(node, $"'{what}' has to be a time such as \"09:00\", in quotes.");
            return null;
        }

        private T? Word<T>(YamlNode node, string what) where T : struct, Enum
        {
            if (node is YamlScalarNode { Value: { } text } && NameOf<T>(text) is { } value)
                return value;
            Fault(node, $"'{what}' has to be one of {NamesOf<T>()}.");
            return null;
        }

        private void Fault(YamlNode node, string sentence) => faults.Add($"{name}, line {node.Start.Line}: {sentence}");

        /// <summary>What stands in the file may be of any length, and a terminal is not to obey it.</summary>
        private static string Shown(string text) => string.Concat(text.Where(c => !char.IsControl(c)).Take(40));

        private static T? NameOf<T>(string text) where T : struct, Enum
        {
            foreach (var value in Enum.GetValues<T>())
                if (Name(value) == text)
                    return value;
            return null;
        }

        private static string NamesOf<T>() where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(value => Name(value)));

        private static string Name<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
    }
}
