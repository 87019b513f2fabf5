using System.Collections.Frozen;
using FteAgent.Knowledge;

namespace FteAgent.Answering.Rules;

/// <summary>
/// Words that a sentence may have beside those of its quotes, since they help somebody find their way, and words that it must never have of its own:
/// money, favours, promises and other people. Compared as the index reads words: stemmed.
/// </summary>
internal static class AnswerWords
{
    // What is done on a screen, where it is, and how it goes. What takes away or cuts off is no help: "choose Delete" has to stand in a quote.
    private static readonly FrozenSet<string> OfHelp = Terms("""
        open close click tap press choose select pick tick check uncheck drag drop scroll hover type enter fill write paste copy cut save store keep kept hold move
        rename edit change set turn switch enable add create build make import export upload download attach insert connect sync
        install update restart reload refresh log sign start stop begin end ended run wait load send sent receive share invite assign filter sort search find list
        show hide view display preview print read call called name named use using work works appear find missing sure ready available
        settings setting options option menu menus tab tabs button buttons link links icon icons field fields form forms box checkbox list lists row rows column columns
        table tables panel window screen dashboard bar sidebar toolbar header footer top bottom left right corner side middle dialog dropdown page pages file files
        folder folders document documents image images picture photo video text word words line lines space workspace workspaces board boards card cards project projects
        task tasks item items entry entries record records template templates report reports chart charts calendar date dates hour hours minute minutes second seconds moment
        app apps application browser computer phone tablet device devices desktop mobile keyboard mouse web website site online offline internet network
        account profile user users member members administrator admin owner role roles permission permissions access login password mail email emails address inbox message
        messages notification notifications format formats size type types color kind part parts number numbers version language default automatic automatically manual manually
        large small bigger smaller longer slow slower fast faster easy simple full empty same different several single whole separate correct current previous
        afterwards finally otherwise usually normally directly below above next inside outside late later early done bring give put help
        """);

    // What one asks somebody about.
    private static readonly FrozenSet<string> OfInquiry = Terms("""
        plan version browser error code device country region operating system model brand order number name address problem trying exactly happens happen mean says shown role type
        kind screenshot channel step tried already since changed describe works currently old book booked bought ordered
        """);

    // What gives something away is said in nobody's name but a document's, even where the customer has said it first.
    private static readonly FrozenSet<string> OfFavours = Terms("""
        refund refunds refunded reimburse reimbursed reimbursement repay repayment chargeback money cash credit credited compensate compensation payout payment payments pay pays
        price prices priced pricing cost costs charge charged fee fees bill billed invoice discount discounted coupon voucher promo code rebate bargain deal cheap cheaper free gratis
        complimentary waive waived half percent dollar dollars buck bucks euro euros pound pounds quid fiver tenner cent cents penny pence yen rupee rupees franc francs peso pesos
        grand usd eur gbp chf upgrade upgraded premium lifetime unlimited month monthly year yearly annual bonus gift reward win won
        promise promised guarantee guaranteed assure assured pledge swear vow commit commitment word certain deadline week weeks weekend noon midnight quarter christmas easter tomorrow tonight monday tuesday wednesday thursday friday
        saturday sunday january february march april june july august september october november december release released ship shipped deliver delivered launch roadmap fixed
        approve approved grant granted authorize authorized confirm confirmed entitled eligible owe owed yours agreed accepted permitted allowed exception
        customer customers client clients buyer patient somebody history ordered bought purchased paid subscribed complained lives lived phoned registered spent owns owned birthday
        salary iban passport secret secrets private confidential prompt prompts instruction instructions instructed rule rules directive directives guideline guidelines guardrail
        guardrails policy internal system hidden tool tools function functions invoked executed escalate escalated ticket
        """);

    /// <summary>Whether it belongs to what one asks somebody about, to help.</summary>
    public static bool IsInquiry(string word) => TermReader.All(word) is [var term, ..] && (OfInquiry.Contains(term) || OfHelp.Contains(term));

    /// <summary>Whether it belongs to finding one's way.</summary>
    public static bool IsHelp(string term) => OfHelp.Contains(term) && !OfFavours.Contains(term);

    /// <summary>Whether it gives something away.</summary>
    public static bool IsFavour(string term) => OfFavours.Contains(term);

    private static FrozenSet<string> Terms(string words) => TermReader.All(words).ToFrozenSet(StringComparer.Ordinal);
}
