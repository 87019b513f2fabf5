using System.Runtime.CompilerServices;
using FteAgent.OpenAI;
using FteAgent.Silo.Commands;
using FteAgent.Silo.Settings;

namespace FteAgent.Silo.Doctor;

/// <summary>Whether the endpoint takes our key and has the models. It is asked for its list, which costs nothing; no model is asked.</summary>
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
            ModelStanding.Untold => Finding.Warn("The endpoint answers, and does not tell which models it has.", "See in the first answers' metrics (fte_model_duration_seconds) whether it takes our model."),
            ModelStanding.Refused => Finding.Fail("The endpoint does not take our key.", "Set OPENAI_API_KEY to a key of this endpoint, and see whether OPENAI_BASE_URL is right."),
            _ => Finding.Fail("The endpoint does not answer.", "See whether this machine may connect to it, and whether OPENAI_BASE_URL is right."),
        };
        if (settings.Endpoint.BaseUrl.Scheme != Uri.UriSchemeHttps && !settings.Endpoint.BaseUrl.IsLoopback)
            yield return Finding.Warn("What is asked of the model is not encrypted on its way.", "Leave it so only in a network that is private or encrypts by itself.");
        if (settings.Budget is { Micros: 0 })
            yield return Finding.Warn("What a day costs has no limit here.", "Set Model__BudgetPerDay with the prices, or set a limit at the endpoint's provider.");
    }
}
