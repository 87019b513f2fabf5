using System.Collections.Immutable;

namespace FteAgent.Answering.Rules.Claims;

/// <summary>One form of courtesy.</summary>
/// <param name="Heads">How it begins: words, with bars between those that mean the same and a question mark after what may be missing.</param>
/// <param name="Tail">The words that may follow, in any order.</param>
/// <param name="IsOpen">Whether words of the matter at hand may follow as well.</param>
/// <param name="IsClosing">Whether one word of any kind may follow: "happy baking".</param>
internal sealed record CourtesyForm(ImmutableArray<string> Heads, string Tail, bool IsOpen = false, bool IsClosing = false);

/// <summary>The forms of courtesy. Contractions are written out.</summary>
internal static class CourtesyForms
{
    // Whatever somebody may need further, without saying that anything is so.
    private const string Needing =
        """
        if when whenever in case should whether you your have has had having need run into get got stuck hit any other further more else anything something question questions
        help problem problems trouble issue issues is are was it this that these those there still do does did not work works unclear clear on with about along the way at
        point step steps part assistance i we can could assist how goes went and or to for me us of them a anytime time would like want detail details happens sure come comes up
        feel free running what works out here again by
        """;

    private const string Bothered =
        """
        to hear read about for that this is it has have been had you your are were the with of and any having running into going through caused cause happened wait all a an so
        really very trouble troubles inconvenience confusion delay delays frustration frustrating annoying annoyance experience difficult difficulty difficulties hassle
        bother problem problems issue issues stress stressful worry worrying worried upset upsetting stuck blocked way these us here such how can must be feel feels does not do did
        work works working team loss getting happening still ask asked repeat again times twice wasted time still there see go leave leaving
        """;

    private const string Felt =
        """
        frustrating frustration annoying stressful worrying upsetting confusing disappointing unpleasant inconvenient important urgent tricky difficult hard a pain painful nuisance
        hassle unsettling scary alarming disruptive tiresome tedious awkward unfortunate exciting wonderful great nice lovely no fun not how that this it must can be is are you your
        so really very the why concern worry situation urgency to feel feels for deal with when happens quickly and especially right before want need been have has would sounds quite lose losing tiring waiting exhausting unnerving troubling bothersome a when you
        """;

    private const string Meta = "says say states describes explains covers puts has notes mentions tells it this that the step steps how as follows so answer more detail details in under you works to do on here is";

    /// <summary>All forms.</summary>
    public static ImmutableArray<CourtesyForm> All { get; } =
    [
        new(["oh no", "ouch|oops|wow|congratulations|great|perfect|lovely|super|nice|welcome|well done?"], "on to that your and hear"),
        new(["hello|hi|hey|dear|greetings|welcome", "good morning|afternoon|evening|day"], "there again everyone and welcome back customer"),
        new(
            ["many? thank|thanks you?"],
            "so very much a lot for your the reaching out contacting us writing in to asking question message patience interest feedback detail details note report getting touch letting me know telling sharing checking flagging waiting this that it here and quick reply again too all kind words you bringing up wanting share helping trying still that is there", IsClosing: true),
        new(
            ["i|we? am|are? always? happy|glad|pleased|delighted|here to help|assist", "i|we can|would|will be? love|happy|glad? to? help|assist"],
            "you with out this that it further here any time again anytime if need more get started and sort of"),
        new(["let me|us know", "tell me|us", "write to? us|me|back|again|here?", "ask me|us? again|away|here?", "reply here|again?", "get in touch", "reach out", "feel free to ask|write|reply", "feel free to reach|let|get out|me|us|in know|touch?", "come back"], Needing + " which what version see", IsOpen: true),
        new(["if you need|have|get|run|are|want|would|hit", "if anything|something is|was|remains|does"], Needing + " i am here happy glad to help just write ask us let me know tell reply"),
        new(
            ["i|we? hope this|that|it|these|the|you|your|everything?"],
            "this that it these the steps you your day answer answers will help helps helped question questions clear clears clarify clarifies things up make makes sense and is useful what were looking for a lot bit are doing well gets going have great good nice get need finds found see there soon enjoy enjoys he she they"),
        new(["i|we? am|are? so|very|really|truly? sorry", "my|our? apologies", "i|we apologize|apologise"], Bothered, IsOpen: true),
        new(["i|we? completely|fully|totally|really|do? can? understand|know|see|appreciate|realize|realise|imagine|get"], Felt, IsOpen: true),
        new(["that|this|it|what must|can|would? sounds|sound|be|is|feels|feel", "how frustrating|annoying|stressful|worrying|unpleasant|confusing|nice|exciting|lovely"], Felt + " question idea one i we understand know spot point"),
        new(["does|did|do that|this|it|these|those|the"], "steps help answer make sense work clear it your question for you solve sort up things do the trick get going what were looking after"),
        new(["is|was? there? anything|something else", "anything else", "what|how else can i|we help|do", "shall we look at anything|something else"], "i we can could you help with do for need like to know would that today assist on"),
        new(["good luck", "best of luck", "have? fun", "have|enjoy a|your|the", "happy", "see you"], "with it that this and your the great nice good lovely there then soon first", IsClosing: true),
        new(["have|enjoy a|the|your"], "great nice good lovely wonderful rest of your day weekend evening morning afternoon week ahead the"),
        new(["best|kind|warm regards|wishes", "regards", "take care", "cheers", "sincerely", "all the best", "enjoy your|the? reading|stay|visit|trip|time|course|show|game|book|film?", "happy building|exporting|planning|selling|shopping|testing|coding|writing|working"], ""),
        new(["that|what? is? a? very|really? good|great|fair|excellent|nice|understandable|kind question|point|idea|one?"], "to hear of you"),
        new(["no|not worries|problem|problems", "no need to panic|worry|apologize|rush|hurry", "do not worry", "that|this|it happens"], "about it that this at all happens to of us everyone the best many people often quickly easily more than you think and we have been there"),
        new(["you are very|most|always? welcome", "you are in|on the right place|track", "almost there", "my pleasure", "with pleasure", "thank|thanks"], "you"),
        new(
            ["here|there is|are|you|it"],
            "how it the a few quick short some what step steps way ways you can do that this works work to two three thing things need know should summary overview answer documentation docs guide says say about our goes go more is"),
        new(["simply? follow|try|do|use the|these|those|this|that|each"], "following next few two three four quick simple short steps step this that it way in order below instead again to get started there first one by at a time and"),
        new(["it|that takes"], "just only one two three a few steps clicks minutes moment"),
        new(["this|that|it works|goes|depends", "this|that|it is|can be? done"], "like this that as follows in a few two three steps quickly easily with just follow here"),
        new(["it|that is|can be? very|quite? quick|easy|simple|straightforward"], "to do and one thing"),
        new(["to do|sort|fix|solve|get|answer|summarize|start|begin so|that|this|it|out|started|your|there"], "question this that it out with"),
        new(["in short|summary|brief", "in that|this|other|either|both case|cases|words", "that said", "either way", "on the other hand", "to be sure|safe|clear|precise", "good news", "as a reminder|rule"], ""),
        new(["as? according|per|based? to|on? the|our? documentation|docs|guide|guides|manual|handbook|documents", "as? according|per|based? to|on? the|our? help center|centre|page|pages|article"], Meta),
        new(["just? one|two|a|another|some|an few|important|quick? more|other|quick|last|small|important? thing|things|note|notes|point|points|tip|tips|question|questions|step|steps|way|ways|option|options"], "to note know keep in mind remember watch about that are is worth knowing for here check before you start can do this it"),
        new(["note|remember", "keep|bear in mind", "be aware"], "that this also though too"),
        new(["tip", "important", "example", "for example|instance", "step|steps", "first|second|third|finally|afterwards|lastly|next|then|also|otherwise|additionally|alternatively", "once|from|after|before|over there|here|that|this|then"], "one two three four"),
        new(["see also", "more steps|details follow", "in|under"], "in under the document guide page documentation"),
        new(["once|when you|that|it|this is|are|have? done|finished|ready|there", "that is it|all|everything", "and that is it", "all set"], "there is to it about"),
        new(["the? more|other detail|details is|are", "for more detail|details", "you can|will? find|read more|details|this|it"], "about on in the our guide documentation docs there here below this"),
    ];
}
