using System.Runtime.CompilerServices;
using FteAgent.OpenAI;
using FteAgent.Silo.Commands;
using FteAgent.Silo.Settings;

namespace FteAgent.Silo.Doctor;

/// <summary>
/// Whether the endpoint takes our key, has the models, and takes what they are asked. It is asked for its list, and each model for a few tokens with
/// nothing of anybody's in the question.
/// </summary>
internal sealed class ModelCheck(IConfiguration configuration) : IDoctorCheck
{
    public string Name => "model";

    public async IAsyncEnumerable<Finding> Look([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ModelSettings? settings = null;
        var readable = true;
        try
        {
            settings = ModelSettings.Read(configuration);
        }
        catch (UsageException)
        {
            readable = false;   // The first check says what is wrong.
        }

        if (settings is null)
        {
            yield return readable
                ? Finding.Ok("Not configured: OPENAI_API_KEY is not set. The built-in assistant answers from the documents.")
                : Finding.Warn("Not looked at, since its settings cannot be taken.", "See to the settings first.");
            yield break;
        }

        var facts = await new ModelExamination(settings.Endpoint).Look(cancellationToken);
        yield return facts.Standing switch
        {
            ModelStanding.Ready => Finding.Ok($"The endpoint takes our key and has {settings.Endpoint.Model}."),
            ModelStanding.Unlisted => Finding.Fail($"The endpoint does not list {string.Join(" and ", facts.Missing)}.", "Set OPENAI_MODEL and OPENAI_FALLBACK_MODEL to models that it has."),
            ModelStanding.Untold => Finding.Warn("The endpoint answers, and does not tell which models it has.", "See below whether it takes our model."),
            ModelStanding.Refused => Finding.Fail("The endpoint does not take our key.", "Set OPENAI_API_KEY to a key of this endpoint, and see whether OPENAI_BASE_URL is right."),
            _ => Finding.Fail("The endpoint does not answer.", "See whether this machine may connect to it, and whether OPENAI_BASE_URL is right."),
        };
        if (facts.Standing is ModelStanding.Ready or ModelStanding.Untold)
            foreach (var model in new[] { settings.Endpoint.Model, settings.Endpoint.FallbackModel }.OfType<string>())
                yield return Of(model, await new ModelTrial(settings.Endpoint).Ask(model, cancellationToken), settings.Endpoint);
        if (settings.Endpoint.BaseUrl.Scheme != Uri.UriSchemeHttps && !settings.Endpoint.BaseUrl.IsLoopback)
            yield return Finding.Warn("What is asked of the model is not encrypted on its way.", "Leave it so only in a network that is private or encrypts by itself.");
        if (settings.Budget is { Micros: 0 })
            yield return Finding.Warn("What a day costs has no limit here.", "Set Model__BudgetPerDay with the prices, or set a limit at the endpoint's provider.");
    }

    private static Finding Of(string model, ModelTrialFacts trial, OpenAiOptions endpoint) => trial.Outcome switch
    {
        ModelTrialOutcome.Answers => Finding.Ok($"{model} takes what it is asked, and answers."),
        ModelTrialOutcome.RefusesFields => Finding.Fail(
            $"{model} does not take {string.Join(", ", trial.Fields)}.", $"Set Model__Omit={string.Join(',', endpoint.Omitted.Union(trial.Fields).Order(StringComparer.Ordinal))}"),
        ModelTrialOutcome.RefusesRequest => Finding.Fail(
            $"{model} does not take what it is asked{(trial.Fields.IsEmpty ? "" : $", also without {string.Join(", ", trial.Fields)}")}.",
            "See whether OPENAI_BASE_URL and the model are for chat completions; set Model__Style=Json for one that knows no tools."),
        ModelTrialOutcome.Denied => Finding.Fail($"Our key does not open {model}.", "Give the key access to this model, or set another."),
        ModelTrialOutcome.QuotaSpent => Finding.Fail($"The account of {model} has no money left.", "Pay its provider, or raise the limit there."),
        _ => Finding.Warn($"{model} gave no answer now.", "Look again in a while; see whether its provider tells of trouble."),
    };
}
