namespace FteAgent.Silo.Doctor;

/// <summary>
/// One thing that <c>silo doctor</c> looks at. A part that comes later brings a check of its own in a file of its own, and a line in
/// <see cref="Examination.Checks"/>.
/// </summary>
internal interface IDoctorCheck
{
    /// <summary>What is looked at, in one word.</summary>
    string Name { get; }

    /// <summary>Looks, and says what it found; at least one finding. What it throws is a finding too.</summary>
    IAsyncEnumerable<Finding> Look(CancellationToken cancellationToken);
}

/// <summary>How a finding is meant.</summary>
internal enum Verdict
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>It works, and is worth a look.</summary>
    Warn,

    /// <summary>A silo will not start, or not work, like this.</summary>
    Fail,
}

/// <summary>What was found.</summary>
/// <param name="Verdict">How it is meant.</param>
/// <param name="Says">What is the case, in a sentence without secrets.</param>
/// <param name="Do">What to do about it; null where nothing is to be done.</param>
internal sealed record Finding(Verdict Verdict, string Says, string? Do = null)
{
    public static Finding Ok(string says) => new(Verdict.Ok, says);

    public static Finding Warn(string says, string @do) => new(Verdict.Warn, says, @do);

    public static Finding Fail(string says, string @do) => new(Verdict.Fail, says, @do);
}
