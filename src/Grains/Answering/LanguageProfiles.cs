using System.Collections.Frozen;
using System.Collections.Immutable;

namespace FteAgent.Answering;

/// <summary>The small words by which European languages are told apart, and the scripts that name a language by themselves.</summary>
internal static class LanguageProfiles
{
    /// <summary>Words by language: each is frequent there and rare in English and in program text.</summary>
    public static FrozenDictionary<string, FrozenSet<string>> Words { get; } = new Dictionary<string, string>
    {
        ["en"] = "the is are was were i you we they my your our it this that to of and for with in on not have has had do does did can could will would how what when where why which who be been am from at an if there please thanks hi hello help need want get an by about me us or but so just any some when after because other others through than then these those their them its into only more while until each both same between without within before during should must many such",
        ["es"] = "el la los las un una unos unas de del y que en por para con no es está están estoy soy tengo tiene tienen puedo puede pueden como cómo qué cuando dónde mi mis su sus nuestro nuestra se me te lo le pero muy más ya hay desde hola gracias quiero necesito ayuda cuenta he ha también porque esto esta este sin al favor quien todo todos todas sus cada antes después será usted ustedes fue ya",
        ["fr"] = "le la les un une des du de et que qui en pour avec ne pas est sont suis j'ai ai avez avons nous vous je il elle mon ma mes notre votre vos ce cette ces dans sur au aux mais très plus bonjour merci veux voudrais besoin aide comment pourquoi où quand c'est n'est être peut peux pouvez depuis sans par compte ou si elle ils elles leur leurs déjà chez tous toute toutes tout cet aide être sera avant après",
        ["de"] = "der die das den dem des ein eine einen einem einer und ist sind war nicht ich wir sie er es mein meine meinen unser unsere ihr ihre mit für auf von zu zum zur im in am bei aber auch kann können habe haben hat wie was warum wo wann bitte danke hallo möchte brauche hilfe konto wenn noch schon nur kein keine oder dass sich nach über bis hier diese dieser dieses diesen wird werden als man wer alle jeder jede ihnen ihrer ihrem ihren uns falls zuerst immer wurde damit durch",
        ["it"] = "il lo la gli le un una uno di del della dei e che in per con non è sono ho ha abbiamo avete posso può potete come cosa perché quando dove mio mia nostro nostra si mi ci ma molto più già ciao grazie vorrei voglio bisogno aiuto questo questa nel nella sul al alla da dal anche sto ancora",
        ["pt"] = "o a os as um uma de do da dos das e que em no na por para com não é está estou são tenho tem posso pode podem como quando onde meu minha nosso nossa se me mas muito mais já olá oi obrigado obrigada quero preciso ajuda conta você vocês isso este esta ao também porque gostaria",
        ["nl"] = "de het een en van in op te is zijn was niet ik wij we jullie u mijn onze uw met voor aan bij maar ook kan kunnen heb hebben heeft hoe wat waarom waar wanneer alstublieft bedankt hallo wil graag nodig hulp als nog al geen of dat dit die naar er om",
        ["sv"] = "och att det som en ett är jag vi ni inte på för med av till den har kan hur vad när varför var min mitt vår vårt men också om från hej tack vill behöver hjälp konto ingen inget när eller så detta sig",
        ["da"] = "og at det som en et er jeg vi ikke på for med af til den har kan hvordan hvad hvornår hvorfor hvor min mit vores men også om fra hej tak vil gerne brug hjælp konto ingen eller så dette sig",
        ["no"] = "og at det som en et er jeg vi ikke på for med av til den har kan hvordan hva når hvorfor hvor min mitt vår men også om fra hei takk vil gjerne trenger hjelp konto ingen eller så dette seg",
        ["fi"] = "ja on ei se että en mutta minä me te hän olen ovat miten mitä miksi missä kun voi voin voiko hei kiitos haluan tarvitsen apua tili tämä jos tai kuin ole myös minun meidän",
        ["pl"] = "i w na z do nie się jest są to że jak co dlaczego gdzie kiedy mam mamy mogę może można mój moja nasz nasze ale też dla od po przez cześć dzień dobry dziękuję proszę chcę potrzebuję pomoc pomocy konto czy lub już tylko jestem",
        ["cs"] = "a v na s do ne se je jsou to že jak co proč kde kdy mám máme mohu může můj moje náš naše ale také pro od po dobrý den ahoj děkuji prosím chci potřebuji pomoc účet nebo už jen jsem",
        ["ro"] = "și în la cu de pe nu este sunt eu noi am are avem pot poate cum ce de unde când meu mea nostru dar foarte mai bună mulțumesc vreau am nevoie ajutor cont pentru din sau că să vă",
        ["tr"] = "ve bir bu için ile de da değil ben biz siz var yok nasıl ne neden nerede zaman benim bizim ama çok daha merhaba teşekkürler istiyorum lütfen yardım hesap mı mi olarak gibi kadar sonra olan",
        ["id"] = "dan yang di ke dari untuk dengan tidak ini itu saya kami anda bisa dapat bagaimana apa mengapa dimana kapan ada sudah belum akan tetapi juga halo terima kasih ingin butuh bantuan akun atau karena tolong mohon",
        ["hu"] = "a az és hogy nem van vagyok egy én mi ez de is meg hogyan mit miért hol mikor nekem tudok tudom lehet szia köszönöm szeretnék kell segítség fiók vagy már csak mert ha",
        ["ur"] = "mera meri mujhe mein main hai hain kya kaise kyun nahi nahin kar karo karna raha rahi aap ap hum ko ka ki ke se par bhi aur ho gaya gya krna krne chahiye bata batao ye yeh wo koi kuch abhi",
    }.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.Split(' ').ToFrozenSet());

    /// <summary>The languages that scripts stand for.</summary>
    public static ImmutableArray<string> OfScripts { get; } = ["el", "ru", "hy", "he", "ar", "hi", "bn", "ta", "th", "my", "ka", "am", "ja", "zh", "ko"];

    /// <summary>The language that a script stands for; scripts of many languages stand for their most common one.</summary>
    public static string? OfScript(char letter) => letter switch
    {
        >= '\u0370' and <= '\u03FF' => "el",
        >= '\u0400' and <= '\u04FF' => "ru",
        >= '\u0530' and <= '\u058F' => "hy",
        >= '\u0590' and <= '\u05FF' => "he",
        >= '\u0600' and <= '\u06FF' or >= '\u0750' and <= '\u077F' or >= '\uFB50' and <= '\uFDFF' or >= '\uFE70' and <= '\uFEFC' => "ar",
        >= '\u0900' and <= '\u097F' => "hi",
        >= '\u0980' and <= '\u09FF' => "bn",
        >= '\u0A00' and <= '\u0DFF' => "ta",
        >= '\u0E00' and <= '\u0E7F' => "th",
        >= '\u1000' and <= '\u109F' => "my",
        >= '\u10A0' and <= '\u10FF' => "ka",
        >= '\u1200' and <= '\u137F' => "am",
        >= '\u3040' and <= '\u30FF' => "ja",
        >= '\u3400' and <= '\u9FFF' => "zh",
        >= '\uAC00' and <= '\uD7AF' or >= '\u1100' and <= '\u11FF' => "ko",
        _ => null,
    };
}
