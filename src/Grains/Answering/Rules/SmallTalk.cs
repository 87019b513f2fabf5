using System.Collections.Frozen;

namespace FteAgent.Answering.Rules;

/// <summary>Tells greetings, thanks and "that fixed it" from matters that want an answer.</summary>
internal static class SmallTalk
{
    private const int MostWords = 40;
    private const int MostLooseWords = 3;
    private const int MostFillers = 3;

    private static readonly PhraseSet Matter = new([
        "but|however|though|except|although|yet|only",
        "how|what|why|when|where|which|who ..4 do|does|is|are|can|could|to|should|would|will|about|did|if",
        "can|could|would|will|do|does|is|are|may|should|has|have|did|was you|i|we|it|there|this|that|someone|anyone|my",
        "not|never|no ..2 work|working|works|help|helped|solve|solved|fix|fixed|able|resolved|sure|understand|yet|luck|longer|correct|right|happy|receive|received|see",
        "still|again|instead|another|also|else|next|wrong|broken|error|errors|fail|fails|failed|failing|urgent|refund|cancel",
        "one more",
        "issue|problem is",
        "need|want|looking|trying|wish|require|request|please ..8",
        "would like",
        "for nothing",
        "question|questions ..4",
        "unless|until|if ..6",
    ]);

    /// <summary>The one figure of small talk that asks for something.</summary>
    private static readonly PhraseSet RoundTheClock = new(["24 7"]);

    /// <summary>The answer missed, however politely it is said.</summary>
    private static readonly PhraseSet Missed = new([
        "not|never ..2 what ..4 need|needed|want|wanted|ask|asked|asking|mean|meant|expect|expected|look|looking|searching|after",
        "not|never|hardly|barely very|really|so|too|that|at|been|particularly|all? helpful|useful|helping|relevant|related",
        "that|this|it is|was not it|that $",
        "not|never ask|asked|asking for|about|that|this",
        "unhelpful|useless|irrelevant|pointless",
        "wrong|another|different answer|page|article|topic|question|thing",
    ]);

    private static readonly PhraseSet Polite = new([
        "let me know ..6",
        "have a ..3 day|one|evening|weekend|night|week",
        "no ..1 further|more|other questions|issues|help",
        "no ..1 problem|problems|issues|worries",
        "nothing else",
        "that is all|it|everything",
        "no|nope thanks|thank",
        "do not ..1 need ..4 else|more|any|anything",
        "you ..2 can close",
        "please close ..4",
        "no longer ..3 need|issue|problem|have|happening|see",
        "not ..3 any more",
        "keep ..2 up ..4",
    ]);

    private static readonly PhraseSet Solved = new([
        "that|it|this|which|everything|all|your ..6 worked|works|working|helped|fixed|solved|resolved|sorted",
        "works|working|worked|fixed|solved|resolved|sorted|running ..2 now|perfectly|again|great|fine|well|like|thanks|thank|$",
        "problem|issue|error|bug|question|ticket|matter|case ..3 solved|resolved|fixed|gone|sorted|answered|closed",
        "got it ..2 working|sorted|fixed|solved|to|done|running",
        "did the trick|job",
        "i|we ..2 can ..2 log|access|see|use|get|send|open|export|connect|find ..4 now|again",
        "all ..1 good|set|sorted|done|fixed|clear ..1 now|here|thanks|thank|$",
        "exactly what i|we ..2",
        "answers|answered my|our ..1 question|questions|query",
        "you ..2 can ..1 close ..4",
        "please close ..2 ticket|this|case|it|conversation",
        "solved|resolved|fixed|sorted ..2 $",
        "figured|sorted it out",
        "back ..1 up|online|in|working|normal",
        "no longer ..3 need|issue|problem|happening|see|have",
        "not ..2 happening any more",
        "that is ..2 what i|we|it ..2 needed|wanted|looking",
        "problem|issue|error is|has|was ..2 gone|disappeared",
    ]);

    private static readonly PhraseSet Unsolved = new([
        "not|never|no|nothing|without|hardly|barely|neither ..3 work|works|working|worked|help|helped|fixed|solved|resolved|sorted|fix|solve|gone|good|able|answer|answered|yet|right|correct",
        "^ is|are|was|were|has|have|did|does|do|will|can|could|when|why|how",
        "but|however|though|except|until|if|unless|when|once|hope|hopefully|wish|should|would|will|could ..8 work|works|worked|working|fixed|solved|resolved|sorted|helped|help|fails|broken|error|not|still|stopped|again|slow|problem|issue|another|question|need",
        "still ..3",
        "how|what|why|when|where|which|who ..2 do|does|is|are|can|to|should|would|will|did",
        "can|could|would|will|do|does|is|are|has|have|did|was you|i|we|it|there|this|that ..3 help|fix|check|tell|look|not|work|works|fixed|solved|resolved|any|be|working|also|please|explain",
        "stopped|stop|stops working",
        "was|were|used ..2 working|worked|works ..2 fine|well|until|before|yesterday|great|earlier|last",
        "working|worked|works fine|well ..3 until|yesterday|before|but|last|on",
        "nothing|none|neither|nor ..3",
        "only ..3 works|worked",
        "need|want|looking ..8",
        "refund|cancel|human|agent|manager",
    ]);

    private static readonly PhraseSet Greets = new([
        "hi|hello|hey|hiya|howdy|greetings|yo|heya|hallo|hola|bonjour|salaam|salam|namaste|ciao|sup|helo|hii|hiii|heyy|heyyy|helloo",
        "good morning|afternoon|evening|day",
        "anyone|anybody|someone|somebody there|here|around|home",
        "how are|is you|it|things",
        "what is up",
        "nice to meet you",
        "assalam*|assalamu*",
    ]);

    /// <summary>Whether anybody listens; asked of nothing in particular, so the whole sentence says no more.</summary>
    private static readonly PhraseSet Presence = new([
        "^ ok|okay|so|um|and|but? hi|hello|hey|yo|hallo? is|are|if? there? you|anyone|anybody|someone|somebody ..1 still|really|even|out|back|guys|all? there|here|around|online|available|listening|home|awake please|now|today|still|yet|or|right? not|now? $",
        "^ hi|hello|hey|yo? is there anyone|anybody|someone|somebody $",
        "^ hi|hello|hey|yo? still there|here|around|online|listening $",
        "^ hi|hello|hey|yo? can|do you still? hear|see|read me|us|this $",
    ]);

    private static readonly PhraseSet Thanks = new([
        "thank|thanks|thankyou|tysm|tyvm|appreciate|appreciated|grateful|cheers|gracias|merci|danke",
        "much obliged",
        "you are ..3 best|great|awesome|amazing|star|lifesaver|legend|hero",
        "great|awesome|perfect|excellent|amazing|wonderful|brilliant|super|cool|nice|good|lovely ..2 $",
        "great|good|nice|excellent|amazing|awesome ..1 job|work|support|service|help",
        "ok|okay|alright|understood|noted|gotcha ..2 $",
        "got it ..2 $",
        "makes sense",
        "👍|🙏|❤|😊|🎉",
        "very|really|so|most helpful|kind",
        "well done",
        "no problem|worries",
        "have a ..2 day|one|evening|weekend|night",
        "bye|goodbye|cya",
        "see you",
        "that is all|it",
    ]);

    private static readonly FrozenSet<string> Fillers =
        ("hi hello hey there everyone all team folks guys sir madam mam maam support dear friend friends again good morning afternoon evening day to you your the a an is are i am we how it going today hope doing well fine ok okay yes yep yeah yo o oh ah so just and very much for help your my me " +
         "🙂 😊 👋 😀 😃 😄 🙏 👍 ❤ wanted say bot assistant please anyone anybody someone here around up what things nice meet day days").Split(' ').ToFrozenSet();

    private static readonly FrozenSet<string> Acknowledgements =
        "ok okay k kk okey okie alright right yes yep yup yeah yea sure fine oh ah aha".Split(' ').ToFrozenSet();

    private static readonly FrozenSet<string> Bare = Acknowledgements
        .Concat("what why how when where who which whom whose huh hm hmm hmmm hmmmm mm mmm um umm uh uhm uhh er erm eh meh no nope nah so well and but maybe wait test testing lol haha hahaha please".Split(' '))
        .ToFrozenSet();

    /// <summary>What a message is; after an answer "ok" takes it in, before one it says nothing.</summary>
    public static Speech Classify(Reading message, bool answered)
    {
        if (!message.Tokens.Any(token => IsReadable(token.Word)))
            return Thanks.Matches(message) ? Speech.Thanks : message.Questions > 0 ? Speech.Filler : Speech.Empty;
        if (message.Tokens.Length > MostWords || RoundTheClock.Matches(message))
            return Speech.Matter;
        return OfWords(message.HasFigures ? message.WithoutFigures() : message, answered);
    }

    private static Speech OfWords(Reading message, bool answered)
    {
        var words = message.Tokens;
        if (words.Length <= MostFillers && words.All(token => Bare.Contains(token.Word)))
            return answered && words.Length > 0 && words.All(token => Acknowledgements.Contains(token.Word)) ? Speech.Thanks : Speech.Filler;
        if (Missed.Matches(message))
            return Speech.Matter;
        if (Solved.Matches(message) && !Unsolved.Matches(message, Polite))
            return Speech.SolvedConfirmation;
        if (IsAllGreeting(message))
            return Speech.Greeting;
        var matter = Matter.Matches(message, Polite);
        if (Thanks.Matches(message) && !matter && Loose(message) <= MostLooseWords + words.Length / 2)
            return Speech.Thanks;
        if (Greets.Matches(message) && !matter && words.Length <= MostLooseWords && Greets.Matches(Reading.Of(words[0].Word)))
            return Speech.Greeting;
        return Speech.Matter;
    }

    /// <summary>Every sentence greets or asks whether anybody is there.</summary>
    private static bool IsAllGreeting(Reading message)
    {
        var greets = Greets.Matches(message);
        var sentences = message.Tokens.GroupBy(token => token.Sentence).Select(sentence => sentence.ToArray()).ToList();
        var present = sentences.ConvertAll(sentence => Presence.MatchesSentenceOf(sentence, 0));
        return (greets || present.Contains(true))
            && sentences.Zip(present).All(pair => pair.Second || pair.First.All(token => Fillers.Contains(token.Word) || IsGreeting(token)))
            && !AsksSomething(message);
    }

    private static bool IsReadable(string word) => word.Any(char.IsLetterOrDigit);

    private static bool IsGreeting(Token token) => Greets.Matches(Reading.Of(token.Word));

    private static bool AsksSomething(Reading message) =>
        message.Tokens.Any(token => token.Word is "help" or "please") && message.Tokens.Length > 2;

    private static int Loose(Reading message) => message.Tokens.Count(token => !Fillers.Contains(token.Word));
}
