using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using FteAgent.Answering;
using FteAgent.Silo.Commands;
using FteAgent.Silo.Settings;
using FteAgent.Texts;

namespace FteAgent.Silo.Doctor;

/// <summary>Whether the policy can be taken, and which lines of its handbook say nothing to the rules.</summary>
internal sealed class PolicyCheck(IConfiguration configuration) : IDoctorCheck
{
    /// <summary>So many lines are told; whoever has more begins with these.</summary>
    private const int MostLines = 20;

    private const int LongestLine = 120;

    public string Name => "policy";

    public async IAsyncEnumerable<Finding> Look([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        PolicyFile? file = null;
        var readable = true;
        try
        {
            file = PolicyFile.Read(configuration);
        }
        catch (UsageException)
        {
            readable = false;   // The first check says what is wrong.
        }

        if (file is null)
        {
            yield return readable
                ? Finding.Ok($"Not configured: {PolicyFile.Setting} is not set. The rules of every deployment hold.")
                : Finding.Warn("Not looked at, since the file cannot be taken.", "See to the settings first.");
            yield break;
        }

        yield return Finding.Ok($"The policy can be taken: {Count(file.Policy.NeverTopics.Length, "topic")} of which only people speak, {Count(file.Policy.Routes.Count, "route")}.");
        if (Deaf(file.Policy.Languages) is { } deaf)
            yield return Finding.Warn(
                $"The rules before the model hear {string.Join(", ", KnownLanguages.Heard)}; the policy answers in {deaf} as well, where only the model and the rules after it bring a person.",
                "Keep to languages that are heard, or see what docs/policy.md tells of the others.");
        foreach (var line in file.Policy.NotUnderstood.Take(MostLines))
            yield return Finding.Warn(
                $"The rules do not understand this line of the handbook: {(line.Length > LongestLine ? $"{SafeCut.At(line, LongestLine)}…" : line)}",
                "Say it under never or routes, or in the words that docs/policy.md tells.");
        if (file.Policy.NotUnderstood.Length > MostLines)
            yield return Finding.Warn($"{file.Policy.NotUnderstood.Length - MostLines} further lines of the handbook are not understood.", "Begin with those above.");
    }

    /// <summary>The languages that are answered in and not heard; null where there are none.</summary>
    private static string? Deaf(ImmutableArray<string> languages) =>
        languages.IsDefaultOrEmpty ? "any language" : languages.Where(language => !KnownLanguages.Heard.Contains(language)).Distinct().ToArray() is { Length: > 0 } deaf ? string.Join(", ", deaf) : null;

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
