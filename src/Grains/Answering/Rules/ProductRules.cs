namespace FteAgent.Answering.Rules;

/// <summary>Matters of the product that no document mends: lost data, an owner who left, a fix that failed, an outage.</summary>
internal static class ProductRules
{
    private static readonly PhraseSet OwnerGone = new([
        "@owner|person|employee|colleague|who|he|she|they|guy|one ..8 @left ..2 the|our|us|company|organization|team|last|business|firm|without|and|in|ago|yesterday|recently|$",
        "@owner ..4 no longer",
        "no longer ..2 works|with|employed|here|at|available",
        "former|previous|ex|old|departed|prior ..1 employee|owner|admin|colleague|administrator|manager",
        "@owner ..5 passed|died|deceased|quit|resigned|fired|retired|terminated|deactivated|unreachable|departed",
    ]);

    // What we advised and that it failed often stand in two sentences.
    private static readonly PhraseSet TriedOurs = new([
        "tried|did|followed|done|applied|attempted ..4 you|your ..2 sent|suggested|gave|mentioned|recommended|told|said|advised|steps|suggestion|suggestions|advice|instructions|fix|workaround|solution",
    ]);

    private static readonly PhraseSet DidNotHelp = new([
        "same|identical ..1 error|problem|issue|result|thing",
        "still ..4 not|broken|fails|failing|happening|stuck|dead|down",
        "no luck|change|effect|difference|success|improvement",
        "not|nothing|never ..2 work|worked|help|helped|changed|change|fixed|solved",
    ]);

    private static readonly PhraseSet WantsControl = new([
        "transfer|change|move|switch|reassign|take|assign|claim|get|gain|regain|update|make|become|hand|need|have|recover ..8 @owner|ownership|access|billing|control|admin",
        "ownership ..2 transfer|transferred|change|handover",
        "no one ..8 access|billing|log|admin|control|manage|payment",
        "nobody|none|cannot|can|locked|not|without|lost|only ..8 access|billing|log|admin|control|manage|owner|payment",
    ]);

    // Whoever left is to be kept out: that is a setting.
    private static readonly PhraseSet ShutsOut = new([
        "take|remove|revoke|withdraw|end|block|stop|cut ..1 away|off? ..2 access",
        "take|remove|revoke|withdraw|end|block|stop|cut ..2 access ..1 away|off|$",
    ]);

    /// <summary>Data was there and is not any more.</summary>
    public static Rule DataLoss { get; } = new("A5.data-loss", RuleFamily.DataLoss, EscalationReason.DataLoss, Urgency.High)
    {
        When = new([
            "lost|lose|losing|loses|destroyed|corrupted|ate|swallowed ..1 all|every|everything|most|half|hours|days|weeks|months|years|much|several|some|our|my|the|important|critical|entire|whole|valuable|# ..4 @data|hours|days|weeks",
            "lost everything|data|important|critical|work|customer|client",
            "lost|lose|losing|loses|destroyed ..1 all|every|most|half|our|my|# ..3 attachments|images|photos|pictures|conversations|comments|subtasks|chats",
            "everything ..6 is|was|has|just|been ..2 gone|lost|wiped|vanished|disappeared|erased",
            "@data ..4 not there ..1 any",
            "@data ..3 no longer there|here",
            "@data ..4 is|are|was|were nowhere to be found|seen",
            "@data ..1 show|shows|appear|appears|look|looks|marked|come|came|open|opens ..2 as? corrupted|corrupt|missing|gone|lost|damaged|scrambled",
            "@data ..3 is|are|was|were|been|be|have|has|had|got|gets|went|to|get|just|suddenly|all|completely|simply ..3 @gone",
            "@data ..2 vanished|disappeared|evaporated|wiped|corrupted",
            "every|all|each ..1 @data|task|card|project|file|note|record|board ..6 is|are|was|were|has|have ..1 @gone",
            "everything|all lost|gone|deleted|wiped|erased|vanished",
            "everything|all ..3 is|was|are|were|has|have|just|been ..2 gone|deleted|lost|wiped|empty|vanished|disappeared|erased|missing",
            "data|file|files|database|record|records|document|documents ..1 loss|corruption|corrupted|corrupt|lost|gone|vanished|disappeared",
            "corrupted|corrupt|damaged ..2 data|file|files|database|records|documents",
            "missing|vanished|disappeared ..2 from ..4 account|workspace|dashboard|board|project|folder|list|system|app",
            "@data ..1 missing|vanishing ..3 after|since|from|following",
            "tasks|cards|files|projects|records|boards|documents|notes|contacts|messages|data missing|disappeared|gone|vanished",
            "missing ..1 tasks|cards|files|projects|records|boards|documents|contacts|data|messages",
            "tasks|cards|files|projects|records|boards|documents|notes|contacts disappearing after|since|overnight|randomly|from|without",
            "board|project|workspace|account|folder|dashboard ..2 is|was|shows|looks|are|appears|came ..2 empty|blank ..4 all|everything|lost|gone|after|was|data|had|overnight",
            "overwritten|overwrote|overwrites ..4 @data|work|hours|days",
            "lost|losing|lose|wiped|erased|deleted|destroyed|removed|overwrote ..5 of work|progress|data|updates|edits|changes",
            "update|upgrade|migration|sync|import|app|bug|bugs|system|tool|you|platform|it|software|crash|server|integration ..3 deleted|wiped|erased|destroyed|lost|corrupted|overwrote ..3 @my|everything|all|data|hours|days|half ..2",
            "update|upgrade|migration|sync|import|app|bug|system|tool|you|platform|it|software|server|integration ..3 removed ..3 my|our|everything|all|data|half ..2",
        ]),
        Unless = new([
            "will|would|do|can|could|might|may|should|if|when|does|to|without|avoid|prevent|risk|afraid|worried|not|never|whether|shall ..2 i|we|it|this|that|you|they|my|our|us|of|about ..3 lose|losing|lost|delete|deleted|erase|erased|wipe|loss|be|disappear|corrupt|overwrite|happen|happens|get",
            "will|would|might|could|if|can ..6 be ..1 lost|deleted|erased|wiped|gone|removed|overwritten",
            "without|prevent|avoid|avoiding|protect|against|no|not|any|afraid|risk ..3 losing|loss|lose|data",
            "not|never|nothing ..3 lost|lose|deleted|missing|gone|corrupted",
            "lost ..1 access|connection|password|phone|login|my|connectivity|signal|focus|count|track|device|key|ability ..1 phone|password|login|authenticator|key|device|connection|mfa|2fa|recovery|access",
            "lost and found",
            "lost|lose|losing my|our|the|their place|spot|position|way in|on|of|when|while|among|between|every|each|with|$",
            // It is the test data that is gone; "all are gone, only the sample is left" stays.
            "^ ..1 @my? test|sandbox|dummy|sample|demo|staging @data is|are|was|were|has|have|went|got? been? all|now|just|suddenly|also? @gone",
            "^ since|after ..2 @my test|sandbox|dummy|sample|demo|staging @data is|are|was|were|has|have|went|got? been? all|now|just|suddenly|also? @gone",
            "lost|losing|wiped|deleted|erased|missing @my? test|sandbox|dummy|sample|demo|staging @data in|from|on|after|since|when|again|$",
            "credit|debit|bank|id|sim|gift|business|physical|wallet|payment|phone|key ..1 card|cards",
            "i|we|accidentally|mistake|colleague|teammate|someone|intern ..3 accidentally|mistakenly|deleted ..6",
            "what|how ..2 happens|long|do ..6 deleted|lost|gone",
            "how ..2 do|can|to ..2 i|we|restore|recover|undo|find ..6 deleted|archived|removed|trash",
            "missing|lost ..1 out",
            "missing ..1 something|feature|features|option|a|the|step|field|parameter|dependency|header|icon|button|column|module|permission|permissions|values|anything",
            "lost|missing ..2 customer|customers|sale|sales|deal|deals|client|clients|trust|faith|patience|money|business|revenue $",
            "every|each|whenever time|when ..8 disappear|disappears",
        ]),
    };

    /// <summary>Only the owner could do it, and the owner has left.</summary>
    public static Rule OwnerLeft { get; } = new("A5.owner-left", RuleFamily.Ownership, EscalationReason.AccountChange, Urgency.Normal)
    {
        Test = input => input.Messages.Any(message => OwnerGone.Matches(message)) && input.Messages.Any(message => WantsControl.Matches(message, ShutsOut)),
    };

    /// <summary>The remedy that we gave was tried and failed.</summary>
    public static Rule FixFailed { get; } = new("A5.fix-failed", RuleFamily.Engineering, EscalationReason.Engineering, Urgency.Normal)
    {
        When = new([
            "tried|did|followed|applied|used|done|attempted|performed|implemented|went|completed ..4 you|support|your|team|agent|they|bot|assistant|earlier|previously|previous|suggested|recommended|last ..4 suggested|mentioned|gave|given|said|sent|provided|told|recommended|advised|described|suggestion|suggestions|advice|instructions|recommendation|recommendations|solution|fix|workaround|answer|article|steps|guidance|reply|response|email ..14 still|not|no|same|but|without|nothing|failed|fails|again|problem|issue|persists",
            "your|the|suggested|recommended|proposed|provided|previous|last|earlier|this|that|agent's|assistant's ..1 fix|solution|suggestion|suggestions|steps|advice|workaround|instructions|answer|recommendation|reply|response ..4 not|never|failed|made ..2 work|worked|help|helped|solve|solved|fix|fixed|resolve|resolved|change|difference|anything|worse|working",
            "what|whatever|everything you ..1 suggested|said|told|recommended|advised|proposed|wrote ..6 not|no|nothing|failed ..2 work|worked|help|helped|difference|change|changed|solve|solved|effect",
            "still not ..2 after|despite|even ..5 your|you|suggested|suggestion|advice|instructions|the fix|steps|support",
            "none|neither of ..4 suggestions|solutions|steps|fixes|suggestion|advice|answers|instructions|workarounds ..2 work|works|worked|help|helped|did|have|solved",
            "you ..1 said|told|claimed|promised|assured|confirmed ..8 fixed|resolved|solved|working|fix ..10 but|still|not|again|is",
            "fix|patch|update|hotfix you|your|that ..5 deployed|released|applied|pushed|promised|sent ..8 not|still|but",
        ]),
        Unless = new(["following|followed|follow the? ..2 docs|documentation|guide|tutorial|quickstart"]),
        Test = input => input.Messages.Any(message => TriedOurs.Matches(message) && DidNotHelp.Matches(message)),
    };

    /// <summary>Down for everyone.</summary>
    public static Rule Outage { get; } = new("H.outage", RuleFamily.Outage, EscalationReason.Engineering, Urgency.Urgent)
    {
        OnlyWhenNamed = true,
        When = new([
            "service|site|website|platform|app|api|system|server|servers|everything|product|tool|dashboard|production|whole|entire ..2 is|are|has|been|have|was|completely|totally|still|appears|seems ..3 down|offline|unavailable|unreachable|inaccessible",
            "down|offline for|since ..3 everyone|all|hours|days|entire|whole|morning",
            "complete|total|full|major|widespread|production|system|ongoing|another outage|outages|downtime|failure",
            "production ..2 down|outage|broken|stopped",
            "completely|totally|entirely|fully down|offline|unavailable|unreachable",
            "entire|whole|complete service|site|website|platform|app|api|system ..1 down|offline|unavailable|unreachable",
            "site|website|platform|app|service|system|page ..2 not ..1 load|loading|open|respond|work|working for ..1 us|any|anyone|everyone|anybody",
            "every|all|each ..4 request|requests|call|calls|page|pages|endpoint|endpoints ..6 500|502|503|504|5xx",
            "no one can ..3 log|access|use|connect|login|work",
            "nobody|none|everyone|all ..5 of? ..3 can|cannot|unable|lost ..3 log|access|use|connect|login|work",
            "nobody|none ..6 can ..1 get|sign in|into|on",
            "entire|whole team|company|organization|office|department|staff ..3 cannot|can|unable|locked|is|blocked ..3 log|access|use|out|login|work|in|not",
            "down again",
            "outage",
        ]),
        Unless = new([
            "drop|scroll|scale|shut|slow|break|log|step|narrow|drill|calm|mark|write|count|cool|pull down",
            "is|are there|status|history|past|notified|notify|notification|alert|page ..5 outage|outages",
            "limited|capped|restricted|throttled|up to 500|502|503|504",
            "make|making|makes|be sure ..1 nobody|none|no",
            "ensure|ensuring ..1 nobody|none|no",
            "work|mode|use|edit|access|sync ..1 offline",
        ]),
    };

    public static IEnumerable<Rule> Rules => [DataLoss, OwnerLeft, FixFailed, Outage];
}
