using Microsoft.Extensions.Configuration;

namespace FteAgent.Evals;

/// <summary>
/// What is promised of answers, held on the development halves wherever they lie beside the checkout, so that no change makes them worse unseen: all
/// that <c>make evals ARGS="--check"</c> holds, but for times, which a machine that does something else besides does not keep. What has no target is not
/// measured here.
/// </summary>
public sealed class DevSetTests
{
    /// <summary>The evaluations of whose figures something is promised. One that is forgotten leaves its targets unmeasured, and the test fails.</summary>
    private static readonly string[] Promised =
    [
        "flydocs", "flydocs_no_evidence", "banking", "banking77", "clinc150", "tickets2", "tickets_whole", "tickets2_whole", "everyday_whole", "identity",
    ];

    [DevSetFact]
    public async Task Every_target_is_met_on_the_development_sets()
    {
        var (data, figures) = (EvalData.Open(null), new Figures());

        foreach (var eval in EvalCommand.All(new EvalArguments([]), new ConfigurationBuilder().Build()).Where(eval => Promised.Contains(eval.Name)))
            await eval.Run(data, figures);

        Assert.Equal("", string.Join("; ", figures.Measured.Where(figure => figure.IsMissed && !Targets.IsOfTime(figure.Key)).Select(Targets.Miss)));
        Assert.DoesNotContain(Targets.Absent(figures.Measured), figure => !Targets.IsOfTime(figure));
    }
}

/// <summary>A test on data that is not ours to keep. (Skipped without it, with the reason.)</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DevSetFactAttribute : FactAttribute
{
    /// <summary>Looks whether the data is here.</summary>
    public DevSetFactAttribute()
    {
        if (EvalData.Open(null).IsSample)
            Skip = "The development sets are not beside this checkout.";
    }
}
