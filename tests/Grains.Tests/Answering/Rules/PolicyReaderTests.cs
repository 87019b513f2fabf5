using FteAgent.Answering;
using FteAgent.Answering.Rules;
using FteAgent.Testing;
using Xunit.Abstractions;

namespace FteAgent.Tests.Answering.Rules;

/// <summary>Handbooks of our own writing, laid out as companies lay them out.</summary>
public sealed class PolicyReaderTests(ITestOutputHelper output)
{
    [Fact]
    public void Without_a_handbook_the_products_own_promise_holds() =>
        Assert.Equal(EscalationPolicy.Default, PolicyReader.Read());

    [Fact]
    public void A_text_that_says_nothing_about_escalation_changes_nothing() =>
        Assert.Equal("A4.pricing", Decide("# Our tone\n- Be friendly\n- Never mention price twice", "What does it cost?"));

    [Fact]
    public void Quoted_keywords_become_phrases_with_the_reason_of_their_heading()
    {
        const string Handbook = """
            # Escalation rules
            ## Billing disputes
            - **Keywords:** "payment plan", "late fee"
            """;
        var verdict = Verdict(Handbook, "Can I get a payment plan?");

        Assert.Equal("H.trigger", verdict?.RuleId);
        Assert.Equal(EscalationReason.BillingDispute, verdict?.Reason);
        Assert.Null(Verdict(Handbook, "Can I print a plan?"));
    }

    [Fact]
    public void Keywords_without_quotes_and_in_tables_are_read_too()
    {
        Assert.Equal("H.trigger", Decide("# When to escalate\n**Trigger keywords**: warranty, spare part", "Where do I get a spare part?"));
        Assert.Equal("H.trigger", Decide(
            """
            # Escalation
            | Topic | Keywords |
            |---|---|
            | Repairs | "warranty", "spare part" |
            """, "Is this under warranty?"));
    }

    [Fact]
    public void Bullets_below_a_keyword_label_are_keywords()
    {
        const string Handbook = "# Escalation triggers\n## Warranty\n**Keywords:**\n- \"warranty\"\n- \"spare part\"\n\n**Response:** \"We look into your claim\"";

        Assert.Equal("H.trigger", Decide(Handbook, "my spare part is late"));
        Assert.Null(Decide(Handbook, "we look into your claim form"));
    }

    [Fact]
    public void A_bullet_without_keywords_is_a_topic_whose_words_stand_in_one_sentence()
    {
        const string Handbook = "# When to escalate\n- LDAP/Kerberos setup assistance\n- Workspace ownership transfer";

        Assert.Equal("H.trigger", Decide(Handbook, "How do we configure Kerberos?"));
        Assert.Equal("H.trigger", Decide(Handbook, "Please transfer the workspace to a new owner"));
        Assert.Null(Decide(Handbook, "How do we configure email?"));
    }

    [Theory]
    [InlineData("- Customer asks for a discount or custom pricing", true)]
    [InlineData("- Customer wants to negotiate the price", true)]
    [InlineData("- Pricing questions", false)]
    [InlineData("- **Keywords:** \"price\", \"how much\", \"discount\"", false)]
    public void Pricing_is_narrowed_when_only_offers_are_named(string line, bool listPricesAreAnswered)
    {
        var book = new RuleBook(PolicyReader.Read("# Escalation rules\n" + line));

        Assert.Equal(listPricesAreAnswered, book.Policy.ListPricesAreAnswered);
        Assert.NotNull(book.Before(ExchangeText.Of("Can we get a discount?")));
        Assert.Equal(!listPricesAreAnswered, book.Before(ExchangeText.Of("What does the Pro plan cost?")) is not null);
    }

    [Fact]
    public void What_follows_an_arrow_is_an_action_and_no_trigger() =>
        Assert.Null(Decide("# Escalate\n- Broken hardware → send it to the \"warehouse\"", "Where is your warehouse?"));

    [Fact]
    public void A_rule_of_one_channel_holds_on_that_channel_only()
    {
        var book = new RuleBook(PolicyReader.Read("# Escalation\n## WhatsApp\n**Keywords:**\n- \"callback\"\n"));

        Assert.NotNull(book.Before(ExchangeText.Of("callback", "whatsapp")));
        Assert.Null(book.Before(ExchangeText.Of("The callback arrives late", "web")));
    }

    [Fact]
    public void Lines_past_the_most_that_are_read_are_said_not_to_be_understood()
    {
        var keywords = string.Concat(Enumerable.Range(0, 500).Select(i => $"- **Keywords:** \"gizmo{i}\"\n"));

        var policy = PolicyReader.Read($"# Escalation rules\n{keywords}- **Keywords:** \"parachute\"\n- Refund requests\n- Search the documentation first\n- Ask again if needed\n");

        Assert.Contains("parachute", Assert.Single(policy.NotUnderstood), StringComparison.Ordinal);
        Assert.NotNull(new RuleBook(policy).Before(ExchangeText.Of("Where is gizmo499?")));
    }

    [Fact]
    public void The_threshold_of_sentiment_is_read() =>
        Assert.Equal(0.2, PolicyReader.Read("# Escalation rules\n- Sentiment score < 0.2").SentimentThreshold);

    [Fact]
    public void Names_of_competitors_are_read_wherever_they_are_listed() =>
        Assert.Equal(["Acmeboard", "Slate.io"], PolicyReader.Read("# Voice\nNever mention competitor products. This includes: Acmeboard, Slate.io (ever).").Competitors.ToArray());

    [Fact]
    public void Families_that_only_limit_the_assistant_follow_the_handbooks_list()
    {
        const string Silent = "# Escalation rules\n- Refund requests";
        const string Spoken = "# Escalation rules\n- Refund requests\n- Messages in a language other than English\n- Customer asks about competitors";
        const string French = "Bonjour, je ne peux pas me connecter à mon compte, pouvez-vous m'aider ?";

        Assert.Null(Decide(Silent, French));
        Assert.Equal("A5.language", Decide(Spoken, French));
        Assert.Null(Decide(Silent, "Why choose you over the others?"));
        Assert.Equal("A4.competitor-compare", Decide(Spoken, "Why choose you over the others?"));
    }

    [Theory]
    [InlineData("I was hacked")]
    [InlineData("My lawyer will write to you")]
    [InlineData("Let me talk to a human")]
    [InlineData("I want a refund")]
    [InlineData("You bunch of fucking idiots")]
    public void What_protects_the_customer_cannot_be_turned_off(string message) =>
        Assert.NotNull(Verdict("# Escalation rules\n- Late parcels\n# Do not escalate\n- Refunds\n- Legal\n- Human requests\n- Security\n- Profanity", message));

    [Fact]
    public void Families_that_wait_to_be_named_are_turned_on_by_naming_them()
    {
        const string Question = "Can you send us your SOC 2 report?";

        Assert.Null(Decide("# Escalation rules\n- Refunds", Question));
        Assert.Equal("H.compliance", Decide("# Escalation rules\n- Compliance questions (SOC 2)", Question));
    }

    [Fact]
    public void A_keyword_in_another_sense_does_not_escalate()
    {
        const string Handbook = "# Escalation rules\n- **Keywords:** \"fine\", \"upgrade\", \"terms\"";

        Assert.Null(Decide(Handbook, "It was working fine until Monday"));
        Assert.Null(Decide(Handbook, "It broke after the iOS upgrade"));
        Assert.NotNull(Decide(Handbook, "Will there be a fine?"));
    }

    [Fact]
    public void A_keyword_that_a_rule_reads_in_context_asks_for_that_rule()
    {
        const string Handbook = "# Escalation rules\n- **Keywords:** \"how much\", \"refund\", \"legal\", \"discount\"";

        Assert.Null(Decide(Handbook, "How much storage does the Pro plan include?"));
        Assert.Null(Decide(Handbook, "Can my clients request a refund in the portal?"));
        Assert.Null(Decide(Handbook, "How do I give a customer a discount code in the shop module?"));
        Assert.Equal("A4.pricing", Decide(Handbook, "How much for 100 users?"));
        Assert.Equal("A4.refund", Decide(Handbook, "refund please"));
        Assert.Equal("A5.legal", Decide(Handbook, "We are looking at legal options"));
    }

    [Fact]
    public void Templates_priorities_and_processes_are_not_triggers() =>
        Assert.Null(Decide(
            """
            # Escalation rules
            - Refund requests
            ## Response templates
            - "Thanks for the delivery note"
            ## Priority levels
            - Delivery note questions
            ## Escalation workflow
            - Check the delivery note
            ```
            "delivery note"
            ```
            > "delivery note"
            """, "Where is the delivery note?"));

    [Fact]
    public void Random_handbooks_are_read_without_a_fault()
    {
        var seed = TestSeed.Take(output.WriteLine);
        var random = new Random(seed);
        string[] parts = ["# ", "## Escalate", "- ", "**Keywords**:", "\"a", "\"", "|", "---", "\n", "```", "> ", "(", ")", "<0.", "competitor: ", "A, B", "é", "😀", ":", "**", "never escalate", "price", "→", "\uD800"];
        for (var round = 0; round < 500; round++)
        {
            var handbook = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => parts[random.Next(parts.Length)]));
            var fault = Record.Exception(() => new RuleBook(PolicyReader.Read(handbook)).Before(ExchangeText.Of("Is the price of A better?")));
            Assert.True(fault is null, $"{TestSeed.Variable}={seed}, round {round}: {fault}");
        }
    }

    private static string? Decide(string handbook, string message) => Verdict(handbook, message)?.RuleId;

    private static RuleVerdict? Verdict(string handbook, string message) =>
        new RuleBook(PolicyReader.Read(handbook)).Before(ExchangeText.Of(message));
}
