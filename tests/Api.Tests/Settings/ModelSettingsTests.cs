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

    private static string Refused(params (string Key, string Value)[] settings) => Assert.Throws<UsageException>(() => ModelSettings.Read(With(settings))).Message;

    private static IConfiguration With(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value)).Build();
}
