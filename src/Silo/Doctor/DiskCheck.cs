using System.Runtime.CompilerServices;

namespace FteAgent.Silo.Doctor;

/// <summary>Whether the data folder can be written to, and has room.</summary>
internal sealed class DiskCheck(string folder) : IDoctorCheck
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>Less than this is used up by a busy day's write-ahead file alone.</summary>
    private const long TooLittle = 100 * Megabyte;

    private const long Little = 1024 * Megabyte;

    public string Name => "disk";

    public async IAsyncEnumerable<Finding> Look([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        // Where the folder is yet to be made, the nearest that is there counts.
        var nearest = new DirectoryInfo(Path.GetFullPath(folder));
        while (!nearest.Exists && nearest.Parent is { } parent)
            nearest = parent;
        yield return Writable(nearest);
        var free = new DriveInfo(nearest.FullName).AvailableFreeSpace;
        yield return free switch
        {
            < TooLittle => Finding.Fail($"Only {free / Megabyte} MB are free where the data is.", "Make room, or move FTE_DATA."),
            < Little => Finding.Warn($"{free / Megabyte} MB are free where the data is.", "See that it does not run full: nothing is accepted then."),
            _ => Finding.Ok($"{free / Megabyte} MB are free where the data is."),
        };
    }

    private Finding Writable(DirectoryInfo nearest)
    {
        var probe = Path.Combine(nearest.FullName, $".fte-doctor-{Guid.NewGuid():N}");
        try
        {
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
                return Finding.Ok(Directory.Exists(folder) ? "The data folder can be written to." : "The data folder can be made.");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return Finding.Fail("The data folder cannot be written to.", "Let the user that runs the silo own it, mount it for writing, or set FTE_DATA to another folder.");
        }
    }
}
