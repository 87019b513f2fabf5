using FteAgent.OpenAI;
using FteAgent.Silo.Commands;
using FteAgent.Silo.Settings;
using Microsoft.Extensions.Configuration;

namespace FteAgent.Api.Settings;

/// <summary>What is said of a model without what it needs.</summary>
public sealed class ModelSettingsTests
{
    [Fact]
    public void Model_for_vectors_needs_a_key() =>
        Assert.Contains("OPENAI_API_KEY", Refused(("OPENAI_EMBEDDING_MODEL", "vectors")), StringComparison.Ordinal);

    [Fact]
    public void Weight_of_vectors_needs_a_model_that_makes_them() =>
        Assert.Contains("OPENAI_EMBEDDING_MODEL", Refused(("Knowledge:VectorWeight", "0.5"), ("OPENAI_API_KEY", "key")), StringComparison.Ordinal);

    [Fact]
    public void Model_for_vectors_is_taken_with_its_weight()
    {
        var settings = ModelSettings.Read(With(("Knowledge:VectorWeight", "0.5"), ("OPENAI_API_KEY", "key"), ("OPENAI_EMBEDDING_MODEL", "vectors")));

        Assert.Equal("vectors", settings!.Endpoint.EmbeddingModel);
    }

    [Fact]
    public void Fields_that_are_not_sent_are_named_with_commas_between()
    {
        var settings = ModelSettings.Read(With(("OPENAI_API_KEY", "key"), ("Model:Omit", " store, stream_options ,,"), ("Model:MaxOutputTokens", "900")));

        Assert.Equal(["store", "stream_options"], settings!.Endpoint.Omitted.Order());
        Assert.Equal(900, settings.Endpoint.MaxOutputTokens);
    }

    [Theory]
    [InlineData("messages")]
    [InlineData("Store")]
    [InlineData("store;strict")]
    [InlineData("temperature")]
    public void Field_that_cannot_be_left_out_is_told_with_those_that_can(string omit)
    {
        var sentence = Refused(("OPENAI_API_KEY", "key"), ("Model:Omit", omit));

        Assert.StartsWith("Model__Omit must be names of fields", sentence, StringComparison.Ordinal);
        Assert.EndsWith("max_completion_tokens, max_tokens.", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Budget_needs_answers_that_have_an_end()
    {
        (string, string)[] budget = [("OPENAI_API_KEY", "key"), ("Model:BudgetPerDay", "5"), ("Model:InputPrice", "1"), ("Model:OutputPrice", "4")];

        Assert.Contains("max_tokens", Refused([.. budget, ("Model:Omit", "max_completion_tokens,max_tokens")]), StringComparison.Ordinal);
        Assert.NotNull(ModelSettings.Read(With([.. budget, ("Model:Omit", "max_completion_tokens")])));
    }

    [Fact]
    public void Input_from_a_cache_is_not_free_where_its_price_is_not_told()
    {
        Assert.Equal(new(4, 4, 16), Prices().First);
        Assert.Equal(new(4, 1, 16), Prices(("Model:CachedInputPrice", "1")).First);
        Assert.Equal(new(4, 0, 16), Prices(("Model:CachedInputPrice", "0")).First);
    }

    [Fact]
    public void Fallback_model_costs_as_much_as_the_first_where_it_has_no_prices_of_its_own()
    {
        Assert.Equal(new(4, 1, 16), Prices(("Model:CachedInputPrice", "1")).Fallback);
        Assert.Equal(new(10, 10, 16), Prices(("Model:CachedInputPrice", "1"), ("Model:FallbackInputPrice", "10")).Fallback);
        Assert.Equal(
            new(10, 5, 40), Prices(("Model:FallbackInputPrice", "10"), ("Model:FallbackCachedInputPrice", "5"), ("Model:FallbackOutputPrice", "40")).Fallback);
    }

    private static (ModelPrices First, ModelPrices Fallback) Prices(params (string, string)[] more)
    {
        var settings = ModelSettings.Read(With([("OPENAI_API_KEY", "key"), ("Model:InputPrice", "4"), ("Model:OutputPrice", "16"), .. more]));
        return (settings!.Prices, settings.FallbackPrices);
    }

    private static string Refused(params (string Key, string Value)[] settings) => Assert.Throws<UsageException>(() => ModelSettings.Read(With(settings))).Message;

    private static IConfiguration With(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value)).Build();
}
