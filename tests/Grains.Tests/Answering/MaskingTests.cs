using FteAgent.Answering;

namespace FteAgent.Tests.Answering;

/// <summary>What does not go to a model outside, and what comes back.</summary>
public sealed class MaskingTests
{
    [Theory]
    [InlineData("Write to mira.k+news@mail.example.co.uk please", "Write to [email-1] please")]
    [InlineData("call +49 (30) 901820-33 or 0044 20 7946 0958", "call [phone-1] or [phone-2]")]
    [InlineData("my number is 030 901 82033.", "my number is [phone-1].")]
    [InlineData("(415) 555-0132 is mine", "[phone-1] is mine")]
    [InlineData("card 4111 1111 1111 1111, exp 10/27", "card [card-1], exp 10/27")]
    [InlineData("5500-0055-5555-5559", "[card-1]")]
    [InlineData("IBAN DE89 3704 0044 0532 0130 00 it is", "IBAN [account-1] it is")]
    [InlineData("key sk-proj-abcDEF123456ghiJKL", "key [secret-1]")]
    [InlineData("my password is hunter2!", "my password is [secret-1]")]
    [InlineData("PIN: 4711", "PIN: [secret-1]")]
    [InlineData("postgres://app:s3cr3t@db.internal/app", "postgres://app:[secret-1]@db.internal/app")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "[secret-1]")]
    [InlineData("token in the log: aB3dE5gH7jK9mN1pQ3sT5vX7zA9cE1gI", "token in the log: [secret-1]")]
    [InlineData("\u20e3😀=INV-2024-01-15aB3dE5gH7jK9mN1pQ3sT5vX7zA9cE1gI7token=\u030106 12 34 56 780612345678", "\u20e3😀[secret-1][secret-2] [phone-1]")]
    public void Addresses_numbers_and_secrets_do_not_leave(string said, string seen) => Assert.Equal(seen, new Masking().Hide(said, fromCustomer: true));

    [Theory]
    [InlineData("How do I reset my password?")]
    [InlineData("The password is not accepted")]
    [InlineData("order 20240115-4711 from 2024-01-15 10:30")]
    [InlineData("invoice 4111 1111 1111 1112")]
    [InlineData("version 1.2.3.4, port 8080, error 0x80070005")]
    [InlineData("commit 9fceb02d0ae598e95dc970b74767f19372d61af8")]
    [InlineData("01890f3e-7b2a-7c3d-9e4f-a1b2c3d4e5f6")]
    [InlineData("see https://docs.example.com/how-to/import-documents-from-another-place")]
    [InlineData("192.168.100.200 does not answer")]
    [InlineData("GB29 is the bay, 500 000 of them")]
    public void What_is_none_of_these_stays_readable(string said) => Assert.Equal(said, new Masking().Hide(said, fromCustomer: true));

    [Fact]
    public void The_same_has_the_same_name_and_the_customers_own_comes_back()
    {
        var masking = new Masking();
        Assert.Equal("I am [email-1], not [email-2].", masking.Hide("I am mira@example.com, not ben@example.com.", fromCustomer: true));
        Assert.Equal("Hello [email-1] and [email-3]", masking.Hide("Hello MIRA@example.com and team@example.com"));

        Assert.Equal("We write to mira@example.com, [email-3] and [email-9].", masking.Show("We write to [email-1], [email-3] and [email-9]."));
    }

    [Fact]
    public void Cards_and_secrets_never_come_back()
    {
        var masking = new Masking();
        masking.Hide("4111111111111111 and password: hunter2", fromCustomer: true);

        Assert.Equal("[card-1] [secret-1]", masking.Show("[card-1] [secret-1]"));
    }

    [Fact]
    public void What_a_customer_writes_like_a_name_of_ours_is_no_others()
    {
        var masking = new Masking();

        Assert.Equal("[email-1] is not [email-2], [secret-1]", masking.Hide("[email-1] is not mira@example.com, [secret-1]", fromCustomer: true));
        Assert.Equal("[email-1] is not mira@example.com", masking.Show("[email-1] is not [email-2]"));
    }

    [Theory]
    [InlineData("'mira@example.com', mailto:o'brien@example.com.", "'[email-1]', mailto:[email-2].")]
    [InlineData("mira @ example.com or mira＠example.com", "[email-1] or [email-2]")]
    [InlineData("jörg@müller.example, a@b.co@c.de", "[email-1], [email-2]@c.de")]
    [InlineData("?email=mira@example.com&x=1", "?email=[email-1]&x=1")]
    [InlineData("left-pad@1.3.0 costs 5@3.50, @mira and a@b", "left-pad@1.3.0 costs 5@3.50, @mira and a@b")]
    public void Addresses_are_found_however_they_stand(string said, string seen) => Assert.Equal(seen, new Masking().Hide(said));

    /// <summary>Text made to cost much: whoever looked back or ahead from every place of it would need seconds.</summary>
    [Theory]
    [InlineData("0 1-2.3(4)@a.a_")]
    [InlineData("4")]
    [InlineData("4 ")]
    [InlineData("4111111111111112 ")]
    [InlineData(".")]
    [InlineData("@")]
    [InlineData("a@")]
    [InlineData("a.a@a.")]
    [InlineData("a")]
    [InlineData("f")]
    [InlineData("DE89")]
    [InlineData("aa00 ")]
    [InlineData("zz99.")]
    [InlineData("pin ")]
    [InlineData("pin,")]
    [InlineData("password")]
    [InlineData("password is now ")]
    [InlineData("password \"")]
    [InlineData("пароль ")]
    [InlineData("密码")]
    [InlineData("[")]
    [InlineData("[email-1")]
    [InlineData("://:@")]
    [InlineData("a://b:")]
    [InlineData("-----BEGIN PRIVATE KEY")]
    [InlineData("-----BEGIN ")]
    [InlineData("eyJaaaaaaaa.")]
    [InlineData("aA1-")]
    [InlineData("01890f3e-7b2a-")]
    [InlineData("+")]
    [InlineData("2024-01-15 ")]
    [InlineData("order ")]
    [InlineData("(")]
    [InlineData("\u200b")]
    [InlineData("1\u200b")]
    public void A_long_text_takes_linear_time(string hostile)
    {
        var text = string.Concat(Enumerable.Repeat(hostile, 300_000 / hostile.Length));
        var since = TimeProvider.System.GetTimestamp();

        new Masking().Hide(text, fromCustomer: true);

        // Sixty times what a message may hold. One that looked at each place from each would take minutes.
        Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(20), "It takes more than linear time.");
    }
}
