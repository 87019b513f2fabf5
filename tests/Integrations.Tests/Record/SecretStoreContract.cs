namespace FteAgent.Record;

public abstract class SecretStoreContract : RecordContract
{
    [Fact]
    public async Task Secret_is_made_once_and_stays()
    {
        var secrets = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Record.Secrets.GetOrCreate("tokens", 32, default)));

        Assert.All(secrets, s => Assert.Equal(secrets[0], s));
        Assert.Equal(32, secrets[0].Length);
        Assert.Equal(secrets[0], await Record.Secrets.GetOrCreate("tokens", 32, default));
    }

    [Fact]
    public async Task Each_name_has_a_secret_of_its_own() =>
        Assert.NotEqual(await Record.Secrets.GetOrCreate("tokens", 32, default), await Record.Secrets.GetOrCreate("cookies", 32, default));

    [Fact]
    public async Task Secret_of_another_length_is_not_passed_off_as_the_one_asked_for()
    {
        await Record.Secrets.GetOrCreate("tokens", 16, default);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Record.Secrets.GetOrCreate("tokens", 32, default));
    }
}
