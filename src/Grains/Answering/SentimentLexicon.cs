using System.Collections.Frozen;

namespace FteAgent.Answering;

/// <summary>
/// What words say about how the customer feels about us. Words for a malfunction weigh little, because a fault report is
/// no anger: "the export fails with an error" is how customers talk on a normal day.
/// </summary>
internal static class SentimentLexicon
{
    /// <summary>Words that name a fault rather than a feeling: their sum is capped.</summary>
    public const double Fault = -0.25;

    /// <summary>Valence by word.</summary>
    public static FrozenDictionary<string, double> Words { get; } = Build();

    /// <summary>Valence by phrase, over and above its words.</summary>
    public static IReadOnlyList<(string Pattern, double Valence)> Phrases { get; } =
    [
        ("hate ..1 to", 2.4),
        ("waste of ..2 time|money|space|effort|resources", -2.4),
        ("wasted|wasting ..4 time|hours|days|weeks|money", -1.7),
        ("fed up", -2.2),
        ("had ..1 it with", -2.2),
        ("nothing but problems|trouble|issues|headaches|bugs|errors", -1.8),
        ("never again", -1.0),
        ("gone|going|dragging ..1 on for ..2 days|weeks|months|long|ages", -0.9),
        ("sick ..1 tired|of", -2.2),
        ("tired|exhausted of ..2 ", -1.2),
        ("last straw", -2.4),
        ("had enough", -2.2),
        ("enough is enough", -2.4),
        ("what a joke", -2.6),
        ("is|are|complete|total|absolute|sick a? joke", -2.4),
        ("thanks for nothing", -3.0),
        ("never|not ..2 again", -0.6),
        ("losing|lost|out|lose of? my|our|all|their? patience|faith|trust|confidence", -1.6),
        ("runs|running out of patience", -1.8),
        ("not good enough", -1.5),
        ("not acceptable|ok|okay|professional|impressed|amused|happy|satisfied|pleased", -1.5),
        ("not ..1 worth", -1.2),
        ("how|why ..6 hard can|is it", -1.2),
        ("do you even", -1.4),
        ("what are you ..1 going to do about", -0.7),
        ("get your act together", -2.0),
        ("fix ..2 now|immediately|already", -0.9),
        ("right now", -0.2),
        ("do your job", -2.2),
        ("you people", -1.0),
        ("your ..1 fault", -1.5),
        ("blood boil", -2.2),
        ("beyond ..1 frustrating|frustrated|belief|ridiculous|annoyed|angry", -1.5),
        ("beyond a joke", -2.0),
        ("last|final warning|chance", -1.3),
        ("worst ..2 ever", -1.2),
        ("no|zero help|support|response|accountability|respect|communication", -0.9),
        ("not ..1 one|single person|reply|response|answer", -0.8),
        ("do|does|did not ..1 care|give", -1.6),
        ("let ..1 down", -1.4),
        ("falling|fell|fallen apart", -1.2),
        ("going|went|gone downhill", -1.6),
        ("gets|getting|got worse", -1.1),
        ("quality|service|support|product ..3 declining|declined|worse|downhill|deteriorated|dropped|terrible", -1.2),
        ("none ..5 addressed|fixed|answered|resolved|helped", -0.9),
        ("every update|release ..4 break|breaks", -0.8),
        ("break|breaks ..1 something new", -0.6),
        ("considering ..2 alternatives|leaving|canceling|switching|competitor", -0.8),
        ("switching|switch|moving|going to ..3 competitor|competitors|rival", -0.9),
        ("cancel ..6 immediately|now|today", -0.6),
        ("costing|cost|losing ..2 us|me|thousands|customers|clients|revenue|sales|money|business", -0.9),
        ("do not ..1 want ..2 excuses", -1.6),
        ("empty|broken|false promises", -1.6),
        ("copy paste|pasted", -0.6),
        ("in|around circles", -1.2),
        ("run ..1 around", -1.4),
        ("slap in the face", -2.4),
        ("false advertising", -2.0),
        ("absolutely nothing", -0.9),
        ("nothing ..1 works|worked|working|helps|helped", -1.1),
        ("never ..3 so|such|as ..1 bad|badly|poor|poorly|rude|rudely", -1.2),
        ("done with you", -1.0),
        ("done with this|your company|product|service|app|tool|software|nonsense", -1.8),
        ("does not|never ..1 even ..1 work", -0.9),
        ("piece of", -1.2),
        ("rip off", -2.2),
        ("shame on you", -2.8),
        ("good for nothing", -2.6),
        ("so|very|extremely|really|deeply|incredibly|highly unhappy|upset|angry|disappointed|dissatisfied|annoyed|displeased", -0.8),
        ("demand ..3 explanation|answer|answers|action|response|resolution", -1.2),
        ("regret ..3 buying|choosing|paying|signing|purchasing|ever", -1.8),
        ("never ..2 recommend|buy|use|trust ..2 ", -1.6),
        ("out of control", -1.0),
        ("no excuse", -1.8),
        ("how dare", -2.6),
        ("you ..1 call ..2 support|service", -1.4),
        ("are you kidding|joking|serious", -2.0),
        ("seriously ?", -0.6),
        ("joke of a", -2.4),
        ("pulling my hair", -1.2),
        ("stupid question", 2.4),
        ("ruined my|our", -0.8),
        ("patience is|has|at|wearing|run|running ..2 exhausted|gone|over|out|thin|end|limit", -1.8),
        ("keep|keeps happening", -0.7),
        ("driving|drives ..1 nuts", -1.4),
        ("driving|drives|drive ..1 crazy|mad|insane", 0.4),
        ("works|working ..2 now|again|perfectly|great|fine|well|smoothly", 1.0),
        ("well done", 1.6),
        ("great|good|excellent|amazing|nice|fantastic|awesome job|work|support|service|product|help", 0.8),
        ("keep ..2 up", 1.0),
        ("no worries|problem|rush|hurry", 0.5),
        ("look|looking forward", 0.6),
        ("highly recommend", 1.4),
        ("life saver", 1.6),
        ("thank|thanks ..3 much|lot|million|all", 0.4),
        ("i ..1 understand ..2 these|it|that|things", 0.6),
        ("take|takes time", 0.2),
        ("no complaints", 0.8),
        ("can not ..1 complain", 0.6),
    ];

    /// <summary>Words that strengthen the next feeling, by how much.</summary>
    public static FrozenDictionary<string, double> Boosters { get; } = new Dictionary<string, double>
    {
        ["very"] = 1.25,
        ["really"] = 1.2,
        ["extremely"] = 1.45,
        ["absolutely"] = 1.4,
        ["completely"] = 1.3,
        ["totally"] = 1.3,
        ["utterly"] = 1.45,
        ["so"] = 1.15,
        ["incredibly"] = 1.4,
        ["beyond"] = 1.4,
        ["truly"] = 1.25,
        ["highly"] = 1.25,
        ["deeply"] = 1.3,
        ["fucking"] = 1.5,
        ["freaking"] = 1.3,
        ["damn"] = 1.3,
        ["bloody"] = 1.3,
        ["insanely"] = 1.4,
        ["ridiculously"] = 1.4,
        ["increasingly"] = 1.2,
        ["too"] = 1.05,
        ["super"] = 1.2,
        ["seriously"] = 1.2,
        ["genuinely"] = 1.2,
        ["quite"] = 1.05,
        ["most"] = 1.2,
        ["such"] = 1.1,
        ["somewhat"] = 0.6,
        ["slightly"] = 0.5,
        ["bit"] = 0.6,
        ["little"] = 0.6,
        ["kinda"] = 0.7,
        ["mildly"] = 0.5,
        ["fairly"] = 0.8,
        ["kind"] = 0.8,
        ["sort"] = 0.8,
        ["sehr"] = 1.25,
        ["très"] = 1.25,
        ["muy"] = 1.25,
        ["molto"] = 1.25,
        ["muito"] = 1.25,
        ["zeer"] = 1.25,
        ["etwas"] = 0.6,
        ["peu"] = 0.6,
        ["poco"] = 0.6,
        ["pouco"] = 0.6,
        ["beetje"] = 0.6,
    }.ToFrozenDictionary();

    /// <summary>Words that turn the next feeling round.</summary>
    public static FrozenSet<string> Negations { get; } =
        new[] { "not", "no", "never", "without", "hardly", "neither", "nor", "nothing", "nobody", "barely", "nicht", "kein", "keine", "niet", "geen", "pas", "não", "nao" }.ToFrozenSet();

    private static FrozenDictionary<string, double> Build()
    {
        var words = new Dictionary<string, double>(StringComparer.Ordinal);
        Add(-2.9,
            "furious livid outraged outrageous enraged disgusted disgusting despicable appalling appalled atrocious abysmal disgraceful disgrace " +
            "infuriating infuriated unforgivable scandalous shameful horrendous vile loathe despise detest");
        Add(-2.4,
            "unacceptable terrible horrible horrid awful worst pathetic ridiculous absurd insulting insulted incompetent incompetence useless worthless " +
            "garbage trash rubbish crap crappy junk scam scammers thieves liars lies hate hated hates idiots idiotic morons stupid dreadful lousy " +
            "ludicrous nonsense inexcusable intolerable unbelievable laughable dishonest unethical shitty shit bullshit fuck fucking wtf damn dammit " +
            "robbery deceptive sucks ripoff nightmare hopeless farce negligent negligence catastrophe");
        Add(-1.7,
            "angry anger mad irate unprofessional disappointed disappointment dissatisfied unhappy upset upsetting disrespectful rude unreliable dismal " +
            "inadequate insane crazy shocking shocked mess shambles betrayed cheated misled misleading lied excuses regret ashamed shame unfair resent " +
            "aggravating aggravated exasperated exasperating fuming hostile maddening painful disaster careless clueless unresponsive subpar mediocre " +
            "untrustworthy fed bogus hell bs");
        Add(-1.0,
            "disappointing frustrating frustrated frustration annoying annoyed irritating irritated unsatisfied ignored ignoring tedious clunky confusing " +
            "unhelpful inconvenient inconvenience impossible bothersome pointless ruined ruining suffering suffer suffered struggling stressful stressed " +
            "worried worrying worse bad badly poor poorly declining deteriorating cumbersome messy weak sad unfortunate complaint complaining complain " +
            "demand demanding disrupted chaos sloppy flaky pain headache overwhelmed desperate desperately repeatedly");
        Add(Fault,
            "error errors bug bugs buggy broken break breaks breaking crash crashes crashed crashing crashy fail fails failed failing failure failures " +
            "issue issues problem problems stuck slow slowly lag laggy lagging wrong incorrect missing lost lose losing down outage freeze freezes " +
            "freezing frozen glitch glitches stopped blocked blocking unable corrupted timeout timeouts hang hangs hanging disappear disappeared " +
            "disappearing vanished duplicate duplicates locked invalid denied rejected delay delayed delays trouble difficulty difficult urgent urgently " +
            "asap unfortunately sorry gone empty overload unstable spam complicated late");
        Add(0.4, "please thanks thank appreciate appreciated kindly hi hello hey dear grateful regards cheers welcome sincerely");
        Add(0.8,
            "good nice fine well helpful useful easy simple clear quick quickly fast glad happy enjoy enjoying enjoyed smooth smoothly convenient " +
            "friendly patient ok okay cool works solved fixed resolved interested excited like liked reliable pleased pleasant satisfied improvement " +
            "improved recommend recommending recommended hope kind neat intuitive comfortable promising successfully success stable");
        Add(1.7,
            "great love loved loving loves excellent amazing awesome fantastic wonderful brilliant perfect perfectly superb outstanding impressed " +
            "impressive incredible fabulous delighted delightful thrilled best terrific exceptional magnificent phenomenal stellar gem beautiful " +
            "beautifully lifesaver seamless flawless favorite favourite adore transformed blessed marvelous splendid kudos bravo");
        // German, French, Spanish, Italian, Portuguese and Dutch, with accents and without: what no English word looks like.
        Add(-2.4,
            "unverschämt unverschaemt unverschämtheit unverschaemtheit inakzeptabel katastrophal furchtbar schrecklich lächerlich laecherlich unfassbar " +
            "inacceptable scandaleux scandaleuse honteux honteuse pésimo pésima pesimo pesima inaceptable vergonzoso vergonzosa indignante " +
            "pessimo pessima inaccettabile vergognoso vergognosa ridicolo ridicola péssimo péssima inaceitável inaceitavel ridículo ridícula ridiculo ridicula " +
            "schandalig schandelijk belachelijk onacceptabel verschrikkelijk vreselijk waardeloos");
        Add(-1.7,
            "wütend wuetend stinksauer enttäuscht enttaeuscht furieux furieuse déçu déçue decue furioso furiosa decepcionado decepcionada indignado indignada " +
            "arrabbiato arrabbiata deluso delusa revoltado revoltada woedend teleurgesteld");
        Add(0.4, "danke merci gracias grazie obrigado obrigada bedankt");
        Add(1.7, "ausgezeichnet hervorragend fantastisch parfait excelente perfecto perfetto ottimo eccellente perfeito geweldig uitstekend");
        Add(-1.9, "🤬 🖕");
        Add(-0.5, "😡 😠 😤 👎 😾 💢 💩 👿");
        Add(-0.6, "😞 😢 😭 😔 🙄 😒 ☹ 🙁 😩 😫 😖 😣 😟 💔");
        Add(-0.1, "😬 😅 🤔 😕");
        Add(1.3, "👍 🎉 😍 ❤ 🙏 💯 🥰 🤩 🙌 👏 🚀 ⭐ 🌟 💪");
        Add(0.9, "😊 🙂 😀 😃 😄 😁 👌 ✅ ☺ 😉 ✨ 🎨 😇 🤗 👋");
        return words.ToFrozenDictionary();

        void Add(double valence, string list)
        {
            foreach (var word in list.Split(' '))
                words[word] = valence;
        }
    }
}
