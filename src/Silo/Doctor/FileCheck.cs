using System.Runtime.CompilerServices;
using FteAgent.Sqlite;

namespace FteAgent.Silo.Doctor;

/// <summary>Whether the data file can be opened and is of this version or an older one. Nothing is made or changed.</summary>
internal sealed class FileCheck(string path) : IDoctorCheck
{
    public string Name => "database";

    public async IAsyncEnumerable<Finding> Look([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        yield return SqliteExamination.Look(path) switch
        {
            SqliteState.Missing => Finding.Ok("There is no data file yet; the first start makes it."),
            SqliteState.Current => Finding.Ok("The data file can be opened, and its schema is what this version needs."),
            SqliteState.Older => Finding.Ok("The data file is of an older version; the next start brings it up to date."),
            SqliteState.Newer => Finding.Fail("The data file was written by a newer version.", "Start that version, or put back a backup of this one."),
            SqliteState.Unknown => Finding.Fail("The data file is not one of ours, or is damaged.", "Put a backup in its place, or set FTE_DATA to another folder."),
            _ => Finding.Fail("The data file cannot be opened.", "Let the user that runs the silo own it; see also whether another program holds it."),
        };
    }
}
