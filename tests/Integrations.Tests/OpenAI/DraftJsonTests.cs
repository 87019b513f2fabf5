using FteAgent.Answering;

namespace FteAgent.OpenAI;

public sealed class DraftJsonTests
{
    private const string Good =
        """
        {"sentences":[
          {"text":"Good morning!","quotes":[]},
          {"text":"Open Reports and press Export.","quotes":[{"chunk_id":"guide/reports#3","quote":"press Export in Reports"}]}],
         "intent":"export_report","confidence":0.85,"needs_person":null}
        """;

    [Fact]
    public void A_good_draft_is_read_whole()
    {
        var draft = DraftJson.Read(Good).Draft;

        Assert.NotNull(draft);
        Assert.Equal(["Good morning!", "Open Reports and press Export."], draft.Sentences.Select(sentence => sentence.Text));
        Assert.Equal(new ProposedQuote("guide/reports#3", "press Export in Reports"), Assert.Single(draft.Sentences[1].Quotes));
        Assert.Equal(("export_report", 0.85, (EscalationReason?)null), (draft.Intent, draft.Confidence, draft.NeedsPerson));
    }

    [Fact]
    public void A_draft_may_call_a_person_without_saying_anything()
    {
        var draft = DraftJson.Read("""{"sentences":[],"intent":"refund","confidence":0,"needs_person":"refund_request"}""").Draft;

        Assert.Equal(EscalationReason.RefundRequest, draft?.NeedsPerson);
    }

    [Theory]
    [InlineData("Export Report", "export_report")]
    [InlineData("reset-password / 2FA", "reset_password_2fa")]
    [InlineData("  ?!", "other")]
    [InlineData("a-very-long-intent-that-goes-on-and-on-and-on-without-any-end", "a_very_long_intent_that_goes_on_and_on_and_on_wi")]
    public void An_intent_is_folded_and_loses_no_answer(string told, string intent) => Assert.Equal(intent, DraftJson.Read(Good.Replace("export_report", told)).Draft?.Intent);

    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "\"confidence\":0.85", "\"confidence\":1.5", "confidence must be a number from 0 to 1." },
        { "\"confidence\":0.85", "\"confidence\":\"high\"", "confidence must be a number from 0 to 1." },
        { "\"confidence\":0.85", "\"confidence\":1e999", "confidence must be a number from 0 to 1." },
        { ",\"needs_person\":null", "", "needs_person is missing." },
        { "\"needs_person\":null", "\"needs_person\":\"service_unavailable\"", "needs_person must be one of account_change, aggression, billing_dispute, competitor, data_loss, engineering, internals, language_not_supported, legal, negative_sentiment, no_evidence, person_requested, pricing_inquiry, privacy, refund_request, repeated_question, security." },
        { "\"needs_person\":null", "\"needs_person\":null,\"note\":\"x\"", "The object has a field that is not allowed; allowed are sentences, intent, confidence, needs_person." },
        { "\"intent\":\"export_report\"", "\"intent\":\"a\",\"intent\":\"b\"", "The arguments are not valid JSON, or name a field twice." },
        { "\"text\":\"Good morning!\"", "\"text\":\" \"", "sentences[0].text is empty." },
        { "\"text\":\"Good morning!\"", "\"text\":7", "sentences[0].text must be a string." },
        { "\"text\":\"Good morning!\"", "\"text\":\"Good\\u0007morning\"", "sentences[0].text holds control characters." },
        { "\"text\":\"Good morning!\"", "\"text\":\"Good \\ud83d morning\"", "sentences[0].text is not a text that can be read." },
        { "\"quotes\":[]", "\"quotes\":null", "sentences[0].quotes must be a list." },
        { "\"quotes\":[]", "\"quotes\":[\"press Export\"]", "sentences[0].quotes[0] is not an object." },
        { "\"chunk_id\":\"guide/reports#3\",", "", "sentences[1].quotes[0].chunk_id is missing." },
        { "{\"text\":\"Good morning!\",\"quotes\":[]}", "\"Good morning!\"", "sentences[0] is not an object." },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_told_by_its_place_and_by_what_is_allowed_there(string good, string bad, string fault)
    {
        Assert.Contains(good, Good);

        var reading = DraftJson.Read(Good.Replace(good, bad));

        Assert.Null(reading.Draft);
        Assert.Contains(fault, reading.Faults);
    }

    [Theory]
    [InlineData("", "The arguments are not valid JSON from line 1, byte 1 on.")]
    [InlineData("{\"sentences\":[", "The arguments are not valid JSON from line 1, byte 15 on.")]
    [InlineData("[]", "The arguments are not a JSON object.")]
    [InlineData("null", "The arguments are not a JSON object.")]
    [InlineData("Here is your answer: {}", "The arguments are not valid JSON from line 1, byte 1 on.")]
    public void What_is_no_JSON_object_is_told_so(string arguments, string fault) => Assert.Equal([fault], DraftJson.Read(arguments).Faults.Take(1));

    [Fact]
    public void What_is_too_long_is_told_with_its_length_and_the_limit()
    {
        Assert.Contains($"sentences[0].text has 801 characters; {DraftJson.LongestSentence} are allowed.", DraftJson.Read(Good.Replace("Good morning!", new string('a', 801))).Faults);
        Assert.Contains($"The arguments are longer than {DraftJson.LongestArguments} characters.", DraftJson.Read(Good.Replace("Good morning!", new string('a', 40_000))).Faults);

        var sentence = $$"""{"text":"{{new string('a', 700)}}","quotes":[]}""";
        var many = string.Join(',', Enumerable.Repeat(sentence, 6));
        Assert.Equal(
            "The sentences have 4200 characters together; 4000 are allowed.",
            Assert.Single(DraftJson.Read($$"""{"sentences":[{{many}}],"intent":"a","confidence":1,"needs_person":null}""").Faults));

        var short25 = string.Join(',', Enumerable.Repeat("""{"text":"a","quotes":[]}""", 25));
        Assert.Equal(
            "sentences has 25 entries; 24 are allowed.",
            Assert.Single(DraftJson.Read($$"""{"sentences":[{{short25}}],"intent":"a","confidence":1,"needs_person":null}""").Faults));
    }

    [Fact]
    public void Of_many_mistakes_only_the_first_few_are_told()
    {
        var many = string.Join(',', Enumerable.Repeat("7", 20));

        Assert.Equal(JsonFields.MostFaults, DraftJson.Read($$"""{"sentences":[{{many}}],"intent":"a","confidence":1,"needs_person":null}""").Faults.Length);
    }

    [Theory]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"\udc00\ud800":1,"\ud800":2}""")]
    [InlineData("""{"sentences":[{"text":"Hello.","quotes":[],"\ud800":1}],"intent":"a","confidence":1,"needs_person":null}""")]
    public void Half_a_surrogate_pair_in_a_fields_name_is_a_fault(string arguments)
    {
        var reading = DraftJson.Read(arguments);

        Assert.Null(reading.Draft);
        Assert.Contains("The arguments have a field whose name is not a text that can be read.", reading.Faults);
    }

    [Fact]
    public void No_depth_of_nesting_harms() => Assert.Null(DraftJson.Read(new string('[', 30_000)).Draft);
}
