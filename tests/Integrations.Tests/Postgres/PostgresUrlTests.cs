using Npgsql;

namespace FteAgent.Postgres;

public sealed class PostgresUrlTests
{
    [Theory]
    [InlineData("postgres://kim:p%40ss%2Fw%3Ard@db.example.com:6000/fte?sslmode=require", "db.example.com", 6000, "kim", "p@ss/w:rd", "fte", SslMode.Require)]
    [InlineData("postgresql://kim@[fdaa:0:1::2]/fte?sslmode=disable", "fdaa:0:1::2", 5432, "kim", null, "fte", SslMode.Disable)]
    [InlineData("postgres:///fte?host=/var/run/postgresql", "/var/run/postgresql", 5432, null, null, "fte", SslMode.Prefer)]
    [InlineData("Host=db;Port=6000;Username=kim;Password=a;Database=fte", "db", 6000, "kim", "a", "fte", SslMode.Prefer)]
    public void Both_forms_are_read(string value, string host, int port, string? user, string? password, string database, SslMode ssl)
    {
        var (settings, pooled) = PostgresUrl.Read("DATABASE_URL", value);

        Assert.Equal((host, port, user, password, database, ssl), (settings.Host, settings.Port, settings.Username, settings.Password, settings.Database, settings.SslMode));
        Assert.False(pooled);
    }

    [Theory]
    [InlineData("postgres://kim:topsecret@")]
    [InlineData("postgres://kim:top secret/@db:port/fte")]
    [InlineData("postgres://kim:pass#topsecret@db/fte")]
    [InlineData("postgres://kim:topsecret@db/fte?sslmode=maybe-topsecret")]
    [InlineData("postgres://kim:pa?topsecret=x@db/fte")]
    [InlineData("http://kim:topsecret@db/fte")]
    [InlineData("Host=db;Pasword=topsecret")]
    [InlineData("Host=db;Port=topsecret")]
    [InlineData("topsecret")]
    [InlineData("Password=topsecret")]
    public void What_cannot_be_read_is_refused_in_one_sentence_without_it(string value)
    {
        var refused = Assert.Throws<FormatException>(() => PostgresUrl.Read("DATABASE_URL", value));

        Assert.StartsWith("DATABASE_URL ", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Null(refused.InnerException);
    }

    [Fact]
    public async Task Second_url_makes_the_first_a_pooled_one()
    {
        await using var plain = new PostgresSource(new() { Url = "postgres://db/fte" });
        await using var both = new PostgresSource(new() { Url = "postgres://pooler/fte", DirectUrl = "postgres://db/fte" });
        await using var only = new PostgresSource(new() { Url = "postgres://pooler/fte?pgbouncer=true" });

        Assert.Equal((false, true), (plain.IsPooled, plain.Direct is not null));
        Assert.Equal((true, true), (both.IsPooled, both.Direct is not null));
        Assert.Equal((true, false), (only.IsPooled, only.Direct is not null));
        Assert.Equal(0, new NpgsqlConnectionStringBuilder(both.Work.ConnectionString).MaxAutoPrepare);
        Assert.True(new NpgsqlConnectionStringBuilder(both.Work.ConnectionString).NoResetOnClose);
        Assert.True(new NpgsqlConnectionStringBuilder(plain.Work.ConnectionString).MaxAutoPrepare > 0);
        Assert.Equal("db", new NpgsqlConnectionStringBuilder(both.Direct!.ConnectionString).Host);
    }

    [Fact]
    public async Task What_the_value_asks_for_is_kept_and_what_it_leaves_open_is_ours()
    {
        foreach (var value in new[] { "postgres://db/fte?connect_timeout=17&pool_size=9", "Host=db;Timeout=17;Maximum Pool Size=9;Command Timeout=21" })
        {
            await using var asked = new PostgresSource(new() { Url = value });
            var (work, direct) = (new NpgsqlConnectionStringBuilder(asked.Work.ConnectionString), new NpgsqlConnectionStringBuilder(asked.Direct!.ConnectionString));
            Assert.Equal((17, 9, 17), (work.Timeout, work.MaxPoolSize, direct.Timeout));
            Assert.Equal(value.Contains("Command", StringComparison.Ordinal) ? 21 : 10, work.CommandTimeout);
            Assert.True(direct.MaxPoolSize < 9);
        }

        await using var plain = new PostgresSource(new() { Url = "postgres://db/fte" });
        var ours = new NpgsqlConnectionStringBuilder(plain.Work.ConnectionString);
        Assert.Equal((5, 32, 10), (ours.Timeout, ours.MaxPoolSize, ours.CommandTimeout));
    }

    [Theory]
    [InlineData("postgres://db/fte?pool_size=1")]
    [InlineData("postgres://db/fte?pool_size=5000")]
    [InlineData("postgres://db/fte?pool_size=many")]
    [InlineData("Host=db;Maximum Pool Size=1")]
    public void Pool_that_nobody_can_work_with_is_refused_in_one_sentence(string value) =>
        Assert.StartsWith("DATABASE_URL ", Assert.Throws<FormatException>(() => PostgresUrl.Read("DATABASE_URL", value)).Message, StringComparison.Ordinal);

    [Fact]
    public void Text_that_the_database_would_refuse_is_mended()
    {
        // No theory: half of a pair does not survive in an attribute.
        foreach (var (text, stored) in new[]
        {
            ("plain words", "plain words"), ("a\0b", "a\uFFFDb"), ("half \uD83D pair", "half \uFFFD pair"), ("\uDE42", "\uFFFD"), ("\uD83D", "\uFFFD"),
            ("whole \U0001F642 pair\0", "whole \U0001F642 pair\uFFFD"), ("\uD83D\uD83D\uDE42", "\uFFFD\U0001F642"), ("", ""),
        })
            Assert.Equal(stored, PostgresText.Safe(text));
    }
}
