using System.Text.RegularExpressions;
using FteAgent.Api.Hosting;
using FteAgent.Silo.Commands;
using FteAgent.Silo.Settings;
using Microsoft.Extensions.Configuration;

namespace FteAgent.Api.Settings;

/// <summary>Settings are all written down, and a bad one is told in a sentence.</summary>
public sealed partial class SettingsTests
{
    private static readonly string[] Rooms = ["Api", "Grains", "Grains.Abstractions", "Integrations", "Silo"];

    // What the code tells the runtime is read from nowhere.
    private const string OfTheRuntime = "REGEX_DEFAULT_MATCH_TIMEOUT";

    [Fact]
    public void Every_variable_that_the_code_reads_is_a_known_setting_and_every_known_setting_is_read()
    {
        var read = Rooms.SelectMany(room => Directory.EnumerateFiles(At("src", room), "*.cs", SearchOption.AllDirectories))
            .Where(file => Path.GetFileName(file) != "KnownSettings.cs")
            .SelectMany(file => Literal().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).Where(name => name != OfTheRuntime).ToHashSet();

        // The options of sections are found by their types, and the framework reads its own.
        var known = KnownSettings.All.Where(name => !name.Contains("__", StringComparison.Ordinal)).ToHashSet();
        Assert.Equal(known.Order(StringComparer.Ordinal), read.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Page_of_settings_lists_exactly_the_known_ones()
    {
        var listed = Row().Matches(File.ReadAllText(At("docs", "settings.md"))).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(KnownSettings.All.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Example_names_exactly_the_known_ones_and_sets_none()
    {
        var lines = File.ReadAllLines(At(".env.example"));
        var named = lines.Select(line => Example().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(KnownSettings.All.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
        Assert.All(lines, line => Assert.True(line.Length == 0 || line[0] == '#', line));
    }

    [Theory]
    [InlineData("Limits:SubmitPerMinute", "many", "Limits__SubmitPerMinute must be a whole number from 1 to 10000000.")]
    [InlineData("Limits:SubmitPerMinute", "0", "Limits__SubmitPerMinute must be a whole number from 1 to 10000000.")]
    [InlineData("Limits:BlockFactor", "99999999999999", "Limits__BlockFactor must be a whole number from 1 to 200.")]
    [InlineData("Conversation:Acknowledge", "15", "Conversation__Acknowledge must be a time such as 00:15:00 (hours, minutes, seconds) from 00:00:01 to 1.00:00:00.")]
    [InlineData("Conversation:Acknowledge", "soon", "Conversation__Acknowledge must be a time such as 00:15:00 (hours, minutes, seconds) from 00:00:01 to 1.00:00:00.")]
    [InlineData("BusinessHours:AlwaysOpen", "perhaps", "BusinessHours__AlwaysOpen must be true or false.")]
    [InlineData("BusinessHours:Opens", "25:00", "BusinessHours__Opens must be a time of day such as 09:00.")]
    [InlineData("BusinessHours:Days:0", "Moonday", "BusinessHours__Days__0 must be one of Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday.")]
    [InlineData("BusinessHours:Days:0", "9", "BusinessHours__Days__0 must be one of Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday.")]
    [InlineData("BusinessHours:Holidays:3", "Christmas", "BusinessHours__Holidays__3 must be a date such as 2026-12-25.")]
    [InlineData("TRUSTED_PROXIES", "0.0.0.0/0", "TRUSTED_PROXIES must be IP addresses or networks with commas between them, such as 10.0.0.7,192.168.0.0/24,fd00::/8, and not all addresses.")]
    [InlineData("Model:CachedInputPrice", "cheap", "Model__CachedInputPrice must be a number from 0 to 100000.")]
    [InlineData("Knowledge:VectorWeight", "2", "Knowledge__VectorWeight must be a number from 0 to 1.")]
    [InlineData("Knowledge:StaleAfter", "0", "Knowledge__StaleAfter must be a time such as 00:15:00 (hours, minutes, seconds) from 1.00:00:00 to 3650.00:00:00.")]
    [InlineData("RETENTION_DAYS", "0", "RETENTION_DAYS must be a whole number from 1 to 36500; leave it out to keep everything.")]
    [InlineData("RETENTION_DAYS", "two years", "RETENTION_DAYS must be a whole number from 1 to 36500; leave it out to keep everything.")]
    [InlineData("DRAIN_SECONDS", "-1", "DRAIN_SECONDS must be a whole number from 0 to 20.")]
    [InlineData("OPERATOR_KEY", "short", "OPERATOR_KEY must have at least 32 characters; leave it out and run 'silo operators add NAME' to have one made.")]
    [InlineData("FTE_URL", "http://localhost:8080/support", "FTE_URL must be an http or https address without a path, such as http://0.0.0.0:8080.")]
    [InlineData("FTE_URL", "http://me:secret@localhost:8080", "FTE_URL must be an http or https address without a path, such as http://0.0.0.0:8080.")]
    [InlineData("Logging:LogLevel:Default", "Bananas", "Logging__LogLevel__Default must be one of Trace, Debug, Information, Warning, Error, Critical, None.")]
    [InlineData("Logging:Console:LogLevel:FteAgent", "9", "Logging__Console__LogLevel__FteAgent must be one of Trace, Debug, Information, Warning, Error, Critical, None.")]
    public void Bad_setting_is_told_in_one_sentence_that_names_it_as_it_is_written(string key, string value, string sentence)
    {
        var refused = Assert.Throws<UsageException>(() => SiloSettings.Read(With(key, value)));

        Assert.Equal(sentence, refused.Message);
    }

    [Theory]
    [InlineData("FTE_URL", "http://localhost:8080/")]
    [InlineData("FTE_URL", "https://[::]:8443")]
    [InlineData("Logging:LogLevel:Default", "warning")]
    [InlineData("Logging:LogLevel:Default", "")]
    public void Good_setting_is_taken(string key, string value) => SiloSettings.Read(With(key, value));

    [Fact]
    public async Task Bad_setting_stops_the_start()
    {
        var refused = await Assert.ThrowsAsync<UsageException>(() => RunningSilo.Start(("Limits:StreamsAtOnce", "none")));

        Assert.Equal("Limits__StreamsAtOnce must be a whole number from 1 to 10000000.", refused.Message);
    }

    [Fact]
    public void All_bad_settings_of_sections_are_told_at_once()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Limits:BlockFactor"] = "0", ["Conversation:Settle"] = "?" }).Build();

        var refused = Assert.Throws<UsageException>(() => SiloSettings.Read(configuration));

        Assert.Contains("Limits__BlockFactor", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Conversation__Settle", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Limits__SubmitsPerMinute", "Limits__SubmitPerMinute")]
    [InlineData("limits__submitperminit", "Limits__SubmitPerMinute")]
    [InlineData("Conversation__Aknowledge", "Conversation__Acknowledge")]
    [InlineData("BusinessHours__Day__0", "BusinessHours__Days__0")]
    [InlineData("FTE_DATE", "FTE_DATA")]
    [InlineData("OPERATOR_KEYS", "OPERATOR_KEY")]
    [InlineData("DATABASE_URI", "DATABASE_URL")]
    public void Misspelt_name_is_told_with_the_nearest_that_there_is(string name, string nearest) =>
        Assert.Equal($"{name} is no setting and has no effect; the nearest is {nearest}, and docs/settings.md lists all.", Assert.Single(UnknownSettings.Find([name])));

    [Theory]
    [InlineData("Limits__SubmitPerMinute")]
    [InlineData("LIMITS__SUBMITPERMINUTE")]
    [InlineData("BusinessHours__Days__6")]
    [InlineData("FTE_DATA")]
    [InlineData("PATH")]
    [InlineData("DATABASE_HOST")]
    [InlineData("HOME")]
    public void What_is_a_setting_or_somebody_elses_is_not_told(string name) => Assert.Empty(UnknownSettings.Find([name]));

    private static IConfiguration With(string key, string value) =>
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [key] = value }).Build();

    private static string At(params string[] path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "FteAgent.sln")))
                return Path.Combine([folder.FullName, .. path]);
        throw new InvalidOperationException("These tests run inside the repository.");
    }

    /// <summary>Words with a '_' between them, and the one setting of a single word.</summary>
    [GeneratedRegex("\"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|INTAKE)\"")]
    private static partial Regex Literal();

    [GeneratedRegex(@"^\| `([A-Za-z][A-Za-z0-9_]*)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("^#([A-Za-z][A-Za-z0-9_]*)=")]
    private static partial Regex Example();
}
