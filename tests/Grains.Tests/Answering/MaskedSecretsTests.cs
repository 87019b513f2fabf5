using FteAgent.Answering;

namespace FteAgent.Tests.Answering;

/// <summary>Passwords, keys and codes, however somebody says them, and the talk of them that stays readable.</summary>
public sealed class MaskedSecretsTests
{
    [Theory]
    [InlineData("password is: hunter2", "password is: [secret-1]")]
    [InlineData("password hunter2", "password [secret-1]")]
    [InlineData("pw: x", "pw: [secret-1]")]
    [InlineData("Passwort: geheim", "Passwort: [secret-1]")]
    [InlineData("DB_PASSWORD=in", "DB_PASSWORD=[secret-1]")]
    [InlineData("client_secret=abc access_token=def", "client_secret=[secret-1] access_token=[secret-2]")]
    [InlineData("dbPassword: abc, ENCRYPTION_KEY=def", "dbPassword: [secret-1], ENCRYPTION_KEY=[secret-2]")]
    [InlineData("password is in-Love99", "password is [secret-1]")]
    [InlineData("password: set!23", "password: [secret-1]")]
    [InlineData("my password is my-Secret-1 and it fails", "my password is [secret-1] and it fails")]
    [InlineData("password: \"correct horse battery\" it is", "password: \"[secret-1]\" it is")]
    [InlineData("password is “correct horse”", "password is “[secret-1]”")]
    [InlineData("the password 'correct horse 2'", "the password '[secret-1]'")]
    [InlineData("{\"user\":\"m\",\"password\":\"a b\\\"c\",\"x\":1}", "{\"user\":\"m\",\"password\":\"[secret-1]\",\"x\":1}")]
    [InlineData("<password>hunter</password>", "<password>[secret-1]</password>")]
    [InlineData("passphrase: correct horse battery staple", "passphrase: [secret-1]")]
    [InlineData("**Password:** hunter", "**Password:** [secret-1]")]
    [InlineData("Password:\nhunter", "Password:\n[secret-1]")]
    [InlineData("Password - hunter2", "Password - [secret-1]")]
    [InlineData("mysql --password hunter", "mysql --password [secret-1]")]
    [InlineData("hunter2 is my password.", "[secret-1] is my password.")]
    [InlineData("my password for the portal is hunter2", "my password for the portal is [secret-1]")]
    [InlineData("I changed my password to hunter2", "I changed my password to [secret-1]")]
    [InlineData("the password is now hunter2", "the password is now [secret-1]")]
    [InlineData("PIN4711, cvv 123, OTP 123456", "PIN[secret-1], cvv [secret-2], OTP [secret-3]")]
    [InlineData("the verification code is 481516", "the verification code is [secret-1]")]
    [InlineData("OTP 123 456, login code: 12 34 56 again", "OTP [secret-1], login code: [secret-2] again")]
    [InlineData("WLAN-Passwort ist abc123", "WLAN-Passwort ist [secret-1]")]
    [InlineData("Benutzerpasswort: abc", "Benutzerpasswort: [secret-1]")]
    [InlineData("?token=abc", "?token=[secret-1]")]
    public void A_secret_that_is_called_one_does_not_leave(string said, string seen) => Assert.Equal(seen, new Masking().Hide(said, fromCustomer: true));

    [Theory]
    [InlineData("mi contraseña es Verano24")]
    [InlineData("mot de passe : Verano24")]
    [InlineData("mein Kennwort lautet Verano24")]
    [InlineData("la mia password è Verano24")]
    [InlineData("minha senha é Verano24")]
    [InlineData("mijn wachtwoord is Verano24")]
    [InlineData("mitt lösenord är Verano24")]
    [InlineData("min adgangskode er Verano24")]
    [InlineData("passordet er Verano24")]
    [InlineData("salasanani on Verano24")]
    [InlineData("moje hasło to Verano24")]
    [InlineData("moje heslo je Verano24")]
    [InlineData("parola mea este Verano24")]
    [InlineData("şifrem Verano24")]
    [InlineData("kata sandi saya adalah Verano24")]
    [InlineData("a jelszavam Verano24")]
    [InlineData("mera password Verano24 hai")]
    [InlineData("ο κωδικός μου είναι Verano24")]
    [InlineData("мой пароль от кабинета Verano24")]
    [InlineData("գաղտնաբառը՝ Verano24")]
    [InlineData("הסיסמה שלי היא Verano24")]
    [InlineData("كلمة المرور هي Verano24")]
    [InlineData("मेरा पासवर्ड Verano24 है")]
    [InlineData("আমার পাসওয়ার্ড Verano24")]
    [InlineData("கடவுச்சொல்: Verano24")]
    [InlineData("รหัสผ่านคือ Verano24")]
    [InlineData("စကားဝှက် Verano24")]
    [InlineData("პაროლი: Verano24")]
    [InlineData("የይለፍ ቃል Verano24")]
    [InlineData("パスワードは Verano24 です")]
    [InlineData("密码是Verano24")]
    [InlineData("비밀번호는 Verano24")]
    public void A_password_is_known_in_the_languages_that_the_assistant_tells_apart(string said) =>
        Assert.Equal(said.Replace("Verano24", "[secret-1]", StringComparison.Ordinal), new Masking().Hide(said, fromCustomer: true));

    /// <summary>Put together here, so that no file holds what looks like a key.</summary>
    public static TheoryData<string> Keys =>
    [
        $"sk-{"proj-abcDEF123456ghiJKL"}", $"sk_{"live_4eC39HqLyjWDarjtT1zdp7dc"}", $"AKIA{"IOSFODNN7EXAMPLE"}", $"ghp_{"a1b2c3d4e5f6a1b2c3d4e5f6a1b2c3d4e5f6"}",
        $"github_pat_{"11ABCDEFG0abcdefghijkl"}", $"xoxb-{"1234567890-abcdefABCDEF"}", $"glpat-{"abcDEF123456ghiJKL12"}", $"AIza{"SyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q"}",
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLE1kZ", "9f86d081884c7d659a2feaa0c55ad015", "9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08",
        $"eyJ{"hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"}", "aB3dE5gH7jK9mN1pQ3sT", $"SG.{"abcDEF123456ghiJKL.mnoPQR789stuVWX012"}",
    ];

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_key_tells_itself(string key)
    {
        Assert.Equal("it says [secret-1], why?", new Masking().Hide($"it says {key}, why?", fromCustomer: true));
        Assert.Equal("Authorization: Bearer [secret-1]", new Masking().Hide($"Authorization: Bearer {key}"));
    }

    [Fact]
    public void A_private_key_is_hidden_to_its_last_line()
    {
        var key = $"-----BEGIN RSA {"PRIVATE KEY"}-----\nMIIB+/=\nabc\n-----END RSA {"PRIVATE KEY"}-----";

        Assert.Equal("Look:\n[secret-1]\nIs it right?", new Masking().Hide($"Look:\n{key}\nIs it right?"));
        Assert.Equal("Look:\n[secret-1]", new Masking().Hide($"Look:\n{key[..60]}"));
        Assert.Equal("-----BEGIN CERTIFICATE-----", new Masking().Hide("-----BEGIN CERTIFICATE-----"));
    }

    [Theory]
    [InlineData("redis://:p@ss/w0rd@db:6379", "redis://:[secret-1]@db:6379")]
    [InlineData("https://mira:x@example.com/a", "https://mira:[secret-1]@example.com/a")]
    [InlineData("https://example.com:8080/@mira", "https://example.com:8080/@mira")]
    public void A_password_in_a_URL_does_not_leave(string said, string seen) => Assert.Equal(seen, new Masking().Hide(said));

    [Theory]
    [InlineData("how do I reset my password?")]
    [InlineData("the password page is slow")]
    [InlineData("The password is not accepted, it is wrong")]
    [InlineData("My password is still not set. Why?")]
    [InlineData("Password: how do I change it?")]
    [InlineData("Is a password-protected export possible with your passwordless sign-in?")]
    [InlineData("the token is expired and the pin is wrong")]
    [InlineData("our secretary said: hello, opinion: fine, spin=3")]
    [InlineData("the secret santa of the tokenizer team")]
    [InlineData("j'ai oublié mon mot de passe, comment faire ?")]
    [InlineData("Ich habe mein Passwort vergessen. Was nun?")]
    [InlineData("我忘记密码了，怎么办？")]
    [InlineData("see https://docs.example.com/How-To/Import-2024-Documents-From-Another-Place/Guide")]
    [InlineData("call ImportDocumentsFromFolder2 and then KnowledgeImportCommand")]
    public void Talk_of_secrets_stays_readable(string said) => Assert.Equal(said, new Masking().Hide(said, fromCustomer: true));

    [Fact]
    public void Whose_password_is_forgotten_is_no_secret_and_comes_back()
    {
        var masking = new Masking();

        Assert.Equal("reset my password [email-1] or password [phone-1]", masking.Hide("reset my password mira@example.com or password 0612345678", fromCustomer: true));
    }
}
