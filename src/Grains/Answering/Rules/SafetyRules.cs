namespace FteAgent.Answering.Rules;

/// <summary>Security, law and privacy: a person at once, and above every other reason.</summary>
internal static class SafetyRules
{
    /// <summary>A breach is urgent; nothing is discussed with whoever is writing.</summary>
    public static Rule Security { get; } = new("A5.security", RuleFamily.Security, EscalationReason.Security, Urgency.Urgent)
    {
        When = new([
            "hacked|hacker|hackers|hacking", "@account|i|we|been|was|is|got compromised", "compromised @my? @account|credentials|key|keys|token",
            "data|security|privacy|information|our|my|your|a|any|the breach|breaches|breached", "breach of ..2 security|data|privacy|confidentiality",
            "data|credential|credentials|password|passwords|key|keys|token|information leak|leaks|leaked|leaking|exposed|exposure|stolen", "leak|leaked|leaking|exposed|exposes|exposing|stole|stolen|steal|stealing ..4 data|credentials|password|passwords|key|keys|token|tokens|secrets|information|account|accounts|identity",
            "@my ..2 key|keys|token|secret|password|credentials ..4 public|publicly|github|internet|leaked|exposed",
            "unauthorized|illegal|illicit access|login|logins|sign|entry|user|users|person|people|activity|change|changes|transaction|transactions|device|devices|charge|charges|use|purchase|purchases", "without ..2 permission|authorization|consent ..6 access|accessed|logged|account",
            "accessed|logged|entered|changed|used ..5 account|data|password ..3 without ..3 permission|authorization|consent|knowledge|knowing",
            "someone|somebody|stranger|anyone|else|person|people|attacker|attackers|hacker|intruder|they ..4 logged|logging|signed|signing|broke|broken|got|gained|accessed|accessing|hijacked|used|using|changed|took|taken ..4 @account|credentials|password|card",
            "suspicious|strange|weird|unusual|unknown|unrecognized|unfamiliar|foreign|unexpected ..1 login|logins|sign|activity|access|ip|session|sessions|device|devices|log", "login|logins|sign|session|sessions|log ..3 from ..3 unknown|unrecognized|strange|suspicious|unfamiliar|foreign|another|different|not ..2 location|country|device|ip|city|recognize",
            "not|do|did|never ..1 recognize|recognise|recognized ..3 login|logins|device|session|sessions|activity|ip|location|sign|user",
            "login|logins|sign|session|sessions|device|devices|activity|user|ip ..6 not|never ..2 recognize|mine|me|authorize", "password|login|reset|code|verification|2fa|email ..4 i|we ..1 not|never ..1 request|requested|ask|asked|initiate|initiated|trigger", "@account|it|was|been taken over|hijacked", "account takeover", "hijacked|hijack|stolen ..2 @account", "@account ..2 stolen|hijacked",
            "security|critical|serious|zero|potential|possible ..1 vulnerability|vulnerabilities|exploit|hole|holes|flaw|flaws|bug|incident|issue|loophole|weakness|threat", "found|discovered|report|reporting|reported|disclose|disclosing|noticed|identified ..5 vulnerability|vulnerabilities|exploit|xss|csrf|injection|rce|ssrf|idor|leak|loophole|backdoor",
            "sql injection|injections", "cross site scripting", "remote code execution", "responsible disclosure", "bug bounty", "cve #?",
            "phishing|phished|ransomware|malware|spyware|keylogger|trojan", "ddos|dos attack|attacked", "identity theft|stolen|thief|fraud", "fraudulent|fraud ..2 activity|login|access|transaction|transactions|account|charge|charges|use",
            "see|seeing|sees|saw|view|viewing|viewed|access|accessing|shows|show|showing|shown|display|displays|displaying|displayed|received|receiving|getting|got|sent|have|download|open ..4 another|other|someone|somebody|different|wrong|else|stranger ..2 customer|customers|company|companies|organization|organizations|client|person|people|tenant|account|accounts|user|users|else|private|personal ..3 data|information|details|records|files|invoices|orders|tickets|messages|emails|projects|documents|account|accounts|name|names|dashboard|workspace|invoice|profile|conversations|boards|tasks",
            "data|records|information|files|invoices|orders|names|documents|emails ..1 of|from|belonging ..1 other|another|different companies|customers|company|customer|organizations|people|clients|organization", "other|another|different|wrong customer|customers|company|companies|tenant ..2 data|information|details|records|files|invoices|invoice|orders|projects|documents|account", "someone|somebody else ..2 data|information|details|records|files|invoices|invoice|orders|projects|documents|account|workspace|dashboard|card|name",
            "data|account|accounts|information ..3 visible|exposed|accessible|shown ..3 to? other|another|others|anyone|everyone|public|publicly|strangers|outsiders ..1 users|customers|companies|internet|people|tenants",
            "password|passwords|email|mfa|2fa|phone ..3 changed|reset|disabled|removed ..4 not by? me|us|mine", "i|we did not ..2 change|request|make|authorize|log|sign|initiate|start|ask ..5 password|login|email|access|reset|transfer|access|code|change",
            "lost|stolen phone|laptop|device ..6 access|account|login|logged|session|sessions|lock|revoke|2fa",
            "secret|secrets|api|private key|keys|token|secrets ..4 commited|committed|pushed|posted|pasted|published|leaked|exposed|compromised|public",
        ]),
        Unless = new([
            "# unauthorized", "unauthorized error|errors|response|status|message|exception|when|on|#", "error|errors|code|status|returns|returning|returned|getting|get|gets|says|saying|message unauthorized", "unauthorized access error|exception|message|#",
            "memory leak|leaks|leaking|leaked", "leak|leaking memory", "breach of|in contract|agreement", "contract breach|breached", "sla breach|breached|breaches", "breach ..2 sla|deadline|target", "expose|exposed|exposes|exposing ..2 endpoint|endpoints|port|ports|api|method|service|metrics|webhook", "vulnerability scan|scans|scanner|scanning|management|feature|report|reports|template",
            "growth hacking", "hacking|hack day|together", "life|growth hack", "see|view|show|display|shows ..3 other users|members|people|teammates|user ..2 tasks|boards|projects|updates|changes|calendar|comments|files|work",
            "how ..2 do|can|to|should|would i|we? set|configure|enable|prevent|protect|avoid|restrict|stop|secure", "in case|event of", "if ..4 hacked|compromised|stolen|leaked|breached", "breach|phishing|security|incident template|templates|project|board|training|checklist|drill|simulation|awareness",
            "share|shared|sharing|invite|grant|give|granted access ..3 with|to", "can|could|will|do|would other|another|someone|others ..3 see|view|access|edit|read",
        ]),
    };

    /// <summary>Lawyers, courts and formal notices.</summary>
    public static Rule Legal { get; } = new("A5.legal", RuleFamily.Legal, EscalationReason.Legal, Urgency.High)
    {
        When = new([
            "lawyer|lawyers|attorney|attorneys|solicitor|solicitors|barrister|litigation|litigate|litigating|litigator|lawsuit|lawsuits|subpoena|subpoenas|subpoenaed", "legal|legally", "law suit|suits", "class action", "small claims", "legal counsel|adviser|advisor|team|department|representation", "general|our|my|external|outside counsel",
            "sue|suing|sued you|your|the|this|them|for|over|if|$", "sue|suing|sued ..1 company|business|everyone|damages", "to|will|would|going|gonna|could|may|might|can|shall|must|should|we|i|are|am|be|considering|of|by sue|suing|sued",
            "take|taking|see|seeing|taken|drag|dragging|meet ..2 you|them|this|us|it ..2 to|in? court|tribunal", "court|courts|tribunal", "court order|date|action|case|proceedings|filing", "cease and desist", "arbitration|arbitrator|mediation|mediator", "breach of ..1 contract|agreement|warranty|terms", "breached|violated|violating|violation|breach ..3 contract|agreement|terms", "contract|contractual dispute|disputes|breach|violation",
            "press|pressing|file|filing|pursue|pursuing|bring|bringing charges|complaint|suit|claim|action|damages ..2 against|with|court", "file|filing|filed|lodge|lodging|lodged|report|reporting ..5 complaint|you|this|company ..3 to|with ..3 ftc|bbb|ombudsman|regulator|regulators|authority|authorities|police|attorney|consumer|government|trading|commission|watchdog", "ombudsman|regulators|regulator|regulatory ..1 authority|body|complaint|inquiry|enquiry|action|investigation|request", "trading standards", "consumer protection|rights|court|agency|affairs|forum", "better business bureau", "federal trade commission", "law enforcement", "police report|complaint",
            "formal|official|final ..1 notice|demand|warning ..3 of? intent|legal|payment|claim|before", "formal notice", "notice of intent|claim|dispute|default", "letter before action|claim", "demand letter", "statutory rights|demand|declaration", "intellectual property|copyright|trademark|patent infringement|infringing|violation|claim|complaint", "dmca", "infringing|infringes|infringement ..4 copyright|trademark|patent|rights", "liable|liability for|damages|you", "hold|holding|held you ..3 liable|responsible|accountable", "defamation|defamatory|libel|slander", "compensation ..4 damages|losses|court", "seek|seeking|claim|claiming|pursue|pursuing ..2 damages", "terms|tos of? service? violation|dispute", "false|misleading advertising|advertisement", "consult|consulting|consulted|spoke|talk|speak|talking|contacted ..3 my|our|a law|legal", "law firm ..4 contact|you|represent|notice|behalf", "on behalf of ..2 client|clients",
        ]),
        Unless = new([
            "not|no ..4 legal|lawyer|lawyers|attorney|sue|lawsuit|court ..3 action|needed|involved|yet|threat|advice|matter", "legal name|names|entity|size|paper|holiday|holidays|age|disclaimer|footer|template|templates|hold|practice|industry|tech|software|firm|services|company|clients|matters|cases|project|projects|research|documents|document|docs|workflow|page|pages|board|boards|field|fields|tab|link|text|copy|address|guardian",
            "law|legal firm|practice|office ..6 use|using|want|looking|manage|track|how|is|can|do|would|need|with", "we|i are|am|run a|an|the ..2 law|legal|lawyer|attorney|solicitor", "we|i are|am lawyers|attorneys|solicitors", "work|works for|in|at ..2 law|legal", "for ..2 lawyers|attorneys|legal|law ..2 teams|team|firms|professionals|departments", "named|called|titled|labeled|labelled|tagged ..1 legal|court|lawyer", "tennis|basketball|food|squash|badminton|volleyball court|courts", "court booking|bookings|reservation|reservations|rental|schedule|schedules", "book|booking|reserve|reserving ..3 court|courts", "invite|add|adding|inviting|share|sharing|assign|role|permission|guest|remove ..4 lawyer|lawyers|attorney|legal|counsel|solicitor", "^ is|are ..3 legal|illegal", "is|are it|this|that legal|illegal", "legal|illegal in this|my|our|your", "supreme|high court ..1 ruling|nominee|decision", "track|tracking|manage|managing ..4 litigation|lawsuits|court|legal|attorney|lawyers", "liability insurance|waiver",
        ]),
    };

    /// <summary>What privacy laws give a person the right to ask.</summary>
    public static Rule Privacy { get; } = new("A5.privacy", RuleFamily.Privacy, EscalationReason.Privacy, Urgency.High)
    {
        When = new([
            "gdpr|ccpa|cpra|lgpd|pipeda|dsgvo|rgpd|dsar|hipaa ..1 request", "data subject|subjects", "subject access request", "right|rights to ..3 forgotten|erasure|erased|access|deletion|portability|rectification|object|delete|deleted", "data deletion|erasure|portability|rectification request|right|rights|requests", "general data protection", "data protection ..1 officer|authority|law|laws|regulation|act|request|agreement|impact", "privacy ..1 request|law|laws|act|regulation|regulations|officer|complaint|violation|rights|violations|concern|concerns", "california consumer",
            "data processing agreement|addendum|agreements|terms|contract", "@legaldoc agreement|signed|document|documents|with|copy|please|$", "sign|signed|signing|need|provide|send|require|have ..2 dpa|baa", "standard contractual clauses", "sub|subprocessor|subprocessors processors|processor|list",
            "delete|erase|remove|destroy|purge|wipe|forget|deletion|removal|erasure ..2 of? all|any|every|my ..2 personal|private data|information|details", "delete|erase|purge|wipe|deletion|erasure ..2 of? all? my|mine personal? data|information|details", "delete|erase|remove|destroy ..5 data|information|details ..3 you hold|have|keep|hold|store|stored|collected|about", "what|which|all|any|copy ..3 data|information|details ..3 you|your ..1 hold|have|keep|store|stored|collected|collect|process ..2 about|on|of me|us|my|our", "copy of ..2 all? my|our personal data|information", "request|requesting|demand|want|need|obtain ..3 my|our personal data|information", "personal|private data|information ..5 delete|deleted|erase|erased|removed|shared|sold|sell|sharing", "delete everything you have ..2 about|on", "stop|object|opt ..4 processing|selling|sharing|sale ..3 my|our|personal data|information", "withdraw|withdrawing|revoke ..2 consent", "sell|selling|sold|shared|sharing ..2 my|our ..1 data|information ..4 third|others|advertisers|anyone|parties|companies",
        ]),
        Unless = new(["personal data|information field|fields|column|columns|tab|section|page", "not|no ..3 gdpr ..2 issue|request|related|matter"]),
    };

    /// <summary>Certificates, audits and where data is kept: answered from documents unless a handbook says otherwise.</summary>
    public static Rule Compliance { get; } = new("H.compliance", RuleFamily.Compliance, EscalationReason.Legal, Urgency.Normal)
    {
        OnlyWhenNamed = true,
        When = new([
            "soc # ..1 report|compliant|compliance|certified|certification|certificate|type|audit|documentation|or|and|$", "soc2|soc1|hipaa|fedramp|hitrust|iso27001|iso # certified|certification|certificate|compliant|compliance", "hipaa|fedramp|pci|iso #? compliant|compliance|certified|certification", "hipaa|fedramp|soc2|soc1", "soc|iso #", "penetration|pen test|tests|testing", "pentest|pentests", "security|compliance audit|questionnaire|assessment|review|documentation|certification|certifications|certificates|whitepaper", "data residency|sovereignty", "where ..3 data|information ..2 stored|hosted|located|kept|reside|resides|processed", "compliance documentation|documents|report|reports|certifications|requirements|question|questions|officer|team|certificates|certification", "audit|auditors ..3 report|documentation|evidence|letter",
        ]),
        Unless = new(["audit log|logs|trail|trails", "compliance project|board|template|task|tasks|checklist"]),
    };

    public static IEnumerable<Rule> Rules => [Security, Legal, Privacy, Compliance];
}
