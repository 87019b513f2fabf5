using System.Net.Http.Json;
using System.Text.Json;
using FteAgent.EndToEnd.Silos;

namespace FteAgent.EndToEnd.Stories;

/// <summary>A person asks for a copy and for erasure, while the silo runs; then the record is restored from before, and they are erased again.</summary>
public sealed class ErasureStory : IDisposable
{
    private const string Secret = "My account number is 4711-0815-2342.";
    private readonly string folder = Directory.CreateTempSubdirectory("fte-erasure-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Person_gets_a_copy_is_erased_and_stays_so_after_a_restore()
    {
        string token, customer;
        await using (var silo = await ProductSilo.Start(folder))
        {
            using var http = new HttpClient { BaseAddress = silo.Address };
            var opened = await (await http.PostAsJsonAsync("/support/conversation", new { text = Secret, name = "Mira", email = "mira@example.com" })).Content.ReadFromJsonAsync<JsonElement>();
            token = opened.GetProperty("conversation_token").GetString()!;
            // The token begins with the customer's id.
            customer = new Guid(System.Buffers.Text.Base64Url.DecodeFromChars(token).AsSpan(0, 16)).ToString("N");
            Assert.Equal(0, (await ProductSilo.Command(folder, "backup", Path.Combine(folder, "before.backup"))).ExitCode);

            var copy = Path.Combine(folder, "copy.json");
            var exported = await ProductSilo.Command(folder, "customers", "export", customer, "--to", copy);
            Assert.True(exported.ExitCode == 0, exported.Error);
            Assert.Contains(Secret, await File.ReadAllTextAsync(copy), StringComparison.Ordinal);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? UnixFileMode.UserRead | UnixFileMode.UserWrite : File.GetUnixFileMode(copy));
            Assert.Equal(2, (await ProductSilo.Command(folder, "customers", "export", customer, "--to", copy)).ExitCode);
            File.Delete(copy);

            var erased = await ProductSilo.Command(folder, "customers", "erase", customer, "--yes");
            Assert.True(erased.ExitCode == 0, erased.Error);
            Assert.Contains(customer, erased.Output, StringComparison.Ordinal);
            // And what they had written: a replay after a restore knows it, whoever brings it again.
            Assert.Matches("\"messages\":\\[\"[0-9a-f]{32}\"", erased.Output);
            // The silo has had the conversation in memory all the time.
            http.DefaultRequestHeaders.Authorization = new("Bearer", token);
            Assert.Equal(401, (int)(await http.PostAsJsonAsync("/support/conversation/messages", new { text = "Hello?" })).StatusCode);
            Assert.Equal(401, (int)(await http.GetAsync("/support/conversation")).StatusCode);
            Assert.Equal(2, (await ProductSilo.Command(folder, "customers", "erase", customer, "--yes")).ExitCode);
            Assert.Empty(FilesHoldingIt());
        }

        var erasures = Path.Combine(folder, "erasures.jsonl");
        await File.WriteAllTextAsync(erasures, (await ProductSilo.Command(folder, "customers", "erasures")).Output);
        foreach (var file in Directory.EnumerateFiles(folder, "fte.db*"))
            File.Delete(file);
        File.Move(Path.Combine(folder, "before.backup"), Path.Combine(folder, "fte.db"));
        Assert.NotEmpty(FilesHoldingIt());

        var replayed = await ProductSilo.Command(folder, "customers", "erase", "--replay", erasures);

        Assert.Equal("1 erasures were read; 1 had to be done again.", replayed.Output.Trim());
        Assert.Empty(FilesHoldingIt());
        Assert.Equal("1 erasures were read; 0 had to be done again.", (await ProductSilo.Command(folder, "customers", "erase", "--replay", erasures)).Output.Trim());
    }

    [Fact]
    public async Task What_is_no_customer_and_no_erasure_is_told_in_a_sentence()
    {
        var lines = Path.Combine(folder, "erasures.jsonl");
        await File.WriteAllTextAsync(lines, "{\"customers\": [\"mira\"]}\n");

        foreach (var arguments in (string[][])
        [
            ["customers", "export", "mira"], ["customers", "export", Guid.NewGuid().ToString("N")], ["customers", "erase", "mira", "--yes"],
            ["customers", "erase", Guid.NewGuid().ToString("N"), "--yes"], ["customers", "erase"], ["customers", "erase", "--replay", lines],
            ["customers", "erase", "--replay", Path.Combine(folder, "none.jsonl")],
        ])
        {
            var (exit, output, error) = await ProductSilo.Command(folder, arguments);
            Assert.Equal((2, ""), (exit, output));
            Assert.Matches("^fte: .+\\.\\s*$", error);
        }
    }

    private IEnumerable<string> FilesHoldingIt() =>
        Directory.EnumerateFiles(folder, "fte.db*").Where(file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray().AsSpan().IndexOf("4711-0815-2342"u8) >= 0;
        });
}
