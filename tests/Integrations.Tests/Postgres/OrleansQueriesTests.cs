using System.Data;
using FteAgent.Testing;
using Npgsql;

namespace FteAgent.Postgres;

/// <summary>
/// The statements that Orleans' ADO.NET providers find in the database, called as those call them: by key, with their names and types
/// of parameters, read by their names of columns. On Orleans itself the fleet's tests use them too; these run on either engine.
/// </summary>
public sealed class OrleansQueriesTests : IAsyncLifetime
{
    private const int Active = 3;
    private const int Dead = 6;
    private static readonly DateTime Start = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    private TestDatabase database = null!;
    private NpgsqlConnection connection = null!;
    private Dictionary<string, string> queries = [];

    public async Task InitializeAsync()
    {
        database = await (await PostgresServer.Shared).NewDatabase();
        connection = new(database.Url);
        await connection.OpenAsync();
        // Word for word as the providers ask: by a bare name.
        queries = (await Rows("SELECT QueryKey, QueryText FROM OrleansQuery")).ToDictionary(row => (string)row["QueryKey"]!, row => (string)row["QueryText"]!);
    }

    public async Task DisposeAsync()
    {
        await connection.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public void Every_key_that_the_providers_demand_is_there() => Assert.Superset(
        new HashSet<string>
        {
            "GatewaysQueryKey", "MembershipReadRowKey", "MembershipReadAllKey", "InsertMembershipVersionKey", "UpdateIAmAlivetimeKey", "InsertMembershipKey",
            "UpdateMembershipKey", "DeleteMembershipTableEntriesKey", "CleanupDefunctSiloEntriesKey",
            "WriteToStorageKey", "ReadFromStorageKey", "ClearStorageKey", "DeleteStorageKey",
        },
        queries.Keys.ToHashSet());

    [Fact]
    public async Task A_cluster_is_made_once_and_has_a_version_before_it_has_silos()
    {
        Assert.True(await Yes("InsertMembershipVersionKey", Cluster));
        Assert.False(await Yes("InsertMembershipVersionKey", Cluster));

        var row = Assert.Single(await Read("MembershipReadAllKey", Cluster));
        Assert.Equal(0, row["Version"]);
        Assert.Null(row["StartTime"]);
        Assert.Null(Assert.Single(await Read("MembershipReadRowKey", [Cluster, .. Silo(1)]))["StartTime"]);
    }

    [Fact]
    public async Task A_silo_joins_upon_the_version_that_it_read_and_no_other()
    {
        await Yes("InsertMembershipVersionKey", Cluster);

        Assert.True(await Join(1, version: 0));
        Assert.False(await Join(2, version: 0));
        Assert.False(await Join(1, version: 1));
        Assert.True(await Join(2, version: 1));

        var rows = await Read("MembershipReadAllKey", Cluster);
        Assert.Equal(2, rows.Count);
        Assert.All(rows, row => Assert.Equal(2, row["Version"]));
        var one = Assert.Single(await Read("MembershipReadRowKey", [Cluster, .. Silo(1)]));
        Assert.Equal(("fdaa::1", 11111, 1, "silo-1", "host", Active, 30000), (one["Address"], one["Port"], one["Generation"], one["SiloName"], one["HostName"], one["Status"], one["ProxyPort"]));
        Assert.Equal((Start, Start), (one["StartTime"], one["IAmAliveTime"]));
        Assert.Null(one["SuspectTimes"]);
    }

    [Fact]
    public async Task Of_two_silos_that_join_at_the_same_time_one_reads_again()
    {
        await Yes("InsertMembershipVersionKey", Cluster);
        await using var other = new NpgsqlConnection(database.Url);
        await other.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        Assert.True(await Join(1, version: 0));
        var second = Join(2, version: 0, other);
        await Task.WhenAny(second, Task.Delay(100));
        Assert.False(second.IsCompleted, "It did not wait for the one before it.");
        await transaction.CommitAsync();

        Assert.False(await second);
        Assert.Single(await Read("MembershipReadAllKey", Cluster));
    }

    [Fact]
    public async Task A_silo_is_suspected_and_declared_dead_upon_the_version_that_was_read()
    {
        await Yes("InsertMembershipVersionKey", Cluster);
        await Join(1, version: 0);

        Assert.False(await Change(1, Dead, version: 0));
        Assert.False(await Change(2, Dead, version: 1));
        Assert.True(await Change(1, Dead, version: 1));

        var row = Assert.Single(await Read("MembershipReadAllKey", Cluster));
        Assert.Equal((Dead, "silo,time", 2), (row["Status"], row["SuspectTimes"], row["Version"]));
    }

    [Fact]
    public async Task A_sign_of_life_changes_no_version()
    {
        await Yes("InsertMembershipVersionKey", Cluster);
        await Join(1, version: 0);
        await Execute("UpdateIAmAlivetimeKey", [Cluster, .. Silo(1), ("IAmAliveTime", Start.AddMinutes(1), DbType.DateTime)]);

        var row = Assert.Single(await Read("MembershipReadAllKey", Cluster));
        Assert.Equal((Start.AddMinutes(1), 1), (row["IAmAliveTime"], row["Version"]));
    }

    [Fact]
    public async Task Only_active_silos_with_a_gateway_are_listed_for_clients()
    {
        await Yes("InsertMembershipVersionKey", Cluster);
        await Join(1, version: 0);
        await Join(2, version: 1, gateway: 0);
        await Join(3, version: 2);
        await Change(3, Dead, version: 3);

        var row = Assert.Single(await Read("GatewaysQueryKey", Cluster, ("Status", Active, DbType.Int32)));
        Assert.Equal(("fdaa::1", 30000, 1), (row["Address"], row["ProxyPort"], row["Generation"]));
    }

    [Fact]
    public async Task Cleaning_up_removes_the_long_dead_alone()
    {
        await Yes("InsertMembershipVersionKey", Cluster);
        await Join(1, version: 0);
        await Join(2, version: 1);
        await Change(2, Dead, version: 2);
        await Execute("CleanupDefunctSiloEntriesKey", Cluster, ("IAmAliveTime", Start, DbType.DateTime));
        Assert.Equal(2, (await Read("MembershipReadAllKey", Cluster)).Count);

        await Execute("CleanupDefunctSiloEntriesKey", Cluster, ("IAmAliveTime", Start.AddDays(1), DbType.DateTime));
        Assert.Equal(1, Assert.Single(await Read("MembershipReadAllKey", Cluster))["Generation"]);

        await Execute("DeleteMembershipTableEntriesKey", Cluster);
        Assert.Empty(await Read("MembershipReadAllKey", Cluster));
    }

    [Fact]
    public async Task A_state_is_written_upon_the_version_that_was_read_and_no_other()
    {
        Assert.Empty(await Read("ReadFromStorageKey", State("a")));
        Assert.Equal(1, await Write("a", null, 1));
        Assert.Null(await Write("a", null, 2));
        Assert.Equal(2, await Write("a", 1, 3));
        Assert.Null(await Write("a", 1, 4));

        var row = Assert.Single(await Read("ReadFromStorageKey", State("a")));
        Assert.Equal(2, row["Version"]);
        Assert.Equal([3], (byte[])row["PayloadBinary"]!);
        Assert.Empty(await Read("ReadFromStorageKey", State("b")));
    }

    [Theory]
    [InlineData("a")]
    [InlineData(null)]   // A grain with a number for a key has no text.
    public async Task Of_two_activations_that_write_first_one_is_told_so(string? key)
    {
        await using var other = new NpgsqlConnection(database.Url);
        await other.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        Assert.Equal(1, await Write(key, null, 1));
        var second = Write(key, null, 2, other);
        await Task.WhenAny(second, Task.Delay(100));
        await transaction.CommitAsync();

        Assert.Null(await second);
        Assert.Equal([1], (byte[])Assert.Single(await Read("ReadFromStorageKey", State(key)))["PayloadBinary"]!);
    }

    [Fact]
    public async Task A_cleared_state_keeps_its_version_and_a_deleted_one_is_gone()
    {
        await Write("a", null, 1);
        Assert.Empty(await Read("ClearStorageKey", [.. State("a"), Version(2)]));
        Assert.Equal(2, Assert.Single(await Read("ClearStorageKey", [.. State("a"), Version(1)]))["NewGrainStateVersion"]);
        Assert.Null(Assert.Single(await Read("ReadFromStorageKey", State("a")))["PayloadBinary"]);

        Assert.Empty(await Read("DeleteStorageKey", [.. State("a"), Version(1)]));
        Assert.Equal(3, Assert.Single(await Read("DeleteStorageKey", [.. State("a"), Version(2)]))["NewGrainStateVersion"]);
        Assert.Empty(await Read("ReadFromStorageKey", State("a")));
        Assert.Equal(1, await Write("a", null, 5));
    }

    private static (string, object?, DbType) Cluster => ("DeploymentId", "fte-test", DbType.String);

    private static (string, object?, DbType)[] Silo(int number) =>
        [("Address", $"fdaa::{number}", DbType.AnsiString), ("Port", 11111, DbType.Int32), ("Generation", number, DbType.Int32)];

    private static (string, object?, DbType)[] State(string? key) =>
    [
        ("GrainIdHash", 1, DbType.Int32), ("GrainIdN0", 0L, DbType.Int64), ("GrainIdN1", 0L, DbType.Int64), ("GrainTypeHash", 2, DbType.Int32),
        ("GrainTypeString", "mailbox", DbType.String), ("GrainIdExtensionString", key, DbType.String), ("ServiceId", "fte", DbType.String),
    ];

    private static (string, object?, DbType) Version(int? version) => ("GrainStateVersion", version, DbType.Int32);

    private async Task<bool> Join(int number, int version, NpgsqlConnection? by = null, int gateway = 30000) => (bool)(await Rows(
        queries["InsertMembershipKey"], by,
        [
            Cluster, .. Silo(number), ("SiloName", $"silo-{number}", DbType.String), ("HostName", "host", DbType.String), ("Status", Active, DbType.Int32),
            ("ProxyPort", gateway, DbType.Int32), ("StartTime", Start, DbType.DateTime), ("IAmAliveTime", Start, DbType.DateTime), ("Version", version, DbType.Int32),
        ])).Single().Values.Single()!;

    private Task<bool> Change(int number, int status, int version) => Yes(
        "UpdateMembershipKey", Cluster, [.. Silo(number), ("Status", status, DbType.Int32), ("SuspectTimes", "silo,time", DbType.String), ("IAmAliveTime", Start, DbType.DateTime), ("Version", version, DbType.Int32)]);

    private async Task<int?> Write(string? key, int? version, byte payload, NpgsqlConnection? by = null) =>
        (int?)(await Rows(queries["WriteToStorageKey"], by, [.. State(key), Version(version), ("PayloadBinary", new[] { payload }, DbType.Binary)]))
            .SingleOrDefault()?["NewGrainStateVersion"];

    private async Task<bool> Yes(string key, (string, object?, DbType) first, params (string, object?, DbType)[] more) =>
        (bool)(await Rows(queries[key], null, [first, .. more])).Single().Values.Single()!;

    private Task<List<Dictionary<string, object?>>> Read(string key, params (string, object?, DbType)[] parameters) => Rows(queries[key], null, parameters);

    private Task Execute(string key, params (string, object?, DbType)[] parameters) => Rows(queries[key], null, parameters);

    private async Task<List<Dictionary<string, object?>>> Rows(string sql, NpgsqlConnection? by = null, params (string Name, object? Value, DbType Type)[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, by ?? connection);
        foreach (var (name, value, type) in parameters)
            command.Parameters.Add(new() { ParameterName = name, Value = value ?? DBNull.Value, DbType = type });
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<Dictionary<string, object?>>();
        while (await reader.ReadAsync())
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, i => reader.IsDBNull(i) ? null : reader.GetValue(i), StringComparer.OrdinalIgnoreCase));
        return rows;
    }
}
