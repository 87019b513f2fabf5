using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using FteAgent.Silo.Doctor;
using FteAgent.Silo.Hosting;

namespace FteAgent.Silo.Commands;

/// <summary>Looks at everything a silo needs, before or while one runs, and says what to do. Changes nothing.</summary>
internal static class DoctorCommand
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Write JSON, for machines." };
        var command = new Command("doctor", "Check settings, database, disk and network, and say what to do. Exits with 1 when something must be mended.") { json };
        command.SetAction((parsed, token) => Run(parsed.GetValue(json), token));
        return command;
    }

    private static async Task<int> Run(bool json, CancellationToken cancellationToken)
    {
        var findings = await Examination.Run(Examination.Checks(SiloHost.Configuration()), TimeProvider.System, cancellationToken);
        var failed = findings.Any(found => found.Finding.Verdict is Verdict.Fail);
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(
                new { ok = !failed, findings = findings.Select(found => new { check = found.Check, verdict = Word(found.Finding), says = found.Finding.Says, @do = found.Finding.Do }) }, Indented));
        else
            foreach (var (check, finding) in findings)
                Console.WriteLine($"{Word(finding),-4}  {check,-8}  {finding.Says}{(finding.Do is { } remedy ? $" {remedy}" : "")}");
        return failed ? 1 : 0;
    }

    private static string Word(Finding finding) => finding.Verdict.ToString().ToLowerInvariant();
}
