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

    private static string Refused(params (string Key, string Value)[] settings) => Assert.Throws<UsageException>(() => ModelSettings.Read(With(settings))).Message;

    private static IConfiguration With(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value)).Build();
}
