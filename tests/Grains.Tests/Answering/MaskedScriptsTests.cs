using FteAgent.Answering;

namespace FteAgent.Tests.Answering;

/// <summary>Numbers in the digits of other scripts, addresses in their letters, and passwords told in other languages.</summary>
public sealed class MaskedScriptsTests
{
    [Theory]
    [InlineData("Arabic-Indic with dashes", "٤١١١-١١١١-١١١١-١١١١")]
    [InlineData("Arabic-Indic, marked to be read from the right", "\u200f٤١١١ ١١١١ ١١١١ ١١١١\u200e")]
    [InlineData("Arabic-Indic with an expiry", "٤١١١ ١١١١ ١١١١ ١١١١ ١٢/٢٧ ١٢٣")]
    [InlineData("Persian", "۴۱۱۱ ۱۱۱۱ ۱۱۱۱ ۱۱۱۱")]
    [InlineData("Persian in one group", "۴۱۱۱۱۱۱۱۱۱۱۱۱۱۱۱")]
    [InlineData("Devanagari", "४१११ ११११ ११११ ११११")]
    [InlineData("Devanagari with an expiry", "४१११-११११-११११-११११ १२/२७")]
    [InlineData("Bengali", "৪১১১ ১১১১ ১১১১ ১১১১")]
    [InlineData("Gurmukhi", "੪੧੧੧ ੧੧੧੧ ੧੧੧੧ ੧੧੧੧")]
    [InlineData("Tamil", "௪௧௧௧ ௧௧௧௧ ௧௧௧௧ ௧௧௧௧")]
    [InlineData("Thai", "๔๑๑๑ ๑๑๑๑ ๑๑๑๑ ๑๑๑๑")]
    [InlineData("Burmese", "၄၁၁၁ ၁၁၁၁ ၁၁၁၁ ၁၁၁၁")]
    [InlineData("Khmer", "៤១១១ ១១១១ ១១១១ ១១១១")]
    [InlineData("full-width with full-width dashes", "４１１１－１１１１－１１１１－１１１１")]
    [InlineData("full-width with full-width dots", "４１１１．１１１１．１１１１．１１１１")]
    [InlineData("several scripts in one number", "4111 ११११ ١١١١ １１１１")]
    [InlineData("American Express in Persian", "۳۷۸۲ ۸۲۲۴۶۳ ۱۰۰۰۵")]
    [InlineData("circled", "④①①① ①①①① ①①①① ①①①①")]
    [InlineData("raised", "⁴¹¹¹ ¹¹¹¹ ¹¹¹¹ ¹¹¹¹")]
    public void A_card_is_found_in_the_digits_of_every_script(string script, string number)
    {
        var seen = new Masking().Hide($"بطاقتي {number} شكرا", fromCustomer: true);

        Assert.True(seen.Replace("\u200f", "").Replace("\u200e", "") == "بطاقتي [card-1] شكرا", $"{script}: {seen}");
    }

    [Theory]
    [InlineData("Saudi Arabia", "٠٥٠-١٢٣-٤٥٦٧")]
    [InlineData("Saudi Arabia", "+٩٦٦ ٥٠ ١٢٣ ٤٥٦٧")]
    [InlineData("Saudi Arabia", "٠٠٩٦٦٥٠١٢٣٤٥٦٧")]
    [InlineData("Iran", "۰۹۱۲ ۳۴۵ ۶۷۸۹")]
    [InlineData("Iran", "+۹۸۹۱۲۳۴۵۶۷۸۹")]
    [InlineData("India", "९८७६५ ४३२१०")]
    [InlineData("India", "+९१ ९८७६५ ४३२१०")]
    [InlineData("Bangladesh", "০১৭১২-৩৪৫৬৭৮")]
    [InlineData("Thailand", "๐๘๑-๒๓๔-๕๖๗๘")]
    [InlineData("Myanmar", "၀၉၄၂၁၂၃၄၅၆၇")]
    [InlineData("Japan", "（０３）１２３４－５６７８")]
    [InlineData("Japan", "０９０−１２３４−５６７８")]
    [InlineData("Japan", "＋８１　９０　１２３４　５６７８")]
    [InlineData("mixed", "+49 ١٥١ 1234567")]
    public void A_phone_number_is_found_in_the_digits_of_every_script_and_comes_back(string country, string number)
    {
        var masking = new Masking();
        var said = $"→ {number}, ok";
        var seen = masking.Hide(said, fromCustomer: true);

        Assert.True(seen == "→ [phone-1], ok", $"{country}: {seen}");
        Assert.Equal(said, masking.Show(seen));
    }

    [Theory]
    [InlineData("هاتفي ٥٥٥٠١٣٢", "هاتفي [phone-1]")]
    [InlineData("رقم هاتفي هو ٥٥٥٠١٣٢", "رقم هاتفي هو [phone-1]")]
    [InlineData("جوالي: 5550132", "جوالي: [phone-1]")]
    [InlineData("मेरा फ़ोन नंबर ५५५०१३२ है", "मेरा फ़ोन नंबर [phone-1] है")]
    [InlineData("मोबाइल: ५५५०१३२", "मोबाइल: [phone-1]")]
    [InlineData("мой телефон 555-01-32", "мой телефон [phone-1]")]
    [InlineData("мой номер телефона: 5550132", "мой номер телефона: [phone-1]")]
    [InlineData("電話：５５５０１３２", "電話：[phone-1]")]
    [InlineData("電話番号は５５５０１３２です", "電話番号は[phone-1]です")]
    [InlineData("手机号码是5550132", "手机号码是[phone-1]")]
    public void A_local_number_is_known_by_the_word_before_it_in_other_scripts(string said, string seen) =>
        Assert.Equal(seen, new Masking().Hide(said, fromCustomer: true));

    [Theory]
    [InlineData("Cyrillic а and е among Latin letters", "mirа@еxample.com")]
    [InlineData("Cyrillic in the domain's last part", "mira@example.сom")]
    [InlineData("Greek omicron", "mira@gοοgle.com")]
    [InlineData("all Cyrillic", "мира@пример.рф")]
    [InlineData("Cyrillic with Latin", "мира.k@example.com")]
    [InlineData("Greek", "μίρα@παράδειγμα.ελ")]
    [InlineData("Arabic", "ميرا@مثال.السعودية")]
    [InlineData("Hebrew", "מירה@דוגמה.ישראל")]
    [InlineData("Devanagari with its marks", "मीरा@उदाहरण.भारत")]
    [InlineData("Tamil with its marks", "மீரா@எடுத்துக்காட்டு.இந்தியா")]
    [InlineData("Thai", "มีรา@ตัวอย่าง.ไทย")]
    [InlineData("Chinese", "米拉@例子.中国")]
    [InlineData("Chinese with its own full stop", "mira@例子。中国")]
    [InlineData("a half-width full stop", "mira@example｡jp")]
    [InlineData("full-width", "ｍｉｒａ＠ｅｘａｍｐｌｅ．ｃｏｍ")]
    [InlineData("a small at sign", "mira﹫example.com")]
    [InlineData("accents of their own", "mi\u0301ra@exa\u0301mple.com")]
    [InlineData("unseen characters within", "mi\u200bra\u2060@exam\u00adple\u200b.com")]
    [InlineData("Punycode", "mira@xn--e1afmkfd.xn--p1ai")]
    [InlineData("bold letters of mathematics", "𝐦𝐢𝐫𝐚@𝐞𝐱𝐚𝐦𝐩𝐥𝐞.𝐜𝐨𝐦")]
    [InlineData("a sign of mathematics for a dot", "mira@example\u2024com")]
    public void An_address_is_found_in_whatever_letters_and_comes_back(string what, string address)
    {
        var masking = new Masking();
        var said = $"→ {address}, ok";
        var seen = masking.Hide(said, fromCustomer: true);

        Assert.True(seen == "→ [email-1], ok", $"{what}: {seen}");
        Assert.Equal(said, masking.Show(seen));
    }

    [Theory]
    [InlineData("Mein Passwort ist hunter")]
    [InlineData("Mein Passwort lautet: hunter")]
    [InlineData("das Kennwort ist „hunter“")]
    [InlineData("Passwort »hunter«")]
    [InlineData("mein neues Passwort ist jetzt hunter2")]
    [InlineData("das Passwort fürs Portal ist hunter2")]
    [InlineData("Ich habe mein Passwort auf hunter2 geändert")]
    [InlineData("hunter2 ist mein Passwort.")]
    [InlineData("Meine PIN ist 4711")]
    [InlineData("die TAN lautet 481516")]
    [InlineData("mein Zugangscode: 481516")]
    [InlineData("der Bestätigungscode ist 481516")]
    [InlineData("Sicherheitscode 4711")]
    [InlineData("PW=hunter")]
    [InlineData("Pass\u00adwort: hunter")]
    [InlineData("Pass\u200bwort ist hunter2")]
    [InlineData("𝐏𝐚𝐬𝐬𝐰𝐨𝐫𝐭: hunter")]
    public void A_password_told_in_German_does_not_leave(string said) => DoesNotLeave(said);

    [Theory]
    [InlineData("mon mot de passe est hunter")]
    [InlineData("mot de passe : « hunter »")]
    [InlineData("le mot de passe, c'est hunter2")]
    [InlineData("le mot de passe c’est hunter2")]
    [InlineData("mon mot de passe pour le portail est hunter2")]
    [InlineData("j'ai changé mon mot de passe en hunter2")]
    [InlineData("mdp: hunter")]
    [InlineData("mon mdp est hunter2")]
    [InlineData("hunter2 est mon mot de passe.")]
    [InlineData("mon code secret est 4711")]
    [InlineData("mon code PIN est le 4711")]
    [InlineData("le code de vérification est 481516")]
    [InlineData("Mots de passe : hunter2")]
    [InlineData("MOT DE PASSE: hunter")]
    public void A_password_told_in_French_does_not_leave(string said) => DoesNotLeave(said);

    [Theory]
    [InlineData("mi contraseña es hunter")]
    [InlineData("contraseña: hunter")]
    [InlineData("la contraseña nueva es hunter2")]
    [InlineData("mi contraseña para el portal es hunter2")]
    [InlineData("cambié mi contraseña a hunter2")]
    [InlineData("mi clave es hunter2")]
    [InlineData("clave: hunter")]
    [InlineData("la clave de acceso es hunter2")]
    [InlineData("hunter2 es mi contraseña.")]
    [InlineData("mi PIN es el 4711")]
    [InlineData("el código de verificación es 481516")]
    [InlineData("mi código secreto es 4711")]
    [InlineData("CONTRASEÑA: hunter")]
    [InlineData("contrasen\u0303a: hunter")]
    public void A_password_told_in_Spanish_does_not_leave(string said) => DoesNotLeave(said);

    [Theory]
    [InlineData("كلمة المرور: hunter")]
    [InlineData("كلمة المرور هي hunter2")]
    [InlineData("كلمة المرور الخاصة بي هي hunter2")]
    [InlineData("كلمة مروري hunter2")]
    [InlineData("كلمة السر هي hunter2")]
    [InlineData("كلمة سري hunter2")]
    [InlineData("الرقم السري ٤٧١١")]
    [InlineData("الرمز السري هو ٤٧١١")]
    [InlineData("رمز التحقق هو ٤٨١٥١٦")]
    [InlineData("باسوردي hunter2")]
    [InlineData("الباسورد: hunter")]
    [InlineData("كلمة المرور: «hunter»")]
    [InlineData("كَلِمَة المُرور: hunter")]
    [InlineData("كلمــة المرور: hunter")]
    [InlineData("كلمه المرور hunter2")]
    [InlineData("كلمة\u200f المرور: hunter")]
    public void A_password_told_in_Arabic_does_not_leave(string said) => DoesNotLeave(said);

    [Theory]
    [InlineData("Ich habe mein Passwort vergessen und komme nicht rein.")]
    [InlineData("Wie ändere ich mein Passwort für das Portal?")]
    [InlineData("Der Sicherheitscode kommt nicht an.")]
    [InlineData("Die TAN kommt nicht, was tun?")]
    [InlineData("Wie ändere ich mein Passwort auf dem Handy?")]
    [InlineData("Ich will mein Passwort zu Hause ändern.")]
    [InlineData("Das Passwort ist jetzt falsch.")]
    [InlineData("J'ai perdu mon mot de passe et le code de vérification n'arrive pas.")]
    [InlineData("Comment changer le mot de passe du portail ?")]
    [InlineData("He olvidado mi contraseña, ¿cómo la cambio?")]
    [InlineData("La palabra clave de la búsqueda es importante.")]
    [InlineData("El código de verificación no llega.")]
    [InlineData("La clave es la paciencia, ¿no?")]
    [InlineData("¿Cómo cambio mi contraseña en el portal?")]
    [InlineData("نسيت كلمة المرور، ماذا أفعل؟")]
    [InlineData("كيف أغير كلمة السر؟")]
    [InlineData("رمز التحقق لا يصل")]
    [InlineData("الرمز البريدي للمدينة")]
    [InlineData("१० जनवरी २०२४ को")]
    [InlineData("الطلب رقم ١٢٣٤ بتاريخ ١٥/٠١/٢٠٢٤")]
    [InlineData("２０２４年１月１５日に注文しました")]
    [InlineData("Цена 1 500 рублей, заказ 4711")]
    public void Talk_of_them_and_other_numbers_stay_readable(string said) => Assert.Equal(said, new Masking().Hide(said, fromCustomer: true));

    /// <summary>The words that stand for the secret are gone, and all others are there.</summary>
    private static void DoesNotLeave(string said)
    {
        string[] secrets = ["hunter2", "hunter", "4711", "481516", "٤٧١١", "٤٨١٥١٦"];
        var secret = secrets.First(secret => said.Contains(secret, StringComparison.Ordinal));

        Assert.Equal(said.Replace(secret, "[secret-1]", StringComparison.Ordinal), new Masking().Hide(said, fromCustomer: true));
    }
}
