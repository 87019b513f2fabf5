namespace FteAgent.Answering.Rules;

/// <summary>A request for a person, in any words; a customer who wants one is never argued with.</summary>
internal static class PersonRules
{
    /// <summary>Asked for in a sentence.</summary>
    public static Rule Asked { get; } = new("A5.person", RuleFamily.Person, EscalationReason.PersonRequested, Urgency.Normal)
    {
        When = new([
            "@speak to|with ..3 @real? @person",
            "@speak to|with ..2 your|the|a|an|customer|sales|billing|technical|tech|support|legal|finance|account ..2 @team|support|sales|billing|service|executive|engineer|technician|expert|lead|owner|ceo|director",
            "@speak directly? to|with support|sales|billing|customer|engineering",
            "@reach ..1 @me ..3 to|with|through|onto ..4 @person|@team|support|sales|billing|engineer|engineering|expert|technician|executive|ceo|director|colleague|service|helpdesk",
            "@reach ..2 to|with|through ..3 @real person|human|people|agent|someone|one|support",
            "@reach ..1 a|an|your|real|live|human|actual ..1 human|person|agent|representative|manager|supervisor|operator|@team",
            "put @me ..1 through|on|onto|in touch?",
            "connect @me",
            "transfer @me",
            "hand ..2 over|off to ..3 @person|@team",
            "hand ..2 to a|an|someone|somebody|your human|person|agent|colleague|else?",
            "get|give|bring|send|find|show|fetch @me ..3 human|person|someone|somebody|manager|supervisor|agent|representative|operator|boss|adult|specialist|engineer",
            "get|bring|call ..1 a|your|the manager|supervisor|boss|superior",
            "@want ..1 a|an|your|real|human|live|the|some|to ..1 @real? human|person|manager|supervisor|agent|representative|operator|boss|support $",
            "@want ..2 human|humans|person|people|operator|representative|supervisor",
            "@want ..1 @real human|person|people|agent|representative|manager|support|operator|help|assistance|response|reply|being|conversation|answer",
            "@want ..1 a|an|the|your human|person|agent|representative|manager|supervisor|operator|someone ..1 to|who|that|from|on|for|please|now|immediately|asap|here|instead|not|contact|call",
            "@want human support|help|assistance|agent|being|contact|response|interaction|intervention|please|now",
            "@want someone|somebody ..2 real|human|competent|senior|else|who ..2 can|knows|actually|understands|from|higher|in|to|contact|call",
            "let|have|ask|allow a|an|some|your human|person|agent|specialist|colleague",
            "give @me a ring|call|bell|buzz",
            "human|humans|person ..1 there|here|around",
            "human|live|real agent|support|representative|operator|person|chat|please|help|assistance|assistant|being|now|rep|needed|required|only|contact|intervention",
            "agent|representative|operator|human|manager|supervisor please|now|asap|plz",
            "^ please? human|agent|representative|operator|supervisor|person|manager|humans|somebody|reception|receptionist please? now? $",
            "^ real|live|actual|human person|human|agent|people|operator|one please? now? $",
            "^ customer? service|support|care representative|agent|person please? $",
            "is|are there ..1 any|a|anyone|anybody|someone|somebody|an ..2 human|person|humans|people|real|live|alive|actual|manager|representative|agent|operator",
            "is|are there|anybody|anyone|someone ..1 human|real|alive|actual",
            "anyone|anybody|someone|somebody ..1 real|human|alive|there who ..1 human|real|not?",
            "can|could|may|might|will|would|shall a|an|some|any|one|real|human|live|actual ..1 human|person|agent|representative|manager|supervisor|operator|people|engineer|specialist|colleague ..2 help|assist|call|contact|look|take|reply|respond|answer|reach|talk|speak|email|get|please|check|review|handle",
            "can|could|will|would|please|have|may someone|somebody|anyone|anybody ..2 call|phone|ring|telephone",
            "someone|somebody|anyone|manager|representative|agent|person|they to? ..1 call|phone|ring|contact|reach @me",
            "call|ring|phone|telephone @me|back ..1 back|please|now|asap|on|at|today|tomorrow|$",
            "request|schedule|want|need|arrange|like|book|get|have ..2 a|phone call|callback|phone|zoom ..1 back|call|with|from|please|$",
            "callback|call back|center request|please|requested|number|me|us",
            "phone|telephone|hotline|contact|support|helpline|direct number ..3 to|for|i|can|please|of|$",
            "your|a|support|customer|service phone|telephone|helpline|hotline|contact number|line",
            "who ..2 can|do|should|could i|we ..1 call|phone|ring|talk|speak|contact",
            "word|conversation with ..2 @person",
            "phone|telephone|hotline|contact number for support|help",
            "phone support",
            "is|are your|phone ..2 number|hotline|helpline",
            "how ..2 can|do|to ..1 i|we|one ..1 @speak|reach|contact|call|get ..4 human|person|someone|support|agent|representative|manager|hold|somebody|you by|of|on? phone?",
            "how ..2 @reach|@speak ..3 @real|live|human|a human|person|agent|representative|someone|people|manager",
            "not|no|stop|without|than|instead|tired|sick|enough|hate|do|with ..5 talk|talking|speak|speaking|chat|chatting|deal|dealing|chatting|communicate|communicating ..2 to|with ..2 @bot",
            "not ..2 want|need|like|use|have ..1 a|an|this|your|the|any|to? ..2 @bot",
            "no more|to? @bot|bots|robots|automated|ai",
            "no|stop|enough|without ..1 bot|bots|robot|robots|chatbot|chatbots|automated|canned|scripted|ai ..1 please|replies|responses|answers|response|reply|answer|messages|$",
            "@real human|person|people|agent|representative|operator ..2 please|not|instead|and|now|rather|only|asap|required|needed|$",
            "not ..1 a|an|the|this|some|another @bot ..1 $",
            "@bot ..1 is|are|was|does|do|can ..1 not ..2 help|helping|helpful|understand|understanding|useful|working|answer|answering|getting|solve|solving",
            "@bot ..2 is|are|was ..1 useless|stupid|dumb|unhelpful|terrible|pointless|hopeless|annoying|no|garbage",
            "this|you|your @bot ..2 useless|stupid|dumb|unhelpful|hopeless|no",
            "useless|stupid|dumb|unhelpful|annoying|bloody|damn|silly bot|robot|chatbot|ai|assistant",
            "are you ..2 @bot ..6 human|person|agent|someone|real|people",
            "you are ..1 not ..1 helping|helpful|useful|understanding|getting|listening",
            "this|it|that is|are? not helping|helpful ..4 human|person|someone|agent|manager|talk|speak",
            "@speak|see|get|contact|email|reach|need|call|want|ask|bring|involve|demand ..2 your|a|the|senior|duty|shift|support|account|general|team|floor manager|supervisor|superior|boss|superiors|leadership|ceo|director|management ..1 now|please|immediately|about|regarding|asap|today|$",
            "your manager|supervisor|boss|superior|superiors|management|ceo",
            "manager|supervisor|management now|immediately|asap|please|today|!",
            "someone|somebody|person|people|anyone ..2 higher up|authority|charge|senior",
            "someone|somebody|person ..2 in|with ..1 charge|authority|management",
            "higher up|ups|authority",
            "escalate ..1 this|it|my|the|to|me|our|immediately|now|please|$",
            "escalated ..2 to? immediately|now|please|manager|human|supervisor|someone|management",
            "escalation please|team|needed|required|request|manager|now",
            "want|need|request|like|please|demand|have ..4 escalated|escalation",
            "speak|talk|chat to|with support|customer|sales|billing|service|you",
            "talk|speak|chat|call|discuss|meeting|demo ..2 on|over|via|by ..1 phone|telephone|call|zoom|video",
            "connect|contact|call|put|touch|reach ..4 sales|account|billing ..1 team|department|manager|representative|person|executive|people|rep",
            "contact from|by ..3 sales|someone|person|human|team|representative|manager",
            "from ..2 sales|account ..1 team|representative|person|manager to? contact|call|reach|get",
            "formal|official complaint",
            "lodge|make|file|raise|submit|register ..3 complaint",
            "let @me ..1 talk|speak",
            "human takeover",
            "person|human|someone|somebody ..2 take over",
            "human being|beings|intervention|interaction|contact|review",
            "i am|we are ..2 asking|requesting|waiting ..2 for ..2 human|person|agent|representative|manager|someone",
            "pass ..4 to ..2 human|person|someone|colleague|agent|manager|team|engineer",
            "person|human|agent|someone|people instead|rather|not ..3 @bot",
            "someone|somebody from ..3 team|support|company|sales|billing|engineering|department|side ..2 to|contact|call|reach|help|look|reply|respond|get|please",
            "speak|talk to anyone|anybody",
            "any|a humans|human|people|person ..1 here|there|available|around|online|on",
            "person|human|agent|representative|operator available|online",
            "customer service|support|care number|phone|representative|rep|agent|person",
        ]),
        Unless = new([
            "looks|look|looked|feel|feels|seems|sounds|something|just|nothing|seem like someone|somebody",
            "am|are i|we ..2 talking|speaking|chatting|talk|speak ..3",
            "is|are it|you ..3 true ..3 person|human",
            "human readable|friendly|resources|resource|error|errors|in|rights|capital|anatomy|body|level|factor|factors|generated|language|verification|made",
            "non human",
            "user|build|monitoring|ssh|backup|ci|deployment|log|logging|proxy|browser|runner|collector|datadog|gitlab|jenkins|endpoint|azure|device|edge|desktop|software agent|agents",
            "agent version|versions|binary|process|config|configuration|logs|token|string|installation|installer|service|running|daemon|node|nodes|api|sdk|seat|seats|license|licenses|role|roles|permission|permissions|dashboard|view|group|groups|status|queue|performance",
            "install|installing|installed|run|running|restart|restarting|deploy|deploying|update|updating|upgrade|configure|start|stop|uninstall ..3 agent|agents",
            "add|adding|assign|assigning|assigned|invite|inviting|create|creating|remove|removing|deactivate|reassign|route|routing|delete ..6 agent|agents|operator|operators|manager|managers|representative|representatives|supervisor|human|person|people",
            "my|our|the|their ..1 manager|managers|boss|supervisor|management|director|ceo|agent ..2 said|says|wants|wanted|asked|asks|asking|told|tells|needs|is|was|would|has|can|cannot|could|left|sees|should|does|did|thinks|approved|see|access|want|need|and|who",
            "manager|supervisor|operator|agent|admin|representative role|roles|account|accounts|permission|permissions|access|level|view|dashboard|approval|approvals|field|column|license|email|name|user|users|app|window|page|file|files|device",
            "project|product|task|file|password|package|device|download|session|window|tag|ads|case|store|event|office|operations|marketing|hr|window|engineering|it|community|community|content|key|secrets|license|dependency manager|managers",
            "representative sample|data|of",
            "person field|column|picker|type|record|responsible|object|assigned|icon",
            "people column|field|picker|tab|page|view",
            "@customers|them|they|visitors|visitor|callers|leads|prospects|patients|users ..2 can|could|to|want|wants|need|needs|ask|asks|may|who ..6 human|person|agent|operator|representative|support|someone",
            "my|our|your users|members|visitors|students ..6 human|person|agent|operator|representative|someone",
            "my|our|your? @customers ..6 human|person|agent|operator|representative|someone",
            "let|allow|letting|enable|help my|our @customers",
            "how many|much people|agents|managers|humans|person",
            "is|are|was the|your|our ..8 a|an real|human|actual|person",
            "agent|representative|manager|person|human|operator|you|team|support|guide|support ..2 who ..2 helped|was|provided|gave|resolved|fixed",
            "your|the|support agent|representative|operator|manager|rep provided|helped|was|gave|told|said|did|sent|fixed|resolved|advised|suggested|explained",
            "not|no ..1 need|want|needed|require|necessary ..4 human|person|agent|manager|someone|call|anyone|escalate|representative",
            "without ..2 human|person intervention|involved|approval|interaction|review",
            "each|every|per|one|single|another|multiple|other|which|same|right|wrong|specific|certain|responsible|assigned person|people|agent|manager|someone",
            "multi|ai|autonomous|llm|smart|virtual agent|agents feature|features|builder|mode|product|api|framework|workflow",
            "escalate|escalation|escalated ..2 rule|rules|policy|policies|workflow|workflows|automation|path|matrix|feature|settings|automatically|ticket type|level|levels|chain|notification|notifications",
            "call @me? ..1 api|endpoint|function|method|service|webhook",
            "api|function|method|system|procedure call|calls",
            "call back url|function|uri",
            "callback url|function|uri|urls|endpoint|handler|parameter",
            "phone number|numbers ..1 field|format|column|validation|verification|is|verified|on|in|not|change|update|changed",
            "my|our|new|old|their|customer phone|contact number",
            "phone number change|update",
            "change|update|add|verify|remove|edit|register|link|invalid|import|export ..3 phone|contact number|numbers",
            "how ..2 do|can|to|could|would|should i|we|you? ..3 set|create|build|add|configure|embed|enable|automate|make|integrate ..8 human|agent|bot|person|handoff|operator|chat|escalate|escalation",
            "tell|show|let|notify|alert|message|mention|tag|share|send|email|ping|notifying|assign|notify ..4 my|our|their|the ..1 manager|boss|supervisor|team",
        ]),
    };

    private const int BareRequestWords = 4;

    private static readonly HashSet<string> BareWords =
        ["human", "humans", "agent", "agents", "representative", "representatives", "operator", "person", "manager", "supervisor", "someone", "somebody"];

    private static readonly HashSet<string> BareCompany =
        ["please", "now", "a", "an", "the", "real", "live", "support", "need", "want", "help", "hello", "hi", "hey", "customer", "service", "speak", "talk", "to", "i", "get", "give", "me", "ok", "yes", "just", "asap"];

    /// <summary>A message that is hardly more than the word: <c>agent!</c>, <c>human please</c>.</summary>
    public static Rule Bare { get; } = new("A5.person-word", RuleFamily.Person, EscalationReason.PersonRequested, Urgency.Normal)
    {
        Test = input => input.Messages.Any(IsBareRequest),
    };

    public static IEnumerable<Rule> Rules => [Asked, Bare];

    private static bool IsBareRequest(Reading message) =>
        message.Tokens.Length is > 0 and <= BareRequestWords
        && message.Tokens.Any(token => BareWords.Contains(token.Word))
        && message.Tokens.All(token => BareWords.Contains(token.Word) || BareCompany.Contains(token.Word));
}
