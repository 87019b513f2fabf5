using FteAgent.Answering;

namespace FteAgent.Tests.Answering;

public sealed class LanguageTests
{
    [Theory]
    [InlineData("en", "How can I add a new member to my workspace?")]
    [InlineData("es", "Hola, no puedo entrar en mi cuenta desde ayer, ¿me pueden ayudar por favor?")]
    [InlineData("fr", "Bonjour, je ne peux pas me connecter à mon compte, pouvez-vous m'aider ?")]
    [InlineData("de", "Hallo, ich kann mich nicht mehr bei meinem Konto anmelden, was kann ich tun?")]
    [InlineData("it", "Ciao, non riesco ad accedere al mio account, come posso fare?")]
    [InlineData("pt", "Olá, não consigo entrar na minha conta, você pode me ajudar?")]
    [InlineData("nl", "Hallo, ik kan niet meer inloggen op mijn account, wat moet ik doen?")]
    [InlineData("pl", "Dzień dobry, nie mogę się zalogować na moje konto, co mam zrobić?")]
    [InlineData("tr", "Merhaba, hesabıma giremiyorum, bu sorun için ne yapmam gerekiyor ve nasıl çözebilirim?")]
    [InlineData("ru", "Здравствуйте, не могу войти в свой аккаунт")]
    [InlineData("ja", "こんにちは。ログインできません。")]
    [InlineData("zh", "你好，我无法登录我的账户")]
    [InlineData("ko", "안녕하세요. 로그인이 안 됩니다.")]
    [InlineData("ar", "مرحبا، لا أستطيع تسجيل الدخول")]
    [InlineData("he", "שלום, אני לא מצליח להתחבר")]
    [InlineData("el", "Γεια σας, δεν μπορώ να συνδεθώ")]
    public void A_sentence_is_recognised(string language, string text) => Assert.Equal(language, LanguageDetector.Detect(text));

    [Theory]
    [InlineData("Error 0x80070005 at System.IO.File.Open")]
    [InlineData("POST /v1/orders HTTP/1.1 500")]
    [InlineData("ok")]
    [InlineData("Docker Kubernetes PostgreSQL Redis")]
    [InlineData("https://example.com/a/b/c?x=1")]
    [InlineData("😀😀😀")]
    [InlineData("")]
    [InlineData("SELECT id, name FROM users WHERE id = 1")]
    public void What_cannot_be_told_is_not_guessed(string text)
    {
        Assert.NotEqual("es", LanguageDetector.Detect(text));
        Assert.False(LanguageDetector.IsForeign(text, ["en"]));
    }

    [Fact]
    public void A_text_in_two_languages_is_not_foreign_where_one_is_answered() =>
        Assert.False(LanguageDetector.IsForeign("こんにちは。設定の手順を教えてください。\nHello. Can you tell me how to set this up for my team?", ["en"]));

    [Fact]
    public void Languages_of_scripts_are_those_that_a_letter_can_stand_for() =>
        Assert.Equal(LanguageProfiles.OfScripts.Order(), Enumerable.Range(0, char.MaxValue).Select(letter => LanguageProfiles.OfScript((char)letter)).OfType<string>().Distinct().Order());

    [Fact]
    public void What_is_heard_before_the_model_can_be_told() => Assert.Subset(KnownLanguages.Told.ToHashSet(), KnownLanguages.Heard.ToHashSet());

    [Fact]
    public void A_supported_language_is_not_foreign() =>
        Assert.False(LanguageDetector.IsForeign("Hallo, ich kann mich nicht mehr bei meinem Konto anmelden, was kann ich tun?", ["en", "de"]));
}
