using System.Buffers;
using System.Collections.Frozen;

namespace FteAgent.Answering.Hiding;

/// <summary>How a secret is called.</summary>
/// <param name="Word">The word, in small letters.</param>
/// <param name="Joins">Whether other letters may be joined to it: an ending, or the rest of a compound.</param>
/// <param name="IsSaid">Whether a secret may follow without a colon or an equals sign.</param>
/// <param name="IsLine">Whether the secret goes on to the end of the line.</param>
/// <param name="IsLatin">Whether its script parts words by spaces and shares letters with secrets.</param>
internal sealed record SecretWord(string Word, bool Joins, bool IsSaid, bool IsLine, bool IsLatin);

/// <summary>The words by which people and programs call a secret, in the languages that the assistant tells apart.</summary>
internal static class SecretWords
{
    /// <summary>What says that the secret comes now: my password <c>is</c>, changed <c>to</c>.</summary>
    public static FrozenSet<string> Copulas { get; } = Words.Set(
        "is was are been being be to as called named = - => -> ist war lautet heißt heisst sei est était es era fue è e é sono är var er on oli jest było je byl byla este era adalah ialah ini van naar hai tha thi hain це это есть был είναι ήταν هو هي है था হলো คือ เป็น 是 为 為 は 는 은 c'est c'était");

    /// <summary>What may say that the secret comes now, and as well anything else: <c>auf</c> x geändert.</summary>
    public static FrozenSet<string> Toward { get; } = Words.Set("auf zu en a por na på til");

    /// <summary>What may stand between these words and the secret, and says by itself that none follows.</summary>
    public static FrozenSet<string> NoSecret { get; } = Words.Set(
        "not no in on an a the too so still now always never being wrong right correct incorrect invalid valid expired lost gone missing required requested needed empty refused rejected accepted forgotten changed reset set sent case what where how that it my your our working broken slow blocked locked unknown old new same different protected stored saved shown visible hidden weak strong secure insecure compromised leaked short long here there please "
        + "falsch richtig weg abgelaufen ungültig vergessen gesperrt incorrecta incorrecto olvidada olvidado caducada incorrect oublié expiré invalide errata sbagliata scaduta errada esquecida expirada fout onjuist verlopen vergeten fel forkert feil väärä błędne nieprawidłowe špatné greșită yanlış salah hibás неверный неправильный "
        + "jetzt nun neu neuerdings aktuell immer wieder maintenant désormais toujours ahora siempre nueva nuevo adesso sempre agora nu altijd nyt teraz zawsze teď şimdi теперь сейчас всегда");

    private static readonly SecretWord[] All =
    [
        .. Latin("password passwd passwort passwörter kennwort contraseña contrasena lösenord losenord adgangskode kodeord passord wachtwoord salasana jelszó jelszo jelszav hasło haslo heslo palavra-passe şifre sifre parolă", joins: true, isSaid: true),
        .. Latin("senha pwd passcode pw pin otp cvc cvv cvv2 token secret secrets mdp parola sandi", joins: false, isSaid: true),
        .. Phrases("mot de passe|kata sandi|mots de passe|code de vérification|code de confirmation|code de sécurité|code d'accès|code pin|code à usage unique|código de verificación|código de confirmación|código de seguridad|código de acceso|código secreto|código pin|clave de acceso|clave secreta|mi clave|código de verificação|código de segurança|codice di verifica|codice di sicurezza|zugangscode|zugangs-code|sicherheitscode|bestätigungscode|verifizierungscode|anmeldecode|einmalcode|freischaltcode|geheimzahl|geheimnummer|prüfnummer|tan lautet|tan ist|tan-nummer|mtan|smstan|sms-tan|api key|api-key|apikey|api_key|access key|access_key|accesskey|access-key|secret key|secret_key|private key|private_key|privatekey|license key|licence key|encryption key|encryption_key|signing key|signing_key|account key|accountkey|security code|verification code|one-time code|one time code|login code|backup code|recovery code|auth code|client secret|bearer|parola d'ordine", isSaid: true),
        .. Phrases("pass|clave|authorization|_key|session_id|sessionid|credentials|zugangsdaten", isSaid: false),
        .. Phrases("passphrase|seed phrase|recovery phrase|mnemonic|pass phrase", isSaid: true, isLine: true),
        .. "пароль|пароля|паролем|паролю|κωδικός|κωδικό|κωδικος|συνθηματικό|գաղտնաբառ|סיסמה|סיסמא|סיסמת|הסיסמה|كلمة المرور|كلمة مرور|كلمه المرور|كلمه مرور|كلمة السر|كلمة سر|كلمه السر|كلمه سر|الرقم السري|الرقم السرى|رقم سري|الرمز السري|رمز سري|رمز التحقق|رمز الدخول|رمز التأكيد|باسورد|باسوورد|पासवर्ड|কূটশব্দ|পাসওয়ার্ড|கடவுச்சொல்|รหัสผ่าน|စကားဝှက်|პაროლი|የይለፍ ቃል|パスワード|暗証番号|密码|密碼|口令|비밀번호|패스워드|암호"
            .Split('|').Select(word => new SecretWord(word, Joins: true, IsSaid: true, IsLine: false, IsLatin: false)),
    ];

    private static readonly ILookup<char, SecretWord> ByFirst = All.OrderByDescending(word => word.Word.Length).ToLookup(word => word.Word[0]);

    /// <summary>Finds any of them in one pass.</summary>
    public static SearchValues<string> Any { get; } = SearchValues.Create([.. All.Select(word => word.Word)], StringComparison.OrdinalIgnoreCase);

    /// <summary>The longest of them that stands at the beginning of a text.</summary>
    public static SecretWord? At(ReadOnlySpan<char> text)
    {
        foreach (var word in ByFirst[char.ToLowerInvariant(text[0])])
        {
            if (text.StartsWith(word.Word, StringComparison.OrdinalIgnoreCase))
                return word;
        }

        return null;
    }

    private static IEnumerable<SecretWord> Latin(string words, bool joins, bool isSaid) =>
        words.Split(' ').Select(word => new SecretWord(word, joins, isSaid, IsLine: false, IsLatin: true));

    private static IEnumerable<SecretWord> Phrases(string words, bool isSaid, bool isLine = false) =>
        words.Split('|').Select(word => new SecretWord(word, Joins: false, isSaid, isLine, IsLatin: true));
}
