namespace FteAgent.Deploy.Tests.Fly;

/// <summary>scripts/deploy-fly.sh, run against a stand-in that refuses what Fly's published reference does not have.</summary>
public sealed class DeployTests : IDisposable
{
    private const string Url = "postgres://fte:pass-word-of-the-database@db.example.com:5432/fte";
    private readonly FakeFly fly = new() { Environment = { ["DATABASE_URL"] = Url } };

    [Fact]
    public void First_run_makes_the_app_then_its_secrets_then_the_silos()
    {
        var run = fly.Run("--app", "acme", "--count", "3", "--region", "ams", "--org", "acme-inc");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Collection(run.Changes,
            change => Assert.Equal("apps create acme --org acme-inc --network acme --yes", change),
            change => Assert.Equal("secrets import --app acme --stage", change),
            change =>
            {
                Assert.StartsWith("deploy . --config fly.toml --app acme --primary-region ams --image-label ", change, StringComparison.Ordinal);
                Assert.EndsWith("--remote-only --yes", change, StringComparison.Ordinal);
            },
            change => Assert.Equal("scale count 3 --app acme --region ams --yes", change));
        Assert.Equal(3, fly.App("acme")["machines"]!.AsArray().Count);
        Assert.Equal(Url, fly.Secret("acme", "DATABASE_URL"));
        Assert.Equal("https://acme.fly.dev", fly.Secret("acme", "PUBLIC_URL"));
    }

    [Fact]
    public void Secrets_go_in_by_standard_input_and_are_neither_arguments_nor_printed()
    {
        var run = fly.Run("--app", "acme", "--kafka", "--frontend");

        Assert.True(run.ExitCode == 0, run.Output);
        string[] secrets =
        [
            "pass-word-of-the-database", fly.Secret("acme", "CLUSTER_SECRET"), fly.Secret("acme", "OPERATOR_KEY"), fly.Secret("acme", "KAFKA_SASL_PASSWORD"),
        ];
        Assert.All(secrets, secret =>
        {
            Assert.True(secret.Length >= 20);
            Assert.DoesNotContain(secret, run.Output, StringComparison.Ordinal);
            Assert.All(run.Calls, call => Assert.DoesNotContain(call.Given, word => word.Contains(secret, StringComparison.Ordinal)));
            Assert.Contains(run.Calls, call => call.Name == "secrets import" && call.Input.Contains(secret, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Second_run_changes_nothing()
    {
        fly.Run("--app", "acme", "--kafka", "--frontend");

        var again = fly.Run("--app", "acme", "--kafka", "--frontend");

        Assert.True(again.ExitCode == 0, again.Output);
        Assert.Empty(again.Changes);
    }

    [Fact]
    public void A_new_commit_is_deployed_and_nothing_else_is_done()
    {
        fly.Run("--app", "acme", "--kafka");
        fly.ChangeTree();

        var run = fly.Run("--app", "acme", "--kafka");

        Assert.StartsWith("deploy . --config fly.toml --app acme ", Assert.Single(run.Changes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scripts/frontend")]
    [InlineData("scripts/image-publish")]
    [InlineData("deploy/fly/frontend/Dockerfile")]
    public void Pages_are_deployed_anew_when_anything_changes_that_their_image_is_made_of(string file)
    {
        fly.Run("--app", "acme", "--frontend");
        fly.ChangeTree(file);

        var run = fly.Run("--app", "acme", "--frontend");

        Assert.Contains(run.Changes, change => change.StartsWith("deploy . --config deploy/fly/frontend/fly.toml ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_image_is_told_its_version_and_where_it_came_from()
    {
        var deploy = fly.Run("--app", "acme").Changes.Single(change => change.StartsWith("deploy ", StringComparison.Ordinal));

        Assert.Matches(@" --build-arg VERSION=\d+\.\d+\.\d+-dev --build-arg REVISION=[0-9a-f]{40} ", deploy);
    }

    [Fact]
    public void More_silos_are_only_scaled()
    {
        fly.Run("--app", "acme");

        var run = fly.Run("--app", "acme", "--count", "5");

        Assert.Equal("scale count 5 --app acme --region fra --yes", Assert.Single(run.Changes));
        Assert.Empty(fly.Run("--app", "acme").Changes);
    }

    [Fact]
    public void Pages_that_come_later_change_where_the_silos_say_they_are()
    {
        fly.Run("--app", "acme");

        var run = fly.Run("--app", "acme", "--frontend");

        Assert.Contains(run.Changes, change => change.StartsWith("deploy . --config fly.toml --app acme ", StringComparison.Ordinal));
        Assert.Equal("https://acme-web.fly.dev", fly.Secret("acme", "PUBLIC_URL"));
    }

    [Fact]
    public void A_dry_run_changes_nothing_and_says_what_it_would_do()
    {
        var run = fly.Run("--app", "acme", "--count", "3", "--kafka", "--frontend", "--dry-run");

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Empty(run.Changes);
        Assert.False(Directory.Exists(Path.Combine(fly.Repository, "data")));
        foreach (var would in new[] { "apps create acme-kafka", "secrets import --app acme --stage", "deploy deploy/fly/kafka --config fly.toml", "scale count 3", "deploy . --config deploy/fly/frontend/fly.toml" })
            Assert.Contains($"would run: fly {would}", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("pass-word-of-the-database", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Apps_of_one_deployment_share_a_network_of_their_own_and_the_broker_has_no_public_address()
    {
        var run = fly.Run("--app", "acme", "--kafka", "--frontend");

        foreach (var app in new[] { "acme", "acme-kafka", "acme-web" })
            Assert.Equal("acme", fly.App(app)["network"]!.GetValue<string>());
        Assert.Equal(fly.Secret("acme", "KAFKA_SASL_PASSWORD"), fly.Secret("acme-kafka", "KAFKA_SASL_PASSWORD"));
        Assert.Equal("acme-kafka.internal:9092", fly.Secret("acme", "KAFKA_BOOTSTRAP_SERVERS"));
        // Silos speak to it as its start sets it up.
        var start = Tree.Read("deploy/fly/kafka/start");
        Assert.Contains($"CLIENT:{fly.Secret("acme", "KAFKA_SECURITY_PROTOCOL")},", start, StringComparison.Ordinal);
        Assert.Contains($"KAFKA_SASL_ENABLED_MECHANISMS={fly.Secret("acme", "KAFKA_SASL_MECHANISM")}\n", start, StringComparison.Ordinal);
        Assert.Contains("--ha=false --no-public-ips", run.Changes.Single(change => change.StartsWith("deploy deploy/fly/kafka", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("--env SILO_HOST=acme.internal", run.Changes.Last(), StringComparison.Ordinal);
        // The silos see the proxy's address, and take its word for the caller's.
        Assert.Equal("fdaa::/16", fly.Secret("acme", "TRUSTED_PROXIES"));
    }

    [Fact]
    public void The_operators_key_is_kept_in_a_file_that_only_its_owner_reads()
    {
        var run = fly.Run("--app", "acme");

        var file = Path.Combine(fly.Repository, "data/fly/acme.operator-key");
        Assert.Equal(fly.Secret("acme", "OPERATOR_KEY"), File.ReadAllText(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Contains("data/fly/acme.operator-key", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_that_are_given_are_taken_and_those_that_Fly_has_stay()
    {
        var (first, second) = (new string('a', 40), new string('b', 40));
        fly.Environment["OPERATOR_KEY"] = first;
        fly.Run("--app", "acme");
        fly.Environment["OPERATOR_KEY"] = second;

        fly.Run("--app", "acme");

        Assert.Equal(first, fly.Secret("acme", "OPERATOR_KEY"));
        Assert.False(Directory.Exists(Path.Combine(fly.Repository, "data/fly")));
    }

    [Fact]
    public void A_number_sign_in_a_secret_is_no_comment()
    {
        fly.Environment["ESCALATION_URL"] = "https://hooks.example.com/a#b";

        fly.Run("--app", "acme");

        Assert.Equal("https://hooks.example.com/a#b", fly.Secret("acme", "ESCALATION_URL"));
    }

    [Fact]
    public void Settings_of_every_channel_are_taken_from_the_environment()
    {
        var names = File.ReadLines(Tree.PathOf(".env.example"))
            .Select(line => line.TrimStart('#', ' ').Split('=')[0])
            .Where(name => name.StartsWith("EMAIL_", StringComparison.Ordinal) || name.StartsWith("GMAIL_", StringComparison.Ordinal) || name.StartsWith("TWILIO_", StringComparison.Ordinal))
            // Where the provider's API is: for tests of ours, never for a deployment.
            .Where(name => !name.EndsWith("_API_URL", StringComparison.Ordinal)).Distinct().ToList();
        Assert.Contains("TWILIO_AUTH_TOKEN", names);
        foreach (var name in names)
            fly.Environment[name] = $"value-of-{name}";

        fly.Run("--app", "acme");

        Assert.All(names, name => Assert.Equal($"value-of-{name}", fly.Secret("acme", name)));
    }

    [Theory]
    [InlineData("https://example.com/\"")]
    [InlineData("https://example.com/\nOTHER=1")]
    public void A_secret_that_cannot_be_carried_is_refused_and_not_repeated(string value)
    {
        fly.Environment["ESCALATION_URL"] = value;

        var run = fly.Run("--app", "acme");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("ESCALATION_URL holds a quotation mark or a line break", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("example.com", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Calls, call => call.Name == "secrets import");
    }

    [Fact]
    public void Without_a_database_nothing_is_deployed_and_it_says_how_to_have_one()
    {
        fly.Environment.Remove("DATABASE_URL");

        var run = fly.Run("--app", "acme");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("--create-database basic", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Calls, call => call.Name is "deploy" or "secrets import");
    }

    [Fact]
    public void Whoever_is_not_signed_in_is_told_so_before_anything_else()
    {
        fly.SignOut();

        var run = fly.Run("--app", "acme");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("run 'fly auth login'", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Changes);
    }

    [Theory]
    [InlineData("apps create")]
    [InlineData("secrets import")]
    [InlineData("deploy")]
    [InlineData("scale count")]
    public void A_run_that_breaks_off_is_finished_by_the_next(string failing)
    {
        fly.Environment["FAKE_FLY_FAILS"] = failing;
        var broken = fly.Run("--app", "acme", "--count", "3");
        fly.Environment.Remove("FAKE_FLY_FAILS");

        var run = fly.Run("--app", "acme", "--count", "3");

        Assert.Equal(1, broken.ExitCode);
        Assert.StartsWith(failing, broken.Changes.Last(), StringComparison.Ordinal);
        Assert.Contains("failed", broken.Output, StringComparison.Ordinal);
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.StartsWith(failing, run.Changes.First(), StringComparison.Ordinal);
        Assert.Equal(3, fly.App("acme")["machines"]!.AsArray().Count);
        Assert.Equal(File.ReadAllText(Path.Combine(fly.Repository, "data/fly/acme.operator-key")), fly.Secret("acme", "OPERATOR_KEY"));
    }

    [Fact]
    public void A_secret_that_was_set_before_a_run_broke_off_is_deployed_by_the_next()
    {
        fly.Run("--app", "acme");
        fly.Environment["ESCALATION_URL"] = "https://hooks.example.com/a";
        fly.Environment["FAKE_FLY_FAILS"] = "deploy";
        fly.Run("--app", "acme");
        fly.Environment.Remove("FAKE_FLY_FAILS");

        var run = fly.Run("--app", "acme");

        Assert.StartsWith("deploy .", Assert.Single(run.Changes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_fleet_that_does_not_answer_is_a_failure()
    {
        fly.Environment["FAKE_CURL"] = "22";

        var run = fly.Run("--app", "acme");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("'fly logs --app acme' says why", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("--app", "Has Spaces")]
    [InlineData("--app", "acme", "--count", "none")]
    [InlineData("--app", "acme", "--region")]
    [InlineData("--app", "1acme")]
    [InlineData("--app", "acme", "--region", "fra --yes")]
    [InlineData("--app", "acme", "--org", "--all")]
    [InlineData("--app", "acme", "--network", "1st")]
    [InlineData("--app", "acme", "--database", "$(id)")]
    [InlineData("--app", "acme", "--database", "one")] // Beside DATABASE_URL.
    [InlineData("--app", "acme", "--create-database", "cheap")]
    [InlineData("--app", "acme", "--delete-everything")]
    public void Words_that_make_no_sense_reach_Fly_never(params string[] arguments)
    {
        var run = fly.Run(arguments);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Empty(run.Calls);
    }

    [Theory]
    [InlineData("unknown command", "kafka", "create")]
    [InlineData("unknown flag: --private-network", "apps", "create", "acme", "--private-network", "x")]
    [InlineData("accepts 1 arg(s), received 0", "mpg", "proxy", "--bind-addr", "::1")]
    [InlineData("unknown flag: --cluster", "mpg", "proxy", "--cluster", "one")]
    [InlineData("deploy/fly/kafka/deploy/fly/kafka/fly.toml: no such file", "deploy", "deploy/fly/kafka", "--config", "deploy/fly/kafka/fly.toml", "--app", "acme")]
    [InlineData("no such file or directory", "deploy", "nowhere", "--app", "acme")]
    public void The_stand_in_refuses_what_Fly_does_not_have(string says, params string[] words)
    {
        var (exitCode, output) = fly.Fly(words);

        Assert.Equal(1, exitCode);
        Assert.Contains(says, output, StringComparison.Ordinal);
    }

    public void Dispose() => fly.Dispose();
}
