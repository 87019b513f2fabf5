using System.Runtime.CompilerServices;

namespace FteAgent.Silo.Doctor;

/// <summary>Says that a part is not configured, because this version has none: nobody is to look for a fault there.</summary>
internal sealed class LaterCheck(string name, string instead) : IDoctorCheck
{
    public string Name => name;

    public async IAsyncEnumerable<Finding> Look([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield return Finding.Ok($"Not configured: this version has no setting for it. {instead}.");
    }
}
