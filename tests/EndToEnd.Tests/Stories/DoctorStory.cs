using System.Text.Json;
using FteAgent.EndToEnd.Silos;

namespace FteAgent.EndToEnd.Stories;

/// <summary>The command as operators run it: lines for people, JSON for machines, and an exit code.</summary>
public sealed class DoctorStory : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("fte-doctor-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Machine_that_is_well_exits_with_0_and_every_line_begins_with_its_verdict()
    {
        var (exit, output, error) = await ProductSilo.Command(folder, "doctor");

        Assert.True(exit == 0, output + error);
        Assert.All(output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches("^(ok|warn)  +[a-z]+ ", line));
    }

    [Fact]
    public async Task What_must_be_mended_exits_with_1_and_machines_read_what_to_do()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "fte.db"), "Dear diary, this is no database at all, though it is long enough to be looked at.");

        var (exit, output, _) = await ProductSilo.Command(folder, "doctor", "--json");

        Assert.Equal(1, exit);
        using var json = JsonDocument.Parse(output);
        Assert.False(json.RootElement.GetProperty("ok").GetBoolean());
        var failed = Assert.Single(json.RootElement.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("verdict").GetString() == "fail");
        Assert.Equal("database", failed.GetProperty("check").GetString());
        Assert.NotEqual("", failed.GetProperty("do").GetString());
    }
}
