using System.Globalization;
using System.Runtime.CompilerServices;
using FteAgent.Conversations;
using FteAgent.Postgres;

namespace FteAgent.Silo.Doctor;

/// <summary>Whether the database can be reached and used, how far away it is, and whether its schema is the one this version needs.</summary>
internal sealed class DatabaseCheck(PostgresOptions options) : IDoctorCheck
{
    /// <summary>PostgreSQL 15 is the oldest that is tested.</summary>
    private const int OldestVersion = 15;

    /// <summary>Each act of a conversation is one round trip.</summary>
    private static readonly TimeSpan FarAway = TimeSpan.FromMilliseconds(10);

    /// <summary>What is due goes by the database's clock; the times of messages are the silo's, and would look wrong beside each other.</summary>
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromSeconds(2);

    public string Name => "database";

    public async IAsyncEnumerable<Finding> Look([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (facts, unfit) = await Ask(cancellationToken);
        if (facts is null)
        {
            yield return unfit!;
            yield break;
        }

        yield return Reached(facts);
        yield return await Schema(cancellationToken);
        yield return Way(facts);
        if (!facts.LackingRights.IsEmpty)
            yield return Finding.Fail(
                $"This user may not read and write {facts.LackingRights.Length} of the record's tables, {facts.LackingRights[0]} among them.",
                "Grant them, as docs/postgres.md tells under 'Which rights does the database user need?'.");
        yield return facts.ClockAhead.Duration() < ClocksDiffer
            ? Finding.Ok($"The clocks of the database and of this machine differ by {Milliseconds(facts.ClockAhead.Duration())}.")
            : Finding.Warn($"The clocks of the database and of this machine differ by {facts.ClockAhead.Duration().TotalSeconds:0} seconds.", "Set both by NTP.");
    }

    private async Task<(PostgresFacts? Facts, Finding? Unfit)> Ask(CancellationToken cancellationToken)
    {
        try
        {
            return (await new PostgresExamination(options).Look(cancellationToken), null);
        }
        catch (PostgresUnfitException unfit)
        {
            return (null, Finding.Fail(unfit.Message, unfit.Remedy));
        }
        catch (RecordUnavailableException unavailable)
        {
            return (null, Finding.Fail(unavailable.Message, "See whether the server runs, and what its log says."));
        }
    }

    private static Finding Reached(PostgresFacts facts)
    {
        var says = $"PostgreSQL {facts.Version} answers within {Milliseconds(facts.RoundTrip)}.";
        if (int.TryParse(facts.Version.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version < OldestVersion)
            return Finding.Fail(says, $"Take version {OldestVersion} or later.");
        return facts.RoundTrip < FarAway ? Finding.Ok(says) : Finding.Warn(says, "Run silos in the same region as the database: every act waits for one round trip.");
    }

    private async Task<Finding> Schema(CancellationToken cancellationToken)
    {
        await using var source = new PostgresSource(options);
        try
        {
            await new PostgresMigrations(source).Check(cancellationToken);
            return Finding.Ok("The schema is what this version needs.");
        }
        catch (InvalidDataException behind)
        {
            return Finding.Fail(behind.Message, "Run 'silo migrate' with this version.");
        }
        catch (RecordUnavailableException unavailable)
        {
            return Finding.Fail($"The schema cannot be read. {unavailable.Message}", "See what the server's log says.");
        }
    }

    private Finding Way(PostgresFacts facts) => (facts.IsPooled, options.DirectUrl, facts.DirectIsPooled) switch
    {
        (_, not null, _) when !facts.SameDatabase => Finding.Fail("DATABASE_URL and DATABASE_DIRECT_URL lead to two databases.", "Let both name the same one, the second past the pooler."),
        (_, not null, true) => Finding.Fail("DATABASE_DIRECT_URL goes through a pooler.", "Let it name the database itself."),
        (true, null, _) when options.NeedsOrleans => Finding.Warn(
            "DATABASE_URL goes through a pooler, and there is no way past it: live pages learn of news each second.", "Set DATABASE_DIRECT_URL to the database itself."),
        (true, null, _) => Finding.Fail("DATABASE_URL goes through a pooler, and there is no way past it.", "Set DATABASE_DIRECT_URL to the database itself."),
        (true, _, _) => Finding.Ok("The day's work goes through a pooler, and leases and live signals past it."),
        (false, not null, _) => Finding.Ok("Both ways lead to the database itself: no pooler is in between."),
        _ => Finding.Ok("No pooler is in between."),
    };

    private static string Milliseconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms");
}
