using System.Runtime.CompilerServices;

namespace FteAgent.Silo.Doctor;

/// <summary>Says that a silo of a fleet needs no disk, so that nobody looks for one.</summary>
internal sealed class NoDiskCheck : IDoctorCheck
{
    public string Name => "disk";

    public async IAsyncEnumerable<Finding> Look([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield return Finding.Ok("Nothing is kept on this machine. What can run full is the database's disk: watch it where it is.");
    }
}
