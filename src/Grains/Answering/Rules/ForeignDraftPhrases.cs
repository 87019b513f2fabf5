using FteAgent.Knowledge;

namespace FteAgent.Answering.Rules;

/// <summary>
/// Words of other languages for money back, prices and promises. A draft that says one of them in its own words says something that is a person's to
/// say, whatever stands around it. Latin words are written without accents, as they are compared.
/// </summary>
internal static class ForeignDraftPhrases
{
    private const char LastOfLatin = '\u024f';

    private static readonly PhraseSet LatinRefunds = new([
        "erstatt*|ruckerstatt*|zuruckerstatt*|ruckzahl*|zuruckzahl*|gutschrift*|gutschreib*|gutgeschrieben|entschadig*|rembours*|rimbors*|reembols*|reembols|devolucion|devolver|devolvemos|devolveremos|devuelto|terugbetal*|terugstort*|vergoeding|aterbetal*|tilbagebetal*|refusjon|refusion|zwrot|zwrotu|zwrocimy|zwracamy|vraceni|vratime|visszaterit*|hyvit*|palaut*|rambursa*|indemnis*|indemniz*|iade|iadesi|pengembalian|hoan",
        "geri odeme",
        "geld ..6 zuruck|retour|terug",
        "soldi indietro",
        "dinero de vuelta",
        "dinheiro de volta",
    ]);

    private static readonly PhraseSet LatinPrices = new([
        "preis|preise|preises|preisnachlass|rabatt*|rabat|kostenlos*|kostenfrei*|umsonst|kostet|gebuhr*|gutschein*|prix|gratuit|gratuite|gratuits|gratuitement|remise|coute|tarif|tarifs|precio|precios|descuento*|cuesta|cuestan|gratuito|gratuita|gratis|prezzo|prezzi|sconto|sconti|costa|omaggio|preco|precos|desconto*|prijs|prijzen|korting*|kosteloos|cena|ceny|znizk*|darmo|sleva|zdarma|kedvezmeny|ingyen*|alennus|ilmainen|reducere|indirim*|ucretsiz|bedava|fiyat*|harga|diskon",
        "mien phi",
        "giam gia",
        "euro|euros|franken|zloty|kronor|kroner|lira|reais|pesos|rublos ..2 pro|par|por|al|per|mois|monat|mes|mese|maand",
    ]);

    private static readonly PhraseSet LatinPromises = new([
        "verspreche*|versprech*|versprochen|garantier*|zugesichert|zusichern|zusage|garantiz*|garantim*|garanti|garantit|garantissons|garantisco|garantiamo|garanto|garantimos|garanderen|garandeer|promets|promettons|promis|promesse|prometo|prometemos|prometido|promesa|prometto|promettiamo|promesso|promessa|beloof|beloven|belooft|beloofd|lovar|obiecuj*|gwarant*|slibuj*|zarucuj*|igerem|igerjuk|lupaamme|lupaan|takaamme|promit|promitem|janji",
        "soz veriyor*",
    ]);

    private static readonly PhraseSet LatinInternals = new([
        "systemprompt*|anweisungen|anweisung|systemanweisung*|consignes|instrucciones|istruzioni|instrucoes|instructies|instrukcje|instrukce|talimat*",
        "ignorez|ignoriere*|ignoriert|ignora|ignorad|ignoren|ignoreer|zignoruj|oubliez|vergiss ..5 instruct*|anweisung*|instruccion*|istruzion*|consign*|regles|regeln|reglas|regole|regels",
    ]);

    private static readonly string[] OtherRefunds =
        ["возврат", "вернем", "вернём", "возмещ", "компенсац", "повернення", "поверн", "退款", "退还", "退還", "退钱", "退錢", "返金", "払い戻", "환불", "돌려드", "استرداد", "نعيد", "تعويض", "धनवापसी", "रिफंड", "वापस", "คืนเงิน", "επιστροφ", "החזר", "واپسی", "ফেরত", "بازپرداخت"];

    private static readonly string[] OtherPrices =
        ["цена", "цены", "ценой", "стоит", "стоимост", "скидк", "бесплатн", "руб", "ціна", "знижк", "безкоштовн", "价格", "價格", "价钱", "折扣", "优惠", "優惠", "免费", "免費", "美元", "价", "価格", "料金", "割引", "無料", "円", "ドル", "가격", "할인", "무료", "달러", "سعر", "خصم", "مجان", "دولار", "कीमत", "छूट", "मुफ्त", "मुफ़्त", "डॉलर", "रुपये", "ราคา", "ส่วนลด", "ฟรี", "τιμή", "έκπτωση", "δωρεάν", "מחיר", "הנחה", "חינם", "قیمت", "تخفیف", "رایگان"];

    private static readonly string[] OtherPromises =
        ["обеща", "гарантир", "обіця", "保证", "保證", "承诺", "承諾", "保証", "約束", "약속", "보장", "نضمن", "أضمن", "نعد", "أعد", "وعد", "वादा", "गारंटी", "สัญญา", "รับประกัน", "υποσχ", "εγγυ", "מבטיח", "ضمانت", "قول"];

    private static readonly string[] OtherInternals = ["инструкц", "промпт", "指令", "提示词", "提示詞", "プロンプト", "指示", "프롬프트", "지시", "تعليمات", "निर्देश", "คำสั่ง"];

    /// <summary>Money back.</summary>
    public static bool SaysRefund(Reading unaccented, string text) => LatinRefunds.Matches(unaccented) || Holds(text, OtherRefunds);

    /// <summary>A price, or a better one.</summary>
    public static bool SaysPrice(Reading unaccented, string text) => LatinPrices.Matches(unaccented) || Holds(text, OtherPrices);

    /// <summary>A promise.</summary>
    public static bool SaysPromise(Reading unaccented, string text) => LatinPromises.Matches(unaccented) || Holds(text, OtherPromises);

    /// <summary>How it works inside.</summary>
    public static bool SaysInternals(Reading unaccented, string text) => LatinInternals.Matches(unaccented) || Holds(text, OtherInternals);

    /// <summary>The text without accents, and "ß" as it is compared.</summary>
    public static string Unaccented(string text) => string.Concat(text.Select(Letters.Fold)).Replace("ß", "ss", StringComparison.Ordinal);

    private static bool Holds(string text, string[] words)
    {
        // Most texts are written in Latin letters alone, and none of these words has any.
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', LastOfLatin))
            return false;
        foreach (var word in words)
        {
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
