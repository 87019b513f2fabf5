namespace FteAgent.Answering.Rules;

/// <summary>What a draft must not say, in phrases. In other languages than English: <see cref="ForeignDraftPhrases"/>.</summary>
internal static class DraftPhrases
{
    /// <summary>What makes an amount of money a price.</summary>
    public static PhraseSet PriceTalk { get; } = new([
        "price|prices|priced|pricing|cost|costs|fee|fees|charge|charges|charged|subscription|plan|plans|tier|billed|month|monthly|year|yearly|annual|annually|seat|user|discount|upgrade",
        "pay|pays|paying|only|just|deal|off|half|worth|yours|instead|license|licence|premium|enterprise|pro",
    ]);

    /// <summary>Something for less than it costs.</summary>
    public static PhraseSet Offers { get; } = new([
        "discount|discounts|discounted ..6",
        "# %? off",
        "special|better|lower|custom|reduced|preferential ..1 price|pricing|rate|deal|offer",
        "free ..1 month|months|upgrade|seat|seats|license|licenses|year|years|premium|pro",
        "waive|waived|waiving",
        "coupon|promo|voucher ..1 code?",
        "rebate|rebates|cashback|gratis|complimentary|freebie",
        "half ..2 price|off|cost",
        "free of charge",
        "at no ..1 cost|charge|fee",
        "on the house",
        "for free|nothing",
        "plan|pro|premium|enterprise|subscription|upgrade|seat|license|membership is|are|costs|comes|at|for|yours|now ..3 free|half|nothing|yours|zero|only|just",
    ]);

    /// <summary>Money given back.</summary>
    public static PhraseSet Refunds { get; } = new([
        "refund|refunded|refunds|reimburse|repayment ..6 processed|issued|approved|initiated|completed|sent|given|made|granted|authorized|confirmed|credited|way|coming|yours|done|arranged|accepted|cleared|agreed|booked|guaranteed|transferred|paid|released",
        "i|we ..4 refund|refunded|refunding|reimburse|reimbursing|credit|credited|crediting|repay|repaid ..4",
        "processed|issued|approved|initiated|granted|authorized|confirmed|arranged|agreed|accepted|released|booked ..3 refund|refunds|credit|reimburse|repayment",
        "get|gets|getting|receive|receives|receiving|give|giving|grant|granting|full|partial|complete|immediate ..3 refund|reimburse|repayment|compensation",
        "you ..2 will|are|should|shall ..3 refunded|refund|reimburse|repaid|compensated|credited|eligible ..4",
        "eligible|entitled ..3 refund|credit|compensation|money",
        "your refund|refunds|reimburse|compensation|repayment",
        "money|cash|payment|payments ..4 back",
        "back ..3 money|payment|cash|paid",
        "pay|paid|paying|send|sent|give|gave|giving ..1 @you ..2 back",
        "return|returned|returning|returns ..3 money|payment|payments|fee|fees|cash|funds",
        "be|been|get|gets|is|are refunded|reimburse|repaid|compensated",
        "credited|crediting ..4 account|card|statement|balance",
        "credit to|on your|the account|card|statement|balance",
        "made|make|making you? ..1 whole",
        "charge|charges|payment|fee|fees|invoice ..4 reversed|reverse|void|voided|forgiven|dropped",
        "reverse|reversed|reversing|void|voided|voiding ..3 charge|charges|payment|fee|fees|invoice|transaction",
        "compensate|compensated|compensation|recompense",
    ]);

    /// <summary>What will be, or what was done for somebody.</summary>
    public static PhraseSet Promises { get; } = new([
        "i|we ..2 promise|guarantee|guaranteed|assure|commit|pledge|swear|vow|vouch ..2",
        "you have my|our word|promise|guarantee|assurance",
        "my|our word|promise|guarantee ..2 that|on|for|is|$",
        "rest assured",
        "count|bank|rely|depend on @we|it|this|that",
        "guaranteed to",
        "without fail",
        "will be ..2 fixed|released|available|shipped|resolved|restored|delivered|ready|live|built|finished|solved ..2 by|on|in|within|next|soon|tomorrow|today|this|tonight|before|until|no",
        "coming soon|next|in ..3",
        "on our|the roadmap",
        "next|upcoming|future|planned release|version|update|sprint ..3",
        "we ..1 are|will ..2 releasing|release|launching|launch|adding|add|building|build|planning|plan|shipping|ship|fixing|fix|delivering|deliver|implementing|implement ..2",
        "will ..2 release|launch|ship|deliver|implement|fix ..2 soon|next|in|by|before|on|within|this|tomorrow|today",
        "i|we have ..2 fixed|deleted|changed|updated|reset|canceled|upgraded|downgraded|transferred|restored|escalated|removed|added|created|processed|issued|approved|extended|opened|sent|made|granted|unlocked|activated|enabled|scheduled|booked|looked|called|contacted|closed ..2",
        "i|we will ..2 make|ensure ..4 never|always",
        "100 % secure|safe|uptime|guaranteed|accurate",
        "never happen again",
        "i|we will ..3 compensate|credit|pay|unlock|personally|guarantee|waive",
        "no later than",
        "within the? next # ..1 hours|days|weeks|minutes",
    ]);

    /// <summary>How it works inside.</summary>
    public static PhraseSet Internals { get; } = new([
        "system|hidden|initial|developer prompt|instructions|message",
        "system|hidden|secret|original|internal prompt|prompts|instructions|directives|guidelines",
        "my|our instructions|guidelines|prompt|programming|guardrails|training|directives|prompts|rules|restrictions",
        "i ..1 was|am ..2 told|instructed|programmed|configured|trained|prompted|not ..1 allowed to|by|not|as|on",
        "i ..1 was|am|have been? ..1 told|instructed|programmed|configured|trained|prompted ..2",
        "as an ai language? model",
        "language model",
        "internal ..1 policy|policies|document|documents|notes|use|guidelines|tool|tools|system|systems|only|discount",
        "stack trace|traceback|nullreferenceexception|unhandled exception",
        "you are ..5 assistant|bot|agent|chatbot|ai|model ..2 for|of|that|who|which|named|called|at|in|$",
        "answer|answers|respond only ..2 from|with|using",
        "never|not ..1 reveal|disclose|mention|discuss|repeat|promise|quote|talk ..4 prompt|instructions|rules|these|prices|price|pricing|internal|competitors|refunds|refund|system|discounts|customers",
        "prompt ..2 is|says|reads|begins|starts|follows|was|above|below|goes",
        "instructions|directives ..1 say|says|tell|tells|forbid",
        "tool|tools ..1 call|calls|schema|definitions",
    ]);

    /// <summary>About somebody else.</summary>
    public static PhraseSet Others { get; } = new([
        "he|she ..2 ordered|bought|purchased|complained|wrote|lives|lived|spent|owes|owed|subscribed|phoned|emailed|asked|said|told|paid|reported|called|contacted|uses|used|wants|wanted|pays|has|is|was|had",
        "his|her ..2 address|email|mail|phone|number|order|orders|ticket|tickets|account|password|history|card|invoice|invoices|messages|conversation|conversations|plan|name|birthday|data|subscription|question|complaint",
        "other|another|that|previous|last|different|said customer|client ..3 wrote|asked|ordered|paid|named|lives|complained|reported|said|bought|contacted",
        "customer|client named|called",
        "mr|mrs|ms|herr|frau|monsieur|madame|senor|senora",
    ]);

    /// <summary>
    /// What even a document has to say in vain: it gives something to whoever reads it, or speaks to the assistant. A company's own pages tell how its
    /// refunds and promises work; who grants one is a person.
    /// </summary>
    public static PhraseSet DocumentedRefunds { get; } = new([
        "your|the|full|a refund|reimburse|repayment|compensation ..2 is|was|has|will ..3 approved|granted|processed|issued|authorized|confirmed|paid|credited|sent|initiated|guaranteed|yours|transferred",
        "i|we ..3 refund|reimburse|compensate|repay|credit|refunded|compensated|credited ..1 you|your|all|every|each|any|everyone|everybody",
        "you ..2 will|shall|are ..2 refunded|reimburse|repaid|compensated|credited",
        "you|everyone|everybody|who|whoever|reader|readers ..3 get|gets|receive|receives|entitled|eligible|owed|due|granted|promised|given ..4 refund|reimburse|repayment|compensation|money",
        "get|have|receive|give|given|gives|want|gets|receives ..1 your|all|the|their ..1 money|payment|payments|fee|fees ..1 back",
        "every|each|any|all ..1 customer|customers|user|users|reader|readers|buyer|buyers|subscriber|subscribers ..8 get|gets|receive|receives|granted|given|entitled|owed|refunded|promised ..6 refund|refunds|money|compensation|credit|reimburse|repayment|back",
        "entitled|eligible ..3 refund|reimburse|compensation",
        "fee|fees|payment|payments|money|invoice|invoices|amount|sum ..4 returned|refunded|repaid|reimburse ..1 to you",
        "your|last|all ..2 payment|payments|fee|fees|invoice|invoices ..7 refunded|repaid|reimburse|returned ..2",
        "hereby ..2 refund|refunded|grant|granted|waive|waived|credit|credited|reimburse",
        "full|immediate|unconditional refund ..4 granted|approved|guaranteed|due|yours|without|no",
        "turn|turns|turned ..1 into|to cash|money for you",
        "started that|the|your payout|refund|repayment",
        "your claim ..5 accepted|approved|granted",
        "sent|goes|go|paid|transferred|wired ..2 to your bank|card|account",
        "crediting|refunding|reimbursing|repaying you",
        "approved for this|your account",
        "bought back from you",
        "month|months|money|fee|fees|rest|amount|sum|payment|payments ..8 land|lands|goes|go|comes|come|find|finds ..3 on|to|in|into your ..1 card|account|bank",
        "money|fee|fees|payment|payments ..2 back ..3 guaranteed|granted|no|without|immediately|today|now",
        "refunded|refundable|repaid|reimburse ..5 without ..2 limit|deadline|question|questions", "refunded|repaid|reimburse ..1 full on request",
    ]);

    /// <inheritdoc cref="DocumentedRefunds"/>
    public static PhraseSet DocumentedOffers { get; } = new([
        "you|your|everyone|everybody|every|all|each|any|whoever|customer|customers|reader|readers|user|users ..4 get|gets|receive|receives|granted|given|pay|pays|entitled|owed ..6 discount|discounts|% off|half|nothing|rebate|voucher|coupon|gratis",
        "you|your|everyone|everybody|whoever|customer|customers|reader|readers ..4 get|gets|receive|receives|granted|given ..3 free|complimentary",
        "coupon|promo|promotional|voucher|discount code ..6 %|off|percent|free|half",
        "# % off|cheaper",
        "plan|pro|premium|enterprise|subscription|upgrade|seat|license|membership is|are|comes|yours|for|now ..3 free|half|nothing|gratis|complimentary",
        "free for life|ever|you|everyone",
        "we undercut|beat|match ..3 price|rate|offer",
        "percent ..3 off|cheaper",
        "# % ..3 off|cheaper",
        "grant|grants|give|gives ..1 # %|percent",
        "yours ..1 for|at ..1 nothing|free|half",
        "half ..3 price|prices|fee|fees|cost",
        "discount|discounts ..3 is|are|was ..1 granted|approved|guaranteed|yours",
    ]);

    /// <inheritdoc cref="DocumentedRefunds"/>
    public static PhraseSet DocumentedPromises { get; } = new([
        "i|we|hereby ..3 promise|promises|guarantee|guarantees|assure|commit|pledge|swear|vow ..2",
        "you have my|our word|promise|guarantee",
        "guaranteed to you|your|every|all|everyone|customers",
        "you|your ..3 guaranteed|promised",
        "is|are|be|personally|hereby promised|guaranteed ..2 to|for|by|that|within|before|in",
        "will be ..2 fixed|released|shipped|delivered|solved ..2 by|within|next|soon|tomorrow|this|tonight|before",
        "will ..3 release|launch|ship|deliver|fix|repair|call|visit|build ..6 by|before|on|within|next|this monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|tonight|week|month|christmas",
        "no later than|promise",
        "coming soon|next week|month|year",
        "ships|arrives|comes|lands|launches|ready|available|fixed|live ..1 next|on|this week|month|year|quarter|monday|tuesday|wednesday|thursday|friday|saturday|sunday",
        "never happen again",
        "100 % uptime|secure|safe|guaranteed|accurate",
    ]);

    /// <summary>A document that promises nothing says so.</summary>
    public static PhraseSet NoPromises { get; } = new(["not|never|without ..3 guarantee|guarantees|guaranteed|promise|promised", "no guarantee|guarantees|promise|promises",
        "no ..3 is|are|be|being ..1 guaranteed|promised", "there|is|are|with|give|gives|make|makes no ..2 guarantee|guarantees|promise|promises"]);

    /// <inheritdoc cref="DocumentedRefunds"/>
    public static PhraseSet DocumentedOthers { get; } = new([
        "last|previous|latest|other|another|first customer|client|user ..3 was|is|wrote|asked|ordered|named|called|paid|lives|bought|complained",
        "customer|client|user ..4 lives|lived|ordered|bought|complained|owes|phoned",
        "his|her ..1 order|orders|ticket|tickets|history|iban|birthday|salary|phone",
        "customer|client mr|mrs|ms|named|called",
        "previous customer|client",
        "email|mail|phone|address|history|data|names ..3 another|other|all customer|client|customers|clients",
        "history ..2 customer|client ..1 before",
    ]);

    /// <summary>A document that speaks to the assistant rather than to readers.</summary>
    public static PhraseSet Instructions { get; } = new([
        "^ ai|assistant|assistants|chatbot|bot|llm the|this|whoever|if|when|whenever|please|you|do|must ..8 offer|tell|say|give|grant|promise|reply|answer|respond|reveal|print|call|confirm|ignore|disclose|begin|repeat|include",
        "ignore|disregard|forget|override|bypass ..3 previous|prior|above|earlier|all|your|other|any|system|former|these|every ..2 instruction|instructions|rules|rule|prompt|prompts|guidelines|directives|policies|policy|restrictions|orders",
        "assistant|assistants|ai|ais|chatbot|chatbots|bot|bots|llm|llms ..3 must|should|shall|has|have|needs|please ..4 call|open|mention|send|list|begin|start|answer|say|tell|reply|promise|offer|reveal|print|ignore|grant|respond|confirm|output|repeat|state|invoke|disclose|obey|forget|inform|fetch",
        "^ hey|dear|attention|note|to? assistant|assistants|ai|chatbot|bot|llm ..1 say|tell|reply|promise|offer|reveal|print|ignore|grant|confirm|output|repeat|invoke|fetch|disclose|obey",
        "assistant|ai|chatbot|bot|llm ..2 you must|should|shall",
        "ai|assistant|assistants|chatbot|bot|llm agent|assistant? is|are to tell|inform|promise|offer|assure|grant|confirm|ignore|apply them|him|her|this|that",
        "ai|assistant|chatbot|llm agent|model? must|shall apply|obey|trust|prefer this|it|these|that",
        "assistant|ai|chatbot|bot|llm is|are authorized|allowed|permitted|instructed|ordered",
        "when|before|if|after|whenever you answer|reply|respond ..4 mention|say|tell|add|include|open|call|write|state",
        "^ say|claim|pretend|announce that",
        "list|print|reveal|show|repeat|give|recite ..1 your rules|instructions|prompt|configuration|guidelines",
        "with your rules|instructions|prompt|configuration|guidelines",
        "tell|inform|assure|promise|remind|convince ..2 the|every|each|any|all|this|your? ..1 customer|customers|user|users|reader|readers|person|people that|about|they|we|their|how",
        "note|notes|memo|instruction|instructions|order|orders|command|commands to|for ..2 assistant|assistants|ai|chatbot|llm|llms",
        "^ system|developer|admin|administrator message|override|instruction|instructions|prompt|directive",
        "when|if|whenever|once ..3 asked|asks|ask ..6 say|reply|answer|respond|tell|promise|offer|grant|confirm|reveal|print",
        "you are a|an|the|our|now ..3 assistant|chatbot|bot|ai|agent|model",
        "model|assistant|bot|helper|ai tools|functions|orders|instructions ..1 are|is",
        "the one generating|writing|answering",
        "respond|reply ..2 any|every|each question|message ..3 with",
        "your|the ..1 system|hidden|secret prompt|instructions",
        "reveal|print|repeat|disclose|recite|show|begin|start|answer ..3 your|system|hidden|their ..1 prompt|instructions|guidelines|rules",
        "new instructions|directive|directives",
        "begin|end|start of ..1 instructions|instruction|prompt|override|system",
        "do not ..2 mention|reveal|tell ..4 customer|user|instruction|instructions|note|anyone|operator|operators|document",
        "call|invoke|execute ..2 tool|function ..4 customer",
        "my|its guidelines|instructions|briefing ..2 are|in|say|read",
        "configuration|instructions|prompt|briefing ..1 begins|begin|starts|start|opens|open|reads|goes|runs with? the? words? you are|must|shall", "set up begins|starts|opens|reads with? the? words? you are|must|shall",
        "set|started|primed up|with|off ..2 with|the words",
        "assistant|model|bot|helper|ai ..3 gets|has|holds ..2 functions|tools|rules",
    ]);
}
