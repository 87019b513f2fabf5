using System.Collections.Immutable;

namespace FteAgent.Answering.Rules;

/// <summary>
/// A handbook's keyword is one word, but customers use it in other senses: "it was working fine" pays no fine, and
/// "after the iOS upgrade" asks for no other plan.
/// </summary>
internal static class WordSenses
{
    private static readonly Dictionary<string, PhraseSet> OtherSense = new(StringComparer.Ordinal)
    {
        ["fine"] = new([
            "work|works|working|worked|is|was|be|are|were|been|am|looks|looked|look|seems|seemed|all|just|running|ran|runs|perfectly|connect|connects|connected it|all|just|still|quite|totally|perfectly? fine",
            "fine ..2 on|in|until|before|yesterday|for|with|and|but|till|now|tuning|grained|tune",
            "^ fine",
        ]),
        ["terms"] = new(["in terms", "term|terms ..2 mean|means|used|show", "glossary", "long|short|search|filter terms", "terms of the? use|search|performance|speed"]),
        ["contract"] = new(["template|templates ..1 contract|contracts", "store|stores|storing|upload|uploading ..1 contract|contracts", "contract template|templates|board|field|stage|column|management|document|documents|file|files", "smart contract"]),
        ["charge"] = new(["in charge", "no|free of? charge", "charge cable|battery"]),
        ["upgrade"] = new([
            "upgrade|upgraded|upgrading ..2 to? ..1 ios|android|windows|macos|python|node|java|version|v#|library|sdk|browser|chrome|app|firefox|php|ruby|latest|database",
            "os|ios|android|software|version|app|system|library|sdk|database|firmware upgrade|upgrades",
            "without|after|since|recently ..2 upgrade|upgraded|upgrading",
        ]),
        ["downgrade"] = new(["downgrade ..3 version|app|sdk|library"]),
        ["billing"] = new(["@customers ..1 billing", "billing ..2 @customers", "billing address field"]),
        ["invoice"] = new([
            "invoice|invoices template|module|field|object|generator|ninja",
            "@customers ..1 invoice|invoices",
            "invoice|invoices ..2 @customers",
        ]),
        ["payment"] = new(["payment|payments gateway|processor|api|webhook|form|page|field|integration|module|button|flow"]),
        ["cost"] = new(["cost center|field|column|code|of|us|me", "at no cost"]),
        ["price"] = new(["price field|column|list|import"]),
        ["sla"] = new(["sla field|timer|policy|policies|rule|rules|column|feature|tracking|automation|automations"]),
        ["critical"] = new(["critical path|css|section|thinking|priority|tag|label|severity"]),
        ["urgent"] = new(["urgent priority|tag|label|flag|tasks|task|column|not", "not|no urgent", "mark|marked|tagged|labeled|set ..3 urgent"]),
        ["immediately"] = new([
            "effect|happen|happens|immediately|effective|start|activate|apply|available|expire|expires|disappear|logs|log|logged|closes|crashes|after ..1 immediately",
            "immediately after|take|takes|available|effective|disappears|closes|crashes|logs|expires|upon|when|or|go|goes",
        ]),
        ["worst"] = new(["worst case"]),
        ["compliance"] = new(["compliance board|template|project|task|tasks"]),
        ["liability"] = new(["liability waiver|form|field"]),
        ["escalate"] = new(["escalate|escalation ..2 rule|rules|workflow|automation|feature|policy|settings"]),
        ["penalty"] = new(["penalty points"]),
        ["subscription"] = new(["subscription id|event|webhook|endpoint|api|topic|object|filter"]),
        ["reversal"] = new(["string reversal"]),
        ["outage"] = new(["outage page|status|notification|notifications|history|calendar|template"]),
        ["emergency"] = new(["emergency contact|contacts|field|access"]),
    };

    /// <summary>Words that the table of rules reads in context already: a handbook that lists them asks for those rules, not for every sentence with the word.</summary>
    public static ImmutableHashSet<string> ReadInContext { get; } =
        ["refund", "refunds", "lawyer", "lawyers", "attorney", "legal", "court", "discount", "how much", "human", "humans", "person", "agent", "agents", "representative", "representatives", "manager", "managers", "supervisor", "supervisors", "operator", "someone", "people", "sue", "real person", "hostile", "angry"];

    /// <summary>Whether the keyword at this place is used in another sense.</summary>
    public static bool IsOther(Token[] tokens, int at, ImmutableArray<ImmutableArray<string>> words)
    {
        if (words.Length != 1 || !OtherSense.TryGetValue(words[0][0], out var other) && !OtherSense.TryGetValue(tokens[at].Word, out other))
            return false;
        return other.MatchesSentenceOf(tokens, at);
    }
}
