using Microsoft.Extensions.Configuration;

namespace FteAgent.Evals;

/// <summary>
/// What is promised of answers, held on the development halves wherever they lie beside the checkout, so that no change makes them worse unseen. Those
/// that take seconds; <c>make evals</c> measures all.
/// </summary>
public sealed class DevSetTests
{
    [DevSetTheory]
    [InlineData("flydocs")]
    [InlineData("flydocs_no_evidence")]
    [InlineData("banking")]
    [InlineData("tickets2")]
    public async Task The_targets_of_a_development_set_are_met(string set) =>
        Assert.Equal(0, await EvalCommand.Run(new EvalArguments(["--only", set, "--check"]), new ConfigurationBuilder().Build()));
}

/// <summary>A test on data that is not ours to keep. (Skipped without it, with the reason.)</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DevSetTheoryAttribute : TheoryAttribute
{
    /// <summary>Looks whether the data is here.</summary>
    public DevSetTheoryAttribute()
    {
        if (EvalData.Open(null).IsSample)
            Skip = "The development sets are not beside this checkout.";
    }
}
