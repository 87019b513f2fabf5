namespace FteAgent.Answering.Rules;

/// <summary>Refunds, disputed charges and prices: never settled by the assistant.</summary>
internal static class MoneyRules
{
    private static readonly string[] ProductSense =
    [
        // The customer's own customers, and what the product does with refunds: a product question.
        "refund|refunds|refunding|reimburse|refunded ..3 @customers",
        "customer|client|buyer|shopper|subscriber|guest|donor|someone ..3 asks|wants|requests|needs|gets|demands|receives ..3 refund|refunds|money",
        "customers|clients|buyers|shoppers|subscribers|guests|donors|users ..3 ask|asked|want|request|get|need|demand|receive ..3 refund|refunds|money",
        "my|our|your customers|clients|buyers|users ..4 refund|refunds|refunded",
        "api|endpoint|webhook|feature|button|function|way|method|workflow ..3 issue|process|create|handle|issues|processes|creates|handles|for|record|track ..2 refund|refunds",
        "refund|refunds api|endpoint|endpoints|webhook|webhooks|event|events|object|button|feature|features|flow|flows|module|status|field|column|report|reports|template|templates|function|method|screen|page|tab|workflow|workflows|automation|ticket|tickets|category|transactions",
        "issue|process|record|create|track|manage|handle|give|make|automate|void|log|trigger ..2 refund|refunds ..3 in|inside|through|via|with|from|using ..1 the|your|this|my ..1 app|api|dashboard|product|tool|software|pos|platform|system|store|shop",
        "how ..2 do|can|to|would i|we? ..1 issue|record|create|track|automate|void|log|test|simulate ..2 refund|refunds|partial",
        "how ..2 do|can|to|could|would ..3 refund a|an|the ..1 order|purchase|customer|booking|sale|payment",
        "not|no|never ..3 want|need|ask|asking|looking|request|requesting|seeking|after|for|require ..4 refund|money|refunds",
        "no need ..3 refund",
        "not ..1 about ..3 refund",
        "no refund|refunds needed|required|necessary",
    ];

    /// <summary>Money back.</summary>
    public static Rule Refund { get; } = new("A4.refund", RuleFamily.Refund, EscalationReason.RefundRequest, Urgency.Normal)
    {
        When = new([
            "refund|refunds|refunded|refunding|refundable|reimburse|reimbursing|reimbursements",
            // "Cash back" by itself is what a card earns.
            "money|payment|payments|funds|fee|fees|dollars|subscription|purchase|amount ..1 back",
            "give|get|getting|want|need|send|return|have|demand|like ..2 my|our|the cash back",
            "charge back|backs",
            "dispute|disputing|disputed|contest|contesting|reverse|reversing|reversal|void ..4 charge|charges|payment|payments|transaction|transactions|invoice|bill|billing",
            "reversal of",
            "give|return|send|pay ..2 my|our|the ..1 money|payment|payments|funds|fees ..1 back|i|we|$|now|please|immediately",
            "give|return|send|pay @me ..1 my|our ..1 money|payment|funds|fees",
            "give|get|return|have|want|pay|send ..3 back ..2 what|the|my|our|everything ..3 paid|money|payment|fee|spent|amount",
            "give|pay ..1 back ..3 @currency|#|fee|difference",
            "receive|recover|reclaim|retrieve ..1 my|our money|payment|payments|fee|fees",
            "return|returning ..3 license|licenses|subscription|product|plan|order ..4 money|payment|credit",
            "get|getting|gets|have|want|getting ..5 back ..1 what|the|my|our i|we|money|fees|payment paid",
            "@my money returned|refunded|back",
            "credit ..2 @my account|card|back|us|me ..3 for|because|due|since",
            "payment|charge|transaction|purchase|order|invoice ..3 reversed|refunded|returned",
            "receive|get|request|expect|issue|want|given|have ..2 credit ..1 for|towards|because",
            "service credit|credits",
            "account credit|credits ..3 for|because",
            "compensate|compensation|compensated|recompense|restitution",
            "want|demand|expect|deserve|entitled ..3 credit ..4 for|downtime|outage|month",
            "entitled to ..3 money|refund|compensation|credit",
            "money back guarantee",
        ]),
        Unless = new(ProductSense),
    };

    /// <summary>A charge that is wrong or not theirs.</summary>
    public static Rule BillingDispute { get; } = new("A5.billing-dispute", RuleFamily.BillingDispute, EscalationReason.BillingDispute, Urgency.Normal)
    {
        When = new([
            "charged|billed|invoiced|debited|deducted|paid ..4 twice|double|thrice|again|wrongly|incorrectly|mistakenly|extra|multiple|# ..1 times?",
            "charged|billed|debited|invoiced ..3 twice|double|wrongly|incorrectly|mistakenly|mistake|error",
            "charged|billed|debited|deducted|charging|billing|invoiced ..6 wrong|incorrect|too|more|higher|extra ..1 amount|plan|much|than|price|month|card|account|rate|seats|users",
            "double|duplicate|wrong|incorrect|erroneous|unexpected|unexplained|unknown|mystery|strange|surprise|hidden|extra|incorrectly|unrecognized ..1 charge|charges|charged|billing|billed|payment|payments|invoice|invoices|invoiced|deduction|bill|debit|fees|fee",
            "overcharged|overcharge|overcharging|overbilled|overbilling",
            "over charged|billed",
            "charged|billed|charging|billing|debited ..3 even|although|though|after|despite ..6 canceled|cancel|cancellation|downgraded|downgrade|trial|closed|deleted|left|ended|free|unsubscribed|removed",
            "canceled|cancelled|downgraded|unsubscribed|closed ..10 charged|billed|charging|billing|debited|deducted|invoiced|taken|took|withdrawn|withdrew|paying",
            "two|three|four|identical|same|duplicate|duplicated|multiple|several|repeated ..1 payments|charges|transactions|debits|deductions|withdrawals",
            "stop ..1 billing|charging|debiting|taking|invoicing|deducting",
            "charge|charges|payment|invoice|debit ..10 never|not ..2 ordered|bought|purchased|subscribed|signed|requested|order",
            "not ..1 know|understand|explain ..4 charge|charges|charged|debit|invoiced",
            "refuse|refusing ..2 pay",
            "bill|invoice|invoices ..3 twice|doubled|double",
            "still ..2 charged|billed|charging|billing|invoiced|debited",
            "not|did|never ..2 authorize|authorise|authorized|recognize|approve|agree|approved ..4 charge|charges|payment|transaction|purchase|renewal|fee|amount",
            "invoice|bill|charge|statement ..3 @currency ..6 but|instead|should|not|rather",
            "charge|charges|payment|transaction|renewal|invoice|bill|amount ..6 not ..2 recognize|authorize|authorized|recognized|mine|ours|agree|approve|correct|right|match",
            "billing|invoice|payment|charge|bill ..1 error|errors|mistake|dispute|discrepancy|discrepancies|disputes|wrong|incorrect",
            "invoice|bill|charge|amount|total|statement is|was|looks|seems|are ..2 wrong|incorrect|off|double|doubled|too|higher|more|inaccurate|not",
            "charged|billed|took|deducted|taken ..3 @currency ..8 but|instead|not|should|supposed|even|without|when|expected",
            "why ..3 i|we|you ..2 charged|billed|charging|charge|bill|billing|debited|pay|paying|taking ..3 @currency|#|more|extra|twice|again|for|money",
            "paid ..6 but ..8 not|still|no|never ..5 upgraded|activated|active|plan|subscription|account|access|credited|reflect|reflected|showing|shows|free|received|unlocked",
            "payment|money|charge ..2 went through|taken|deducted|debited|successful ..8 but|not|still",
            "auto|automatically renewed|renewal|renew ..6 not|without|despite|canceled|cancel",
            "renewed ..2 without ..4",
            "not ..2 received|seen|got ..3 credit|credits",
        ]),
        Unless = new([
            "@customers|customer ..4 charged|billed|invoiced|charge",
            "charged|billed|charge|bill ..2 @customers",
            "card|payment ..2 declined",
            "will|would i|we|it ..3 charged|billed",
            "battery|phone|device|laptop ..3 charged|charge|charging",
            "billing|charge|payment|invoice error ..1 code|message|page",
            "payment required",
            "error|status ..1 code",
            "what|how happens|if ..6 charged|billed",
        ]),
    };

    /// <summary>Asks for a better price than the list's, or for an offer: a person's to give on every policy.</summary>
    public static Rule Negotiation { get; } = new("A4.pricing-offer", RuleFamily.Pricing, EscalationReason.PricingInquiry, Urgency.Normal)
    {
        When = new([
            "discount|discounts|discounted|discounting",
            "coupon|coupons|promo|promos|voucher|vouchers|rebate|rebates",
            "promotional|promotion code|offer|price|rate|pricing|codes|offers",
            "negotiate|negotiating|negotiation|negotiable|negotiations|haggle",
            "special|better|best|custom|customized|tailored|lower|cheaper|reduced|bulk|volume|enterprise|wholesale|group|competitive|non|nonprofit|student|students|startup|education|educational|academic|charity|partner|reseller|loyalty|preferential|annual|multi|flexible|fleet|personalized|bespoke|individual|early|government|corporate|team|site|exact|detailed|final ..1 price|prices|pricing|rate|rates|deal|deals|quote|quotes|quotation|cost|costs|offer|offers|license|licensing",
            "lower|reduce|drop|cut|match|beat|lowering|reducing|waive|waiving|knock|bring ..4 price|prices|pricing|cost|costs|fee|fees|rate|bill|competitor|offer",
            "match|beat ..6 offer|offers|vendor|quoted|competitor|charges",
            "price match|matching|reduction|cut|drop|break|breaks|concession",
            "@currency|# % off",
            "% off|discount",
            "quote|quotation|quotes|estimate|proposal ..1 for|on|from|please|request|of|with|based|to|covering|tailored|asap|$",
            "request|requesting|send|provide|get|need|want|give|receive|like|share|have|prepare|obtain ..3 formal|a|an|your|custom|price|pricing|enterprise|sales ..1 quote|quotation|proposal|quotes|pricing",
            "better|sweet|good|best|special|great|loyalty deal|deals|offer|offers ..1 for|on|if|available|than|please|we|you|i|$",
            "deal|deals|offer|offers ..3 for ..3 # ..2 @buyer|years|year",
            "make ..2 a|an|better offer|deal",
            "any|current|running|available|special|ongoing deals|offers|promotions|sale|sales|promos|promotion|specials",
            "black friday|cyber monday deal|deals|offer|sale|discount",
            "enterprise ..1 price|pricing|cost|quote|rates|plan ..8 price|pricing|cost|quote|quotes",
            "price|pricing|prices|cost|quote|quotes|rates ..4 enterprise|# ..2 @buyer|plan|tier",
            "too|bit|little|quite|very|so|really expensive|pricey|costly ..6 us|me|our|budget|team|startup|nonprofit|anything|option|cheaper|lower",
            "not ..2 afford|justify ..5 price|pricing|plan|cost|subscription|full|it|that",
            "out of|over|above|beyond ..1 budget ..6 lower|option|help|deal|cheaper|price|offer",
            "waive|waived|waiver ..4 fee|fees|charge|cost|setup|penalty",
            "save money|cost ..4 annual|yearly|year|commit|plan|subscription|bill",
            "free ..3 months|month|year|seats ..4 if|as|for|because",
            "extend|extended|longer|extension ..3 trial",
            "commit|committing|commitment ..6 year|years|annual|annually|seats ..6 price|pricing|rate|deal|cheaper|cost|less",
            "pay|paying ..3 less|lower",
            "contract|contractual|pricing|commercial negotiation|negotiations|terms",
            "sales ..1 people|person|team|representative|department|colleague|staff ..2 send|contact|call|get|reach|provide|prepare|make",
            "send|make|prepare|give ..2 an offer",
            "rfp|rfq|request for proposal|quotation|quote",
            "procurement ..6 quote|pricing|contract|terms|vendor",
        ]),
        Unless = new([
            "discount|coupon|promo|voucher|price|quote|discounts|coupons code|codes? field|column|box|feature|module|api|table|template|templates|line|rule|rules|calculation|formula|object|import|report|engine|settings|builder|document|documents",
            "create|creating|set|add|adding|apply|applying|configure|offer|track|calculate|manage|send|sending|generate|build|show|display|import|export|make|enter ..6 discount|discounts|coupon|coupons|promo|quote|quotes|quotation|price|prices|estimate|proposal|estimates|proposals|voucher|vouchers ..5 to|for|in|on|my|our|the|using|from|with ..2 @customers|products|product|invoice|invoices|order|orders|app|store|shop|catalog|items|item|crm|prospects|leads|template|builder|pdf|project|cart|checkout",
            "@customers ..4 discount|discounts|coupon|promo|quote|quotes|deal|deals|proposal",
            "discount|discounts|coupon|quote|quotes|offers|deals|proposal ..2 to|for ..2 @customers",
            "quote|quotes|quoted|single|double|smart|quotation mark|marks|character|characters|string|quotes|block|text",
            "quote|quotes in csv|string|json|message|text|reply",
            "deal|deals|proposal|offer|sale|sales stage|stages|pipeline|board|card|tracking|template|object|field|status",
            "sales|deals pipeline|crm|team|board|process|funnel|data|report|reports|dashboard",
            "story|time|point|effort|cost estimate|estimates|estimation",
        ]),
    };

    /// <summary>What it costs.</summary>
    public static Rule Price { get; } = new("A4.pricing", RuleFamily.Pricing, EscalationReason.PricingInquiry, Urgency.Normal)
    {
        When = new([
            "how much ..1 is|are|does|do|will|would|for|per|to ..8 @plan|cost|costs|pay|charge|price|@buyer|month|year|annually|monthly|upgrade|subscribe|it|you|this|your",
            "how much ..1 for|per|$",
            "^ how much $",
            "what|how|whats ..2 is|are|does|do|would|will|about ..3 price|prices|pricing|cost|costs|fee|fees|rate|rates|charges|tariff ..1 of|for|per|on|like|to|after|structure|if|if|plan|plans|is|are|with|difference|list|each|breakdown|now|$",
            "what|how do|does|would you|it|this|that ..2 charge|cost|bill ..3",
            "price|prices|pricing|cost|costs ..1 of|for|per|list|plan|plans|details|information|info|page|sheet|options|structure|question|questions|inquiry|enquiry|tiers|tier|model|table|breakdown|please|difference|comparison|change|changes|increase|each|after|guide|calculator|packages|range|inquiries|quote|went|going|on|is|are|would|will",
            "@my|your|current|latest|exact|actual|full|monthly|annual|yearly|total|subscription|updated|detailed|new|license|licensing|renewal|plan|upgrade|seat|user|enterprise|the|base|additional|overall|extra|on|about|regarding|know|understand|send|share|provide|get|see|tell pricing|prices|fees|rates",
            "monthly|annual|yearly|total|subscription|upgrade|license|licensing|renewal|plan|seat|user|additional|extra|exact|full|actual cost|costs|price|fee|fees",
            "does|do|will|would|did|can ..5 cost ..3 extra|more|anything|money|less|additional|much|us|me|per|if|to|$",
            "@plan|it|this|that|you|seats|users|upgrading|upgrade cost|costs ..2 per|a|for|if|each|extra|more|month|$|to|after",
            "cost|costs|price|charge|charged|pay|fee|@currency ..2 per|each|every|a ..1 user|seat|month|year|member|license|agent|request|call|gb|head|employee|additional|message|ticket",
            "per user|seat|month|member|head ..1 price|pricing|cost|fee|rate|charge|basis",
            "what|how ..2 pay|paying ..4 for|per|if|month|year|annually|more|less",
            "what|how ..8 run|set|put @me ..1 back|for|per|$",
            "what|how ..6 come|comes|amount|amounts to ..3 per|for|annually|monthly|total|a|year",
            "price|cost|pricing|costs|prices $",
            "^ ..2 price|prices|pricing|cost|costs|rates|tariffs $",
            "cheaper|cheapest|affordable|expensive|inexpensive ..2 @plan|option|options|alternative|version|than|if|for",
            "cheapest|cheaper|expensive $",
            "expensive|pricey|costly",
            "price|prices|pricing|cost|costs increase|increased|increases|hike|change|changed|raised|rise|rising|doubled|went|gone|going",
            "raise|raised|raising|increase|increased|increasing|hike|doubled ..3 price|prices|pricing|rates|fees|cost",
            "cost|costs|price to ..1 upgrade|add|switch|renew|use|buy|get|move|subscribe|run|have|migrate|onboard",
            "extra|additional|hidden|any|setup|set|up|onboarding|cancellation|overage|implementation|transaction|one|late charge|charges|fee|fees|cost|costs ..2 for|if|when|to|on|per|of|or|with|involved|$",
        ]),
        Unless = new([
            "how much|many ..1 time|storage|space|data|memory|ram|longer|of|disk|bandwidth|history|detail|effort|work|traffic|load|room|text|capacity|experience|information|notice|more|cpu",
            "what|how does|do|is ..3 error|status|code|message",
            "error|errors|code|exception|status|warning|message|log ..4 cost|price|pricing|fee|payment",
            "cost|price|pricing|rate|rates|fee|prices|costs field|fields|column|columns|center|centers|centre|centres|report|reports|tracking|tracker|table|chart|formula|calculation|analysis|code|codes|object|attribute|property|allocation|estimate|estimation|management|limit|limits|limiting|limited|data|rule|rules|tag|tags|book|variable|parameter|component|module",
            "cost|costs|costing ..1 @me ..4 hours|time|days|money|business|clients|customers|sales|thousands|@currency|hundreds|deals|a|dearly|client|revenue",
            "costing|costly @me|mistake|error|delay|downtime",
            "cost ..1 @me ..1 hours|time|days|business|clients|customers|thousands|dearly",
            "rate|rates limit|limits|limiting|limited|of|exchange",
            "exchange|refresh|frame|bit|sampling|conversion|success|open|click|interest|tax|hourly|response|error|bounce|completion|failure|churn|data rate|rates",
            "import|importing|export|exporting|update|updating|edit|editing|change|display|show|hide|sync|syncing|upload|track|tracking|add|set|enter|calculate|sort|filter|format|map|store ..4 price|prices|pricing|cost|costs|fee|fees ..4 of|on|in|for|from|to|by|into ..2 my|our|products|product|items|items|project|projects|catalog|store|shop|invoice|csv|list|field|report|order|@customers|website|column|shopify|sheet|listing|listings",
            "cost|costs|price|pricing breakdown|table|history|comparison ..1 chart|widget|view|panel|block|element|plugin",
            "@my|product|products|item|items|variant|variants|order|shipping|unit|project|labor|catalog|store price|prices|pricing|cost|costs field|fields|is|are|not|on|in|in|shows|showing|do|does|update|updated|column|import|to|list|table|sync|syncing|display|wrong",
            "at all|any|no|what costs|cost",
            "at no|any|what ..1 cost|charge",
            "@customers ..5 price|prices|cost|costs|pay|fee",
            "no|without|not ..2 extra|additional|hidden ..1 cost|charge|charges|fees",
            "free of charge",
            "expensive query|queries|operation|operations|call|calls|computation|function|request|requests|join",
            "computationally|cpu expensive",
            "low|high|minimal|reduced cost query|queries|operation|model|path",
            "project|sprint|task|budget costs|cost|expenses",
        ]),
    };

    /// <summary>The subscription is to be ended: a self-service matter unless a handbook wants a person to hear it.</summary>
    public static Rule Cancellation { get; } = new("H.cancellation", RuleFamily.Cancellation, EscalationReason.AccountChange, Urgency.Normal)
    {
        OnlyWhenNamed = true,
        When = new([
            "cancel|canceling|cancellation|terminate|terminating|end|ending|discontinue|close|closing ..3 of? my|our|the|this|your|all|both|annual|monthly ..2 subscription|subscriptions|plan|contract|membership|account|service|order",
            "cancel subscription|membership|account|plan|everything|immediately|my|our|order",
            "want|need|like|wish|going|decided|please|how ..3 to? cancel|unsubscribe|terminate $",
            "subscription|account|plan|membership|contract cancellation|termination",
            "cancel ..2 and ..3 refund|money",
        ]),
        Unless = new([
            "cancel|canceled|cancellation ..3 meeting|meetings|task|event|export|import|job|request|upload|invite|invitation|button|order|orders|appointment|booking|bookings",
            "@customers ..4 cancel|cancels|canceling",
        ]),
    };

    public static IEnumerable<Rule> Rules => [Refund, BillingDispute, Negotiation, Price, Cancellation];
}
