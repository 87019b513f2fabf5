using FteAgent.Answering;
using FteAgent.Testing;
using Xunit.Abstractions;

namespace FteAgent.Tests.Answering;

/// <summary>What holds for every text, tried on texts of chance.</summary>
public sealed class MaskingPropertyTests(ITestOutputHelper output)
{
    private static readonly string[] Parts =
    [
        " ", " ", " ", " ", ", ", ". ", "\n", ": ", "=", "-", "/", "(", ")", "\"", "'", "@", "+", "_", "[", "]", "\u00a0", "\u200b", "é", "密码", "пароль ", "😀", "\ud800", "\uffff",
        "mira@example.com", "MIRA@example.com", "a@b.co", "4111 1111 1111 1111", "4111111111111111", "12/27", "0612345678", "06 12 34 56 78", "+14155550132", "(415) 555-0132",
        "٤١١١", "DE89 3704 0044 0532 0130 00", "2024-01-15", "10:30", "20240115-4711", "192.168.100.200", "123456789", "42", "7", "password", "password is ", "my password ", "is",
        "token=", "PIN ", "Passwort: ", "hunter2", "in-Love99", "the", "my", "order ", "call ", "account number ", "aB3dE5gH7jK9mN1pQ3sT5vX7zA9cE1gI",
        "9f86d081884c7d659a2feaa0c55ad015", "[email-1]", "[phone-2]", "[secret-1]", "https://a:b@c.de/", "Authorization: Bearer ", "€ ", "INV-", "Visa",
        "e\u0301", "\u0301", "\u20e3", "\u0640", "\u200f", "𝐦", "𝟒", "۴", "४१११", "４", "。", "كلمة المرور ", "हो", "« ", " »", "auf ", "هاتفي ", "电话",
    ];

    private static readonly string[] Hidden =
    [
        "[email-", "[phone-", "[card-", "[account-", "[secret-",
    ];

    [Fact]
    public void Hiding_twice_changes_nothing()
    {
        var seed = TestSeed.Take(output.WriteLine);
        var random = new Random(seed);
        for (var round = 0; round < 5_000; round++)
        {
            var text = Any(random);
            var masking = new Masking();
            var once = masking.Hide(text, fromCustomer: true);

            var twice = masking.Hide(once, fromCustomer: true);

            Assert.True(once == twice, $"{TestSeed.Variable}={seed}, round {round}: {text} → {once} → {twice}");
            Assert.True(once == new Masking().Hide(once), $"{TestSeed.Variable}={seed}, round {round}: {text} → {once}");
        }
    }

    [Fact]
    public void What_was_hidden_of_the_customers_own_comes_back_exactly()
    {
        var seed = TestSeed.Take(output.WriteLine);
        var random = new Random(seed);
        for (var round = 0; round < 5_000; round++)
        {
            var text = Any(random);
            var masking = new Masking();
            var shown = masking.Show(masking.Hide(text, fromCustomer: true));
            var rest = Show(shown, text);

            // Cards, accounts and secrets stay hidden; of an address only the case may be another's.
            Assert.True(rest, $"{TestSeed.Variable}={seed}, round {round}: {text} → {shown}");
        }
    }

    [Fact]
    public void What_others_wrote_never_comes_back()
    {
        var seed = TestSeed.Take(output.WriteLine);
        var random = new Random(seed);
        for (var round = 0; round < 1_000; round++)
        {
            var masking = new Masking();
            var hidden = masking.Hide(Any(random));

            Assert.True(hidden == masking.Show(hidden), $"{TestSeed.Variable}={seed}, round {round}");
        }
    }

    private static string Any(Random random) => string.Concat(Enumerable.Range(0, random.Next(14)).Select(_ => Parts[random.Next(Parts.Length)]));

    /// <summary>Whether a text is another with names in places of which the rest of it is found in order.</summary>
    private static bool Show(string shown, string text)
    {
        var at = 0;
        foreach (var piece in Pieces(shown))
        {
            var found = text.IndexOf(piece, at, StringComparison.OrdinalIgnoreCase);
            if (found < 0)
                return false;
            at = found + piece.Length;
        }

        return true;
    }

    private static IEnumerable<string> Pieces(string shown)
    {
        for (var from = 0; from <= shown.Length;)
        {
            var next = Hidden.Select(name => shown.IndexOf(name, from, StringComparison.Ordinal)).Where(at => at >= 0).DefaultIfEmpty(shown.Length).Min();
            yield return shown[from..next];
            from = next == shown.Length ? next + 1 : shown.IndexOf(']', next) + 1;
        }
    }
}
