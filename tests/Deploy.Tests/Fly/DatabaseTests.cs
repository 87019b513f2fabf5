namespace FteAgent.Deploy.Tests.Fly;

/// <summary>Managed Postgres in scripts/deploy-fly.sh: made or attached, with pgvector, in a network that reaches it, and with no word of its password.</summary>
public sealed class DatabaseTests : IDisposable
{
    private readonly FakeFly fly = new();

    [Fact]
    public void A_cluster_that_is_there_is_attached_once()
    {
        fly.MakeCluster("other");

        var run = fly.Run("--app", "acme", "--database", "id1");
        var again = fly.Run("--app", "acme", "--database", "id1");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal("mpg attach id1 --app acme", run.Changes.ElementAt(1));
        Assert.Empty(again.Changes);
    }

    [Fact]
    public void A_cluster_is_made_with_pgvector_and_attached_and_the_second_run_changes_nothing()
    {
        var run = fly.Run("--app", "acme", "--create-database", "starter", "--region", "ams");
        var again = fly.Run("--app", "acme", "--create-database", "starter", "--region", "ams");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal(
            [
                "apps create acme --org personal --yes",
                "mpg create --name acme-db --org personal --region ams --plan starter --pg-major-version 17",
                "mpg databases extensions enable vector --cluster id1",
                "mpg attach id1 --app acme",
                "secrets import --app acme --stage",
            ],
            run.Changes.Take(5));
        Assert.Empty(again.Changes);
    }

    [Theory]
    [InlineData("mpg databases extensions enable")]
    [InlineData("mpg attach")]
    public void A_cluster_that_was_made_before_a_run_broke_off_is_not_made_twice(string failing)
    {
        fly.Environment["FAKE_FLY_FAILS"] = failing;
        fly.Run("--app", "acme", "--create-database", "basic");
        fly.Environment.Remove("FAKE_FLY_FAILS");

        var run = fly.Run("--app", "acme", "--create-database", "basic");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.StartsWith(failing, run.Changes.First(), StringComparison.Ordinal);
        Assert.Equal("postgresql://fly-user:password-of-the-cluster@pgbouncer.id1.flympg.net/fly-db", fly.Secret("acme", "DATABASE_URL"));
    }

    [Fact]
    public void The_clusters_password_is_never_printed()
    {
        var run = fly.Run("--app", "acme", "--create-database", "basic");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("password-of-the-cluster", fly.Secret("acme", "DATABASE_URL"), StringComparison.Ordinal);
        Assert.DoesNotContain("password-of-the-cluster", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void At_a_terminal_nothing_is_asked_and_no_password_is_shown()
    {
        fly.MakeCluster("other");

        var (exitCode, output) = fly.RunAtTerminal("--app", "acme", "--database", "id1");

        Assert.True(exitCode == 0, output);
        Assert.DoesNotContain("password-of-the-cluster", output, StringComparison.Ordinal);
    }

    [Fact]
    public void All_apps_are_in_the_organisations_network_where_the_database_is_and_stay_there()
    {
        fly.Run("--app", "acme", "--create-database", "basic");

        // Nothing says "Managed Postgres" any more: the silos' own network does.
        var run = fly.Run("--app", "acme", "--frontend", "--kafka");

        Assert.True(run.ExitCode == 0, run.Output);
        foreach (var app in new[] { "acme", "acme-kafka", "acme-web" })
            Assert.Equal("default", fly.App(app)["network"]!.GetValue<string>());
    }

    [Fact]
    public void A_network_that_does_not_reach_the_database_is_refused_before_anything_is_made()
    {
        var run = fly.Run("--app", "acme", "--create-database", "basic", "--network", "own");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Managed Postgres is in the organisation's default network", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Changes);
    }

    [Fact]
    public void An_address_of_Managed_Postgres_means_the_organisations_network_too()
    {
        fly.Environment["DATABASE_URL"] = "postgres://fte:word@pgbouncer.id1.flympg.net/fly-db";

        var run = fly.Run("--app", "acme");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal("default", fly.App("acme")["network"]!.GetValue<string>());
    }

    [Fact]
    public void An_app_that_is_in_another_network_is_told_and_left_alone()
    {
        fly.Environment["DATABASE_URL"] = "postgres://fte:word@db.example.com/fte";
        fly.Run("--app", "acme");

        var run = fly.Run("--app", "acme", "--network", "other");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("acme is in the network 'acme' for good", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Changes);
    }

    [Fact]
    public void A_dry_run_says_what_it_would_make()
    {
        var run = fly.Run("--app", "acme", "--create-database", "basic", "--dry-run");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Empty(run.Changes);
        foreach (var would in new[] { "mpg create --name acme-db", "mpg databases extensions enable vector", "mpg attach" })
            Assert.Contains($"would run: fly {would}", run.Output, StringComparison.Ordinal);
    }

    public void Dispose() => fly.Dispose();
}
