using System.Collections.Immutable;
using System.Text.Json;
using FteAgent.Testing.OpenAI;

namespace FteAgent.OpenAI;

/// <summary>Endpoints that only resemble OpenAI's refuse what they do not know: it is named, and need not be sent.</summary>
public sealed class OptionalFieldsTests
{
    /// <summary>Those that are sent where nothing is left out.</summary>
    private static IEnumerable<string> Sent => OptionalFields.All.Where(name => name is not OptionalFields.MaxTokens);

    public static TheoryData<string> Fields { get; } = [.. Sent];

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task What_an_endpoint_does_not_know_is_not_sent_to_it(string field)
    {
        await using var world = await Without(field);
        world.Endpoint.Unknown.Add(field);
        world.Endpoint.Script.Then(Step.Call("send_response", "{}"), Step.Say("{}"));

        await world.Ask(ModelWorld.WithTools());
        await world.Ask(ModelWorld.Question() with { Form = OpenAiTools.Send });

        Assert.Empty(world.Endpoint.Complaints);
        Assert.Equal(2, world.Endpoint.Requests.Count);
    }

    [Fact]
    public async Task The_bound_of_an_answer_goes_under_its_older_name_where_the_newer_one_is_not_known()
    {
        await using var world = await Without(OptionalFields.MaxCompletionTokens);
        world.Endpoint.Unknown.Add(OptionalFields.MaxCompletionTokens);
        world.Endpoint.Script.Then(Step.Say("Yes."));

        await world.Ask();

        Assert.Equal(world.Options.MaxOutputTokens, world.Endpoint.Requests.Single().Body.GetProperty("max_tokens").GetInt32());
    }

    [Fact]
    public async Task An_endpoint_that_knows_none_of_them_is_asked_all_the_same_and_what_it_used_is_taken_from_its_answer()
    {
        await using var world = await Without([.. OptionalFields.All]);
        world.Endpoint.Unknown.UnionWith(OptionalFields.All);
        world.Endpoint.Script.Then(Step.Call("send_response", "{}").Using(30, 0, 5), Step.Call("send_response", "{}").Using(30, 0, 5, UseStyle.Nowhere));

        var told = await world.Ask(ModelWorld.WithTools());
        var untold = await world.Ask(ModelWorld.WithTools());

        Assert.Equal((new TokenUse(30, 0, 5), null), (told.Use, untold.Use));
        Assert.Equal(["messages", "model", "stream", "tools"], world.Endpoint.Requests.First().Body.EnumerateObject().Select(field => field.Name).Order());
        Assert.Empty(world.Endpoint.Complaints);
    }

    public static TheoryData<string, string> Refusals { get; } = Each();

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_field_that_is_refused_is_named_with_the_setting_that_helps(string style, string field)
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Refusal = Enum.Parse<RefusalStyle>(style);
        world.Endpoint.Unknown.Add(field);

        var failure = await Assert.ThrowsAsync<ModelFailure>(() => world.Send(ModelWorld.WithTools()));

        Assert.Equal((ModelFault.NotAccepted, field), (failure.Fault, failure.Field));
        Assert.EndsWith($" The endpoint does not take the field {field}: add it to Model__Omit.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(RefusalStyle.Mute), "Where do you 'store' my strict \"tool_choice\"? It says: store")]
    [InlineData(nameof(RefusalStyle.FastApi), "Where do you 'store' my data?")]
    public async Task Nothing_of_what_the_customer_wrote_is_kept_of_a_refusal(string style, string words)
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Refusal = Enum.Parse<RefusalStyle>(style);
        world.Endpoint.Unknown.Add(OptionalFields.ParallelToolCalls);

        var failure = await Assert.ThrowsAsync<ModelFailure>(() => world.Send(ModelWorld.WithTools(new ChatLine.Material($"{words} kestrel-7731"))));

        // A field is named at most by our own word for it.
        Assert.DoesNotContain("kestrel", $"{failure}", StringComparison.Ordinal);
        Assert.True(failure.Field is null || OptionalFields.All.Contains(failure.Field));
    }

    [Theory]
    [InlineData("""{"error":{"message":"You may store nothing here.","param":null}}""")]
    [InlineData("""{"error":{"message":"Invalid value: 'gpt-9'.","param":"model"}}""")]
    [InlineData("""{"error":{"message":7,"param":{}}}""")]
    [InlineData("""{"error":[],"detail":"store"}""")]
    [InlineData("""{"detail":[{"loc":["body","messages",0]},{"loc":"store"},7]}""")]
    [InlineData("""["store"]""")]
    [InlineData("""{}""")]
    public void What_names_no_field_of_ours_is_not_taken_for_one(string body)
    {
        using var document = JsonDocument.Parse(body);

        Assert.Null(OptionalFields.NamedIn(document.RootElement));
    }

    private static TheoryData<string, string> Each()
    {
        var all = new TheoryData<string, string>();
        foreach (var style in Enum.GetNames<RefusalStyle>().Where(style => style != nameof(RefusalStyle.Mute)))
            foreach (var name in Sent)
                all.Add(style, name);
        return all;
    }

    private static Task<ModelWorld> Without(params ImmutableArray<string> fields) =>
        ModelWorld.Open(url => new() { BaseUrl = url, Key = ScriptedEndpoint.Key, Model = "model-a", Omitted = [.. fields] });
}
