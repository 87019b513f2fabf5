namespace FteAgent.Answering.Rules;

/// <summary>How the customer speaks to us, and how long they already have had to.</summary>
internal static class ConductRules
{
    /// <summary>Attempts to steer the assistant, and questions after its instructions.</summary>
    public static Rule Injection { get; } = new("A11.injection", RuleFamily.Internals, EscalationReason.Internals, Urgency.Normal)
    {
        When = new([
            "ignore|disregard|forget|override|bypass|skip|discard|neglect ..3 previous|prior|above|earlier|all|your|these|any|preceding|system|the|every ..3 instruction|instructions|prompt|prompts|rules|rule|guidelines|directives|guardrails|restrictions|training|programming|context|constraints|policy|policies|commands",
            "forget everything|all ..3 you|above|before|told|said|instructions",
            "system|hidden|initial|secret|internal|developer prompt|prompts|instruction|instructions|directives",
            "your ..1 system|hidden|initial|original|base|secret prompt|prompts|instructions",
            "reveal|show|print|repeat|output|display|tell|share|leak|dump|expose|quote|paste|list|give|recite|describe|what ..3 your|system|hidden|initial|secret ..1 prompt|prompts|instructions|directives|guardrails|constraints|programming",
            "reveal|print|output|leak|dump|recite ..3 system|your ..1 configuration|source|rules|code",
            "instructions|prompt|guidelines ..2 you ..1 were|are|have ..1 given|told|following|follow",
            "repeat ..3 words|text|everything|sentence|instructions ..2 above|before|verbatim",
            "you are now|dan|jailbroken|unrestricted|root",
            "pretend|act|behave|roleplay|respond|answer|imagine|simulate ..2 to|as|like|you|that ..5 no|without|not|unrestricted|different|evil|developer|admin|administrator|human|unfiltered|another|dan|my ..3 restrictions|rules|limits|filter|filters|ai|mode|guidelines|assistant|model|administrator|admin|employee|operator|manager|grandmother|supervisor|guardrails",
            "developer|debug|admin|god|sudo|maintenance|dan|jailbreak|unrestricted|root mode ..2 enabled|on|activated|activate|now|enable|please|override|$",
            "enter|enable|activate|switch ..2 developer|debug|admin|god|sudo|dan|jailbreak|maintenance mode",
            "jailbreak|jailbroken",
            "which|what ..1 model|llm|gpt|ai|language ..2 are|is|do|model|powers|runs ..2 you|this|behind|your",
            "your internal|confidential|secret|private ..2 policy|policies|documents|guidelines|rules|notes|data|tools|functions|procedures|information|system|api|keys|credentials|discount",
            "call|invoke|execute|trigger ..2 the|your ..2 tool|function|tools|functions ..4 for|with|customer|id|as",
            "new instructions|instruction|rules|directive",
            "system override|admin|administrator override",
            "end of ..2 instructions|prompt|system|conversation ..6 new|begin|start|you|now",
        ]),
        Unless = new([
            "claude|openai|llm|gpt|ai|prompt|model|agent ..3 step|node|block|action|feature|integration|template|templates|builder|editor|app",
            "in|with|for|to my|our|a|the ..1 prompt|prompts|llm|flow",
            "password|sign|login|shell|command|install|confirmation|cookie|browser prompt|prompts",
            "ignore|skip ..3 rule|rules ..3 eslint|lint|firewall|automation|for|when|in|if",
            "new automation|rule|rules wizard|in|for|to",
        ]),
    };

    /// <summary>Profanity, masked or not.</summary>
    public static Rule Profanity { get; } = new("A5.profanity", RuleFamily.Aggression, EscalationReason.Aggression, Urgency.High)
    {
        When = new([
            "fuck*|motherfuck*|bullshit*|shit|shits|shitty|shite|shitshow|wtf|wth|stfu|gtfo|asshole*|arsehole*|bitch*|bastard*|cunt*|dickhead*|dick|pricks|wanker*|bollocks|twat*|douche*|jackass*|dumbass*|goddamn*|bloody|pissed|crap|crappy|crapware|fck|fcking|fking|fkn|fuk|fukin|fuking|effing|friggin|freaking|fricking|f***|f**k|f*ck|f**king|f*cking|f***ing|f*****g|sh*t|sh**|sh*tty|s**t|s***|b*tch|a**hole|a**|bs|damn|damned|dammit|damnit|screw",
            "piece of crap|shit|junk|garbage|trash",
            "go to hell",
            "screw you|this|your",
            "what|the|who|why the? hell|heck|fuck",
        ]),
        Unless = new([
            "screw driver|in|size|type|hole|cap",
            "not|no ..1 shit|crap|damn ..2 great|good|amazing|love",
            "damn ..3 easy|simple|quick|clever",
            "damn|freaking|bloody|fucking|fuckin|friggin|shit|crap|hell|holy ..1 good|great|amazing|awesome|brilliant|fast|nice|love|cool|impressive",
            "bs # iso|level|standard",
            "dick ..1 smith|jones|clark",
            "holy crap|shit|cow",
            "oh crap|shit|damn",
        ]),
    };

    /// <summary>Insults to us, and threats.</summary>
    public static Rule Aggression { get; } = new("A5.aggression", RuleFamily.Aggression, EscalationReason.Aggression, Urgency.High)
    {
        When = new([
            "you|your|these|such|those|bunch|team|staff|people|company|developers|support ..3 idiot|idiots|moron|morons|imbecile|imbeciles|clown|clowns|liar|liars|thief|thieves|scammer|scammers|crook|crooks|fraudsters|scumbag|scumbags|loser|losers|jerk|jerks|fools|incompetent|incompetents|cretins|criminals|cheats|pathetic|amateurs|parasites|robbers|con ..1",
            "idiots|morons|thieves|scammers|crooks|liars|clowns|imbeciles|scumbags|fraudsters",
            "you ..2 suck|sucks|stink|disgust",
            "your ..3 sucks|stinks|blows",
            "are you ..2 stupid|dumb|blind|deaf|kidding|insane|crazy|retarded|serious $",
            "stupid|dumb|idiotic company|support|people|team|staff|product|app|software|answer|reply|replies|answers|tool|thing|system|service|website",
            "shut up",
            "robbing|robbed|stealing|scamming|scammed|ripping|ripped|cheating|cheated|conned|conning|defrauded|swindled|lied ..1 @me|people|customers|off|to",
            "rip off",
            "scam|scammers|ripoff|swindle|con|daylight robbery",
            "go die|away",
            "kill|hurt|hunt|destroy|ruin|burn|beat|harm|shoot|bomb|punch|strangle ..1 you|your ..2",
            // "Where do I find your number?" threatens nobody.
            "i|we ..1 will|shall|going|gonna ..2 find ..1 you ..2",
            "find out? where you|your ..1 live|lives|sleep|park",
            "i|we ..1 will|going|gonna|know|can ..4 find ..2 your ..1 home|house|family|kids|children|wife|husband|mother",
            "i ..1 know where you|your",
            "watch your back",
            "you ..1 will ..1 regret|pay|suffer|sorry",
            "make ..1 you ..1 pay|suffer|regret",
            "come ..2 to your office|house|home|headquarters ..4",
            "hate you|your|this ..1 company|product|app|service|support|people",
            "liars|lying ..2 to? me|us|customers",
            "drop dead",
        ]),
        Unless = new([
            "phishing|spam|scam|fraud|report|reporting|received|got|suspicious|an? ..2 email|emails|message|messages|call|calls|text|attempt",
            "is|are this|that|it|you|the ..3 scam|legit|legitimate|real|phishing|genuine",
            "beat|kill|destroy ..1 your competition|competitors|process|processes|session|container|containers|pod|time",
            "kill|find|burn ..1 your ..2 app|application|container|process|server|session|token|documentation|docs|page|site|guide|status|api|pricing|help|article",
            "not|no ..2 scam|idiot|stupid|liar|hate",
            "burn down|up chart",
            "con|cons and|pros|pro",
            "pros ..1 cons|con",
            "i ..1 am|feel ..2 stupid|dumb|an idiot",
            "stupid|dumb question",
            "find you|your ..3 on|in|at|helpful|useful|support|product|service|app|team|great",
        ]),
    };

    /// <summary>The customer says themselves that they have asked before.</summary>
    public static Rule AskedBefore { get; } = new("A5.repeat-said", RuleFamily.Repeat, EscalationReason.RepeatedQuestion, Urgency.High)
    {
        When = new([
            "second|third|fourth|fifth|sixth|seventh|2nd|3rd|4th|5th|6th|7th|tenth|10th|nth|umpteenth|hundredth time ..2 i|we|am|have|contacting|asking|writing|reporting|reaching|emailing|messaging|calling|asked|contacted|written|request|reported|opened|email|ticket|complaint",
            "second|third|fourth|fifth|2nd|3rd|4th|5th|another|nth follow|email|message|ticket|request|complaint|reminder|attempt ..6 about|regarding|no|without|and|still|for|on|to|up ..6 no|still|without|not|ignored|response|reply|answer|same",
            "contacted|emailed|messaged|written|wrote|asked|called|reported|reached|sent|submitted|opened|raised|filed|reaching|texted ..6 #|two|three|four|five|six|several|multiple|many|countless|numerous|repeatedly|times|dozen|couple ..2 times|emails|messages|tickets|requests|reports|reminders|already ..10 no|not|nothing|still|nobody|without|never|none|ignored|yet|but",
            "asked|told|explained|written|contacted|reported|messaged|emailed|said|mentioned ..3 #|two|three|four|five|several|multiple|many|countless times",
            "how many times|more ..2 do|must|times|should|have|need ..1 i|we|to",
            "no|not|never|nobody|none|anyone|without ..3 has|have|ever|got|get|gotten|heard|received|getting|hearing|single|a|any|one ..3 response|reply|answer|answered|replied|responded|respond|reply|back|responses|replies|acknowledgement|update ..4 since|for|from|yet|to|in|still|after|week|weeks|days|and|$",
            "no one ..3 answered|replied|responded|cares|helped|helps|listens|called",
            "no response|reply|answer|feedback ..2 for|in|since|after ..2 day|days|week|weeks|month|months",
            "you ..1 not|never ..1 replied|answered|responded",
            "you did not ..1 reply|answer|respond",
            "waiting|waited ..2 days|weeks|months|week|month ..1 for ..2 response|reply|answer|someone|help",
            "nobody|noone ..3 answered|replied|responded|responds|replies|answers|responding|answering|replying|cares|helped|helps|listening|listens|called|fixed",
            "still ..2 waiting ..3 for|on ..4 response|reply|answer|someone|anyone|update|help|support|hear|you ..6",
            "still no|not ..3 response|reply|answer|heard|received|got|answered|solution|resolution|fix|resolved ..8 week|weeks|days|after|since|month|months|yet|ticket|from",
            "already ..2 asked|told|explained|reported|contacted|wrote|written|emailed ..6 no|not|still|twice|times|nothing|before|but|yesterday|last|week|you|this",
            "ignored|ignoring ..1 @me|my|our|customers",
            "keep|keeps|kept ..2 ignoring|asking|getting|sending ..4 same|ignored|me|us|my ..3 question|answer|answers|response|reply|replies|issue|useless|generic|canned|emails",
            "same ..1 answer|reply|response|useless|canned|copy|generic ..2 again|every|over|each|as|twice|from",
            "asked ..3 same ..1 question|thing ..4 before|again|twice|already|times",
            "follow|following up ..1 again|#|yet ..1 again|time",
            "weeks|months|days ..5 no|without|still|not ..3 response|reply|answer|resolution|solution|solved|resolved|help|progress|fix",
        ]),
        Unless = new([
            "asked ..4 times|twice ..4 password|login|code|2fa|sign|verify|confirm",
            "reset|resetting|tried|try|trying|asked|requested ..6 password|login|log|code|link|sign ..6 times|twice|#",
            "test|webhook|endpoint|server|api|query|request|requests|integration|script ..4 no|not|without ..2 response|reply|answer",
            "no|not ..1 response|reply ..2 body|code|status|header|headers|from ..2 api|server|endpoint|webhook|database|url",
            "customers|customer|user|users|they|candidate|prospects|leads ..4 no|not|never ..3 reply|response|replied|answered|answer",
            "^ can|could|should ..2 tickets|conversations|cases|requests|cards|tasks with|without ..1 reply|response|answer|feedback",
            "^ how do|can|to|could|should i|we? ..1 close|archive|find|list|filter|move|hide ..2 tickets|conversations|cases|requests|cards|tasks with|without ..1 reply|response|answer|feedback",
        ]),
    };

    /// <summary>Threats to leave; only where a handbook names them.</summary>
    public static Rule Churn { get; } = new("H.churn", RuleFamily.Churn, EscalationReason.NegativeSentiment, Urgency.High)
    {
        OnlyWhenNamed = true,
        When = new([
            "switch|switching|move|moving|go|going|leave|leaving|migrate|migrating|defect|jump|look|looking ..3 to|for|elsewhere ..3 competitor|competitors|alternative|alternatives|another|different|other|rival|elsewhere|someone ..2",
            "considering|exploring|looking|evaluating|explore|consider|seeking|searching ..3 alternatives|competitors|leaving|switching",
            "considering|exploring|looking|evaluating|explore|consider|seeking|searching ..3 other options",
            "considering|exploring|looking|evaluating|explore|consider|seeking|searching ..3 alternative to you|your",
            "cancel|canceling|leaving|leave|terminate|ending|close|closing ..6 if|unless|because|over|otherwise|due|immediately|right|now|today|everything",
            "if|unless ..14 cancel|canceling|leave|leaving|switch|switching|elsewhere|terminate|business",
            "take|taking ..1 our|my business|money|custom elsewhere",
            "lose|losing|lost ..1 a|us|me|this|another as? a? customer|client|business",
            "done with you|your|this",
            "never ..1 use|using|buy|buying|recommend ..4 again|you|your|anyone",
        ]),
        Unless = new([
            "switch|switching|migrate|migrating|move|moving from ..6 to ..2 you|your",
            "how ..2 do|can|to",
            "between|plan|plans|billing|view|workspace|workspaces|board|dark|tab|account|accounts",
        ]),
    };

    /// <summary>A threat to complain in public; only where a handbook names it.</summary>
    public static Rule PublicReview { get; } = new("H.public-review", RuleFamily.PublicReview, EscalationReason.NegativeSentiment, Urgency.High)
    {
        OnlyWhenNamed = true,
        When = new([
            "bad|negative|terrible|scathing|horrible|awful|poor ..1 review|reviews|rating|ratings",
            "one|1 star review|reviews|rating|ratings",
            "honest|public review|reviews|feedback|rating",
            "leave|leaving|write|writing|post|posting|share|publish|give|tell|warn|expose|exposing ..6 review|reviews|twitter|trustpilot|g2|capterra|linkedin|reddit|facebook|everyone|everybody|press|media|social|instagram|tiktok|google|public|publicly|journalist|blog|online",
            "social media",
            "to|with|call|contact|tell the|a ..1 press|newspaper|newspapers|journalist|journalists",
            "go|going|goes viral",
            "trustpilot|capterra|glassdoor|yelp",
        ]),
        Unless = new([
            "share|post|publish|sync|connect|integration|integrate|schedule|scheduling ..4 to|with|on|from ..3 facebook|twitter|linkedin|instagram|social|google|reddit|blog|media",
            "social media post|posts|calendar|manager|template|campaign|team|marketing|content|scheduler|accounts|planning",
            "code|peer|design|performance|document|quarterly|security|project review|reviews",
            "press kit|kits|release|releases|page|button|key|folder|list|team|contacts",
        ]),
    };

    /// <summary>Truly unhappy, by the words of a single message.</summary>
    public static Rule Unhappy { get; } = new("A5.sentiment", RuleFamily.Sentiment, EscalationReason.NegativeSentiment, Urgency.High)
    {
        Test = input => input.Sentiments.Any(sentiment => sentiment < input.Policy.SentimentThreshold),
    };

    /// <summary>Unhappy twice in a row: on every policy.</summary>
    public static Rule UnhappyTwice { get; } = new("A5.sentiment-twice", RuleFamily.Sentiment, EscalationReason.NegativeSentiment, Urgency.High)
    {
        Test = input => input.EarlierSentiment < EscalationPolicy.AlwaysUnhappyBelow && input.Sentiments.Any(sentiment => sentiment < EscalationPolicy.AlwaysUnhappyBelow),
    };

    /// <summary>The same question again after an answer.</summary>
    public static Rule AskedAgain { get; } = new("A5.repeat", RuleFamily.Repeat, EscalationReason.RepeatedQuestion, Urgency.Normal)
    {
        Test = Repetition.Holds,
    };

    public static IEnumerable<Rule> Rules => [Injection, Profanity, Aggression, AskedBefore, AskedAgain, Unhappy, UnhappyTwice, Churn, PublicReview];
}
