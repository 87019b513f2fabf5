using Npgsql;
using Orleans.Runtime;

namespace FteAgent.Engine.Postgres;

/// <summary>
/// The members of one cluster as rows of a Postgres database. Everything goes by one connection of its own, which nobody else's work
/// can keep waiting; the membership's own thread blocks on it.
/// </summary>
/// <remarks>
/// Renewals do not wait for the disk: what a crash of the database forgets of them makes leases look shorter, and by the time that
/// anybody may evict again, one full lease after the crash, whoever held such a lease has renewed it or stopped. What changes who is
/// a member does wait, for a version must never be given twice.
/// </remarks>
internal sealed class PostgresMembershipStore(MembershipConnection connection) : IMembershipStore
{
    public SiloAddress Enter(NewMember member)
    {
        var endpoint = member.Endpoint.ToString();
        var addresses = connection.Change(
            static row => Address(row, 0),
            new(MembershipSql.AddCluster),
            new(MembershipSql.NextIncarnation, member.KnownVersion, member.KnownGeneration),
            new(MembershipSql.StrikeOutEarlier, endpoint),
            new(MembershipSql.AddMember, endpoint, member.Name, member.Lease));
        return addresses[0];
    }

    public Renewal Renew(SiloAddress self)
    {
        var answers = connection.Ask(
            static row => new Renewal(row.GetBoolean(0), row.GetInt64(1), Time(row, 2), [.. Addresses(row.GetString(3))]),
            new(MembershipSql.Renew, self.Endpoint.ToString(), self.Generation));

        // A cluster that is not written down has no members.
        return answers is [var answer] ? answer : new(false, 0, default, []);
    }

    public StoredView Read()
    {
        var rows = connection.Ask(
            static row => (Version: row.GetInt64(0), Member: row.IsDBNull(1) ? null : Member(row)),
            new MembershipStatement(MembershipSql.Read));
        return new(rows is [var first, ..] ? first.Version : 0, [.. rows.Select(static row => row.Member).OfType<StoredMember>()]);
    }

    public ActivateOutcome Activate(SiloAddress self, long asOfVersion)
    {
        var endpoint = self.Endpoint.ToString();
        var status = connection.Change(
            static row => row.GetString(0),
            new(MembershipSql.LockCluster),
            new(MembershipSql.Activate, endpoint, self.Generation, asOfVersion),
            new(MembershipSql.StatusOf, endpoint, self.Generation));
        return status switch
        {
            [] => ActivateOutcome.NotMember,
            ["joining"] => ActivateOutcome.VersionMoved,
            _ => ActivateOutcome.Done,
        };
    }

    public bool Leave(SiloAddress self)
    {
        var endpoint = self.Endpoint.ToString();
        var status = connection.Change(
            static row => row.GetString(0),
            new(MembershipSql.LockCluster),
            new(MembershipSql.Leave, endpoint, self.Generation),
            new(MembershipSql.StatusOf, endpoint, self.Generation));
        return status.Count > 0;
    }

    public void Remove(SiloAddress self) => connection.Change(
        static _ => true,
        new(MembershipSql.LockCluster),
        new(MembershipSql.Remove, self.Endpoint.ToString(), self.Generation));

    public bool Evict(SiloAddress victim, SiloAddress evictor, DateTimeOffset noLaterThan)
    {
        var versions = connection.Change(
            static row => row.GetInt64(0),
            new(MembershipSql.LockCluster),
            new(MembershipSql.Evict, victim.Endpoint.ToString(), victim.Generation, evictor.Endpoint.ToString(), evictor.Generation, noLaterThan.UtcDateTime));
        return versions.Count > 0;
    }

    public void Dispose() => connection.Dispose();

    private static StoredMember Member(NpgsqlDataReader row) => new(
        new(Address(row, 1), row.GetString(3), Status(row.GetString(4))), TimeSpan.FromSeconds(row.GetDouble(5)), Time(row, 6));

    private static SiloAddress Address(NpgsqlDataReader row, int column) =>
        SiloAddress.New(System.Net.IPEndPoint.Parse(row.GetString(column)), row.GetInt32(column + 1));

    private static IEnumerable<SiloAddress> Addresses(string words) =>
        words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(SiloAddress.FromParsableString);

    private static DateTimeOffset Time(NpgsqlDataReader row, int column) => new(row.GetDateTime(column), TimeSpan.Zero);

    private static MemberStatus Status(string word) => word switch
    {
        "joining" => MemberStatus.Joining,
        "active" => MemberStatus.Active,
        "leaving" => MemberStatus.Leaving,
        _ => throw new InvalidOperationException($"No member can be '{word}'."),
    };
}
