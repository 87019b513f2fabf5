namespace FteAgent.Attacks;

/// <summary>The same attacks as the tests', from a command line and with anybody's folder.</summary>
internal static class AttackCommand
{
    /// <summary>Its name.</summary>
    public const string Name = "attacks";

    private const string Usage = "Usage: make attacks ARGS=\"--data DIR\", where DIR holds messages.jsonl and documents.jsonl (docs/attacks.md). Without --data the attacks of this repository are tried.";

    /// <summary>Tries them. 0: none got through; 1: some did; 2: there is something wrong with the files or the arguments.</summary>
    public static async Task<int> Run(IReadOnlyList<string> args, TextWriter output, TextWriter errors)
    {
        try
        {
            var files = AttackFiles.Open(args switch
            {
                [] => null,
                ["--data", var folder] => Path.GetFullPath(folder),
                _ => throw new InvalidDataException(Usage),
            });
            return await Try(files, output);
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            await errors.WriteLineAsync(failure.Message);
            return 2;
        }
    }

    private static async Task<int> Try(AttackFiles files, TextWriter output)
    {
        await output.WriteLineAsync($"Attacks of {files.Folder}: {files.Messages.Count} messages, {files.Documents.Count} documents. Each is tried several times.");
        IReadOnlyList<string> through;
        await using (var attacked = await AttackSuite.Open(files))
        {
            await attacked.Messages();
            await attacked.TurnedModel();
            await attacked.Documents();
            await output.WriteAsync(attacked.Report());
            through = await attacked.GotThrough();
        }

        await using (var asked = await AttackSuite.Open(files))
        {
            var (alarms, all) = await asked.Twins();
            await output.WriteLineAsync($"False alarms: {alarms.Count} of {all} plain questions");
            foreach (var alarm in alarms)
                await output.WriteLineAsync($"  {alarm}");
        }

        await output.WriteLineAsync($"Got through: {through.Count}");
        foreach (var got in through)
            await output.WriteLineAsync($"  {got}");
        return through.Count == 0 ? 0 : 1;
    }
}
