using FteAgent.Answering;
using FteAgent.Answering.Rules;
using FteAgent.Silo.Commands;
using FteAgent.Silo.Settings;
using FteAgent.Tickets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FteAgent.Api.Settings;

/// <summary>A deployment's policy is taken as it is meant, or refused with the line and what may stand there.</summary>
public sealed class PolicyFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fte-policy-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Without_a_file_the_products_own_rules_hold() => Assert.Null(PolicyFile.Read(new ConfigurationBuilder().Build()));

    [Fact]
    public void All_parts_are_taken()
    {
        File.WriteAllText(Path.Combine(folder.FullName, "handbook.md"), "# When to escalate\n\n- SSO setup for enterprise customers\n");
        var read = Read("""
            tone: formal
            languages: [EN, de]
            never:
              - layoffs
              - topic: salaries of employees
                reason: legal
                urgency: high
            routes:
              refund_request: finance
            competitors: Acmeboard
            list_prices: answer
            sentiment_below: 0.4
            answers_before_person: 2
            business_hours:
              time_zone: Europe/Berlin
              days: [monday, saturday]
              opens: "08:30"
              closes: "12:00"
              holidays: ["2026-12-25"]
            handbook: handbook.md
            """);

        Assert.Equal(
            (AnswerTone.Formal, "en de", "Acmeboard", true, 0.4, 2),
            (read.Policy.Tone, string.Join(' ', read.Policy.Languages), Assert.Single(read.Policy.Competitors), read.Policy.ListPricesAreAnswered, read.Policy.SentimentThreshold, read.Policy.AnswersBeforePerson));
        Assert.NotEmpty(read.Policy.Triggers);
        var book = new RuleBook(read.Policy);
        Assert.Equal(("finance", EscalationRoute.Legal), (book.RouteOf(EscalationReason.RefundRequest), book.RouteOf(EscalationReason.Legal)));
        Assert.Equal(new RuleVerdict("P.never", EscalationReason.Policy, Urgency.Normal), book.Before(ExchangeText.Of("Will there be a layoff this year?")));
        Assert.Equal(new RuleVerdict("P.never", EscalationReason.Legal, Urgency.High), book.Before(ExchangeText.Of("What salary does your employee get?")));
        Assert.Null(book.Before(ExchangeText.Of("How do I export the list of employees?")));
        Assert.Equal("P.draft-never", book.After(new("There will be no layoffs.", [], 0.9), ExchangeText.Of("What is new?"))?.RuleId);
    }

    [Fact]
    public void Hours_of_the_file_count_where_the_settings_say_nothing()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("BusinessHours:Closes", "20:00")]);
        Read("""
            {"business_hours": {"time_zone": "Europe/Berlin", "days": ["monday"], "opens": "08:00", "closes": "12:00"}}
            """).AddTo(configuration);
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration.Build()).AddBusinessHours().BuildServiceProvider();

        var hours = services.GetRequiredService<IOptions<BusinessHoursOptions>>().Value;

        Assert.Equal(("Europe/Berlin", new TimeOnly(8, 0), new TimeOnly(20, 0)), (hours.TimeZone, hours.Opens, hours.Closes));
        Assert.Equal([DayOfWeek.Monday], hours.Days);
    }

    [Theory]
    [InlineData("tone: rude", "line 1: 'tone' has to be one of friendly, formal, brief.")]
    [InlineData("tone: formal\ncolour: red", "line 2: 'colour' is no part of a policy")]
    [InlineData("never: layoffs", "line 1: 'never' has to be a list.")]
    [InlineData("never:\n  - of the", "line 2: a topic has to be 1 to 6 telling words")]
    [InlineData("never:\n  - topic: layoffs\n    reson: legal", "line 3: 'reson' is no part of a topic")]
    [InlineData("routes:\n  refunds: finance", "line 2: 'refunds' is no reason of an escalation; there are person_requested,")]
    [InlineData("routes:\n  legal: the lawyers!", "line 2: the route of 'legal' has to be a name")]
    [InlineData("languages: [english]", "'english' is no language")]
    [InlineData("tone: formal\nlanguages: [en, zz]", "line 2: 'zz' is no language that a message can be told to be in; there are am, ar,")]
    [InlineData("languages: [uk]", "(ru for all of Cyrillic, ar for all of Arabic script), or write any.")]
    [InlineData("languages: []", "line 1: 'languages' is empty; name at least one, or write any.")]
    [InlineData("answers_before_person: 1.9", "'answers_before_person' has to be a whole number from 1 to 9.")]
    [InlineData("answers_before_person: 0", "'answers_before_person' has to be a whole number from 1 to 9.")]
    [InlineData("sentiment_below: 7", "'sentiment_below' has to be a number from 0.05 to 0.95.")]
    [InlineData("list_prices: maybe", "'list_prices' has to be answer or person.")]
    [InlineData("business_hours:\n  opens: 9 o'clock", "line 2: 'opens' has to be a time such as \"09:00\", in quotes.")]
    [InlineData("business_hours:\n  days: [caturday]", "line 2: 'days' has to be one of sunday, monday,")]
    [InlineData("business_hours:\n  holidays: [christmas]", "'christmas' is no day; write it as 2026-12-25.")]
    [InlineData("handbook: nowhere.md", "the handbook 'nowhere.md' cannot be read.")]
    [InlineData("- a\n- b", "the file has to have names and values")]
    [InlineData("tone: [", "this is neither YAML nor JSON.")]
    [InlineData("{\"tone\": \"formal\"", "this is neither YAML nor JSON.")]
    public void What_cannot_be_taken_is_told_with_its_line(string text, string sentence) =>
        Assert.Contains(sentence, Assert.Throws<UsageException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Topics_beyond_the_most_are_told_with_their_number()
    {
        Assert.Equal(200, Read(Topics(200)).Policy.NeverTopics.Length);
        Assert.Contains("line 1: 'never' has 201 topics; 200 are the most.", Assert.Throws<UsageException>(() => Read(Topics(201))).Message, StringComparison.Ordinal);

        static string Topics(int count) => $"never: [{string.Join(", ", Enumerable.Range(1, count).Select(number => $"topic{number}"))}]";
    }

    [Fact]
    public void Languages_are_known_by_their_words_or_their_script() =>
        Assert.Equal(["pl", "ru", "ja"], Read("languages: [PL, ru, ja]").Policy.Languages.ToArray());

    [Fact]
    public void All_faults_are_told_at_once() =>
        Assert.Equal(3, Assert.Throws<UsageException>(() => Read("tone: rude\nlist_prices: 1\nfoo: bar")).Message.Split('\n').Length);

    [Fact]
    public void A_file_that_is_missing_or_too_large_is_told()
    {
        Assert.Contains("cannot be read", Assert.Throws<UsageException>(() => Read(null)).Message, StringComparison.Ordinal);
        Assert.Contains("more than 256 KiB", Assert.Throws<UsageException>(() => Read(new string('#', 300_000))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_that_name_themselves_end()
    {
        Assert.Throws<UsageException>(() => Read("never: &a\n  - *a"));
    }

    private PolicyFile Read(string? text)
    {
        var path = Path.Combine(folder.FullName, "policy.yaml");
        if (text is not null)
            File.WriteAllText(path, text);
        return PolicyFile.Read(new ConfigurationBuilder().AddInMemoryCollection([new("POLICY_FILE", path)]).Build())!;
    }
}
