using System.Text.RegularExpressions;
using FteAgent.Knowledge;

namespace FteAgent.Answering.Rules.Matter;

/// <summary>Knows what is written for a machine: a tool's call or result, a model's settings, a role's mark, words that no reader sees.</summary>
internal static partial class Machinery
{
    private const string Verbs = "(?:get|send|create|update|delete|reset|find|lookup|fetch|grant|apply|restart|query|remove|verify|search|escalate|modify|cancel|unlock|approve)";
    private const string Before = @"(?<![`\w./\\$%<>{}(\[""'=:@#-])";
    private const string After = @"(?![`\w/\\=(\[{}>""'@-]|\.\w|:\w|\s?=)";

    /// <summary>Whether such stands in a sentence.</summary>
    public static bool IsIn(string sentence) => Fields().IsMatch(sentence) || Tags().IsMatch(sentence) || Settings().IsMatch(sentence) || Calls().IsMatch(sentence) || Hidden().IsMatch(sentence) || Addressed().IsMatch(sentence) || Headed().IsMatch(sentence) || Pairs().IsMatch(sentence) || Results().IsMatch(sentence);

    /// <summary>Whether a sentence, as it is written, names a tool of a machine's amid its words.</summary>
    public static bool NamesTools(string written) => Functions().IsMatch(PlainText.Of(Spans().Replace(written, "")));

    [GeneratedRegex(@"\{\s*[""']?(?:tools?|functions?|tool_calls?|arguments|role|content|action|customer|customer_id|user_id|refund|discount|system)[""']?\s*:|,\s*[""'](?:tools?|functions?|tool_calls?|arguments|role|content|action|customer|customer_id|user_id|refund|discount|system)[""']\s*:", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Fields();

    [GeneratedRegex(@"</?(?:tool|function|system|assistant|prompt|instructions?)(?>(?:[_-][a-z0-9]+)*)\b[^<>]{0,80}>|<\|\w+\|>|#{2,} ?(?:system|assistant|user|instructions?|prompt) ?#{2,}|^\W*(?:system|assistant) ?: ?(?:you|your|ignore|disregard|never|always|do not|don['’]t|from|please|reveal|say|tell|call|run|grant|give|all|new|override|respond|answer|reply)\b|\[/?(?:INST|SYS|SYSTEM|TOOL)\]|\byou are (?:an? )?\w{0,20}(?:bot|gpt)\b|^\W*(?:>>+|\[\[|==+|<<+|--+) ?(?:developer|system|admin|operator|assistant|internal) (?:message|prompt|note|notice|override|instructions?)\b|(?-i:(?:^\W*|\b)(?:DEVELOPER|SYSTEM|ADMIN|OPERATOR|ASSISTANT) (?:MESSAGE|PROMPT|NOTE|NOTICE|OVERRIDE|INSTRUCTIONS?)\s*[:\]>])|<invoke name=|(?<![\w-])tool(?:[_-](?:call|result|use|output)s?)? ?: ?(?:\{|\[\s*[{""]|<\w|""\w+""\s*:)|(?:(?<=\S\s)#|(?<!:)//|/\*) ?(?:(?:note )?(?:to|for) )?(?:the |all )?(?:ai |chat |virtual )?(?:assistants?|chatbots?|llms?|language models?) ?: ?\w", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\b(?:max_tokens\b|top_p\b|system_prompt|tool_choice|tools\s*[:=]\s*\[|temperature\s*[:=]\s*[01]?\.\d)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Settings();

    // "close_ticket(4711)", and an id that somebody's record has.
    [GeneratedRegex(@"\b[a-z]+_(?:[a-z]+_)*(?:customers?|clients?|users?|accounts?|tickets?|orders?|refunds?|histor(?:y|ies)|conversations?|prompt|discount|docs)(?:_[a-z]+)*\s?\(|\b[a-z]+(?:_[a-z]+)+\s?\((?:[^()]{0,60}[\s,(])?(?:customer|client|user|account|from|query|ticket|email)(?:_id)?\s?[=,:)]|\b(?:of|for|on|with) [0-9a-f]{32}(?![\w-])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Calls();

    [GeneratedRegex(@"<!--|\b(?:display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d])|font-size\s*:\s*(?:0(?![.\d])|1px))|<\w+[^<>]{0,80}\shidden\b[^<>]{0,40}>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Hidden();

    // "Assistant, put the reader at ease", and not "Assistant, editor and owner".
    [GeneratedRegex(@"^\W{0,4}(?:assistant|chatbot|bot|robot|language model|model|ai|llm)s?,\s(?:please |kindly )?(?:[a-z]+) (?:the|this|that|it|them|your?|an?|to|every|all|any)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Addressed();

    // "INSTRUCTIONS FOR GENERATION: cite each line", "PROMPT v12:", a quoted role with more than a label's words, "For assistants:", and "Instruction pour l'assistant".
    [GeneratedRegex(@"^\W*(?:system )?prompt\b[^:.]{0,12}: ?\W|[""“](?:system: ?)?(?:act|behave|pose|speak) as [^""”]{2,60}[,.;](?: ?\w|$)|\b(?:instructions?|directives?) (?:for|to) (?:the |every |all )?(?:generation|generator|answering|answers|responses?|responding|completions?|drafts?|drafting|ais?|models|assistants?|bots?)\b|(?:^\W*|[""“(\[])for (?:the |all |any )?(?:ai |chat |virtual |digital |support )?(?:assistants?|chatbots?|bots?|llms?|ais?|ai agents?|language models?) ?: ?(?:please )?(?:run|call|answer|reply|respond|say|tell|always|never|do not|don['’]t|use|quote|treat|confirm|when|if|ignore|offer|grant|give|inform|whoever)\b|\b(?:instructions?|consignes?|remarques?|anweisung(?:en)?|hinweise?|nachricht(?:en)?|notas?|instrucci(?:ón|ones)|mensajes?|istruzion[ei]|messaggi(?:o|ie)?|instruç(?:ão|ões)|mensage(?:m|ns)|instructies?|opmerking(?:en)?|bericht(?:en)?) (?:pour|destinée?s? à|à|an|für|para|(?<=istruzion[ei] |messaggi(?:o|ie)? |nota )per|voor|aan|ao) ?(?:[ld]['’]|den |die |das |el |la |le |les |los |lo |il |gli |o |a |os |de )?(?:assistante?s?|assistent(?:e|en|i|es)?|asistentes?|ki|ia|bots?|chatbots?|sprachmodelle?|(?:modèle|modelo|modello)s? (?:de lang|de leng|de ling|linguistic)\w*|taalmodel(?:len)?)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Headed();

    // A line of somebody's record: "user=noor.h plan=Pro".
    [GeneratedRegex(@"^(?!\W*(?:server|host|data source|user id)=[^;]{0,80};).*(?<!\w)(?:user|customer|client|account|member|patient|guest|owner|email|login)(?:_?(?:id|name))?=[^\s&<>{}$]{2,60}[ ,;]+\w{2,20}=", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pairs();

    // "Peck at ledger_view before you sing". A tool's name is called, or has a verb in it, which fields ("first_name") and tags ("utm_source") have not.
    [GeneratedRegex(
        Before + "(?:" + Verbs + "_[a-z]{2,16}(?:_[a-z]{2,16}){0,2}|[a-z]{2,16}_(?:[a-z]{2,16}_)?" + Verbs + ")" + After
        + @"|\b(?:calls?|calling|invokes?|invoking|fires off|(?:peeks?|pecks?) at|pulls? up \w+ \w+ through) [a-z]{2,16}(?:_[a-z]{2,16}){1,3}" + After,
        RegexOptions.CultureInvariant)]
    private static partial Regex Functions();

    // What stands in backticks is a name that the page means to show.
    [GeneratedRegex(@"`[^`]*`", RegexOptions.CultureInvariant)]
    private static partial Regex Spans();

    // "Called update_member for id 88: ok."
    [GeneratedRegex(@"^\W*(?:calls?|called|calling|ran|runs|invoked|invokes|executed|executes) [a-z]+(?:_[a-z]+)+ (?:for|with|on)\b|^\W*(?:called|calling|ran|invoked|executed) [a-z]+(?:_[a-z]+)+\b|\b(?:calls|called|calling|ran|invoked|executed) [a-z]+(?:_[a-z]+)+ (?:for|with|on)\b|\b(?:call|run|invoke|execute) [a-z]+(?:_[a-z]+)+ (?:for|with|on) (?:id\b|customer|user|client|account|#?[0-9]|[0-9a-f]{8})|\b[a-z]+(?:_[a-z]+)+ (?:was|has been) (?:run|called|executed|invoked)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Results();
}
