using System.CommandLine;
using System.Globalization;
using FteAgent.Knowledge;
using FteAgent.Silo.Hosting;
using FteAgent.Texts;
using Spectre.Console;

namespace FteAgent.Silo.Commands;

/// <summary>Lists what is doubtful about the documents.</summary>
internal static class FlagsCommand
{
    private const int LongestSentence = 300;

    public static Command Create()
    {
        var flags = new Command("flags", "List stale pages, pages that contradict each other, and sentences that speak to the assistant.");
        flags.SetAction((_, token) => List(token));
        return flags;
    }

    private static async Task<int> List(CancellationToken cancellationToken)
    {
        await using var services = await SiloHost.OpenRecord(cancellationToken);
        var (version, flags) = await services.GetRequiredService<IKnowledgeReview>().Current(cancellationToken);
        if (version == 0)
            throw new UsageException("The index is empty; fill it with 'silo knowledge import PATH'.");
        foreach (var flag in flags)
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]{flag.DocumentId}[/] {Says(flag)}");
            if (flag.Sentence is { } sentence)
                AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  {Short(sentence)}");
            if (flag.OtherSentence is { } other)
                AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  {Short(other)}");
            AnsiConsole.WriteLine();
        }

        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Version {version}: {(flags.Length < IKnowledgeFlags.MostFlags ? "" : "the first ")}{flags.Length:N0} doubtful places.");
        return 0;
    }

    private static string Says(KnowledgeFlag flag) => flag.Kind switch
    {
        FlagKind.Instructions => "speaks to the assistant or could not be read in time, and is not quoted:",
        FlagKind.Contradicts when flag.IsOpen => $"contradicts {flag.OtherDocumentId}, and neither is newer, so a person is asked:",
        FlagKind.Contradicts => $"is contradicted by {flag.OtherDocumentId}, which is newer and quoted:",
        FlagKind.Differs => $"says otherwise than {flag.OtherDocumentId}, whose title names another subject:",
        _ => $"is old, and {flag.OtherDocumentId} is newer and about the same.",
    };

    private static string Short(string sentence) => sentence.Length <= LongestSentence ? sentence : $"{SafeCut.At(sentence, LongestSentence)}…";
}
