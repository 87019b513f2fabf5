using System.Text.RegularExpressions;

namespace FteAgent.Answering.Rules.Matter;

/// <summary>
/// Knows what happened once in a document. Its pages tell how things are and how they are done; that something was done in somebody's matter
/// no page can know, because it was written before.
/// </summary>
internal static partial class Events
{
    /// <summary>Whether a sentence tells that something was done for its reader, or by whom.</summary>
    public static bool AreIn(string sentence) => Wished().IsMatch(sentence) || Askers().IsMatch(sentence) || Author().IsMatch(sentence) || (!Supposed().IsMatch(sentence) && (Done().IsMatch(sentence) || DoneTo().IsMatch(sentence) || (Doers().IsMatch(sentence) && !IsNews(sentence)) || Gone().IsMatch(sentence) || (Lately().IsMatch(sentence) && (Past().IsMatch(sentence) || (Ended().IsMatch(sentence) && !Present().IsMatch(sentence))))));

    // "With release 4 we moved the list": of what a product has become, and of nothing that its reader gets.
    private static bool IsNews(string sentence) => Releases().IsMatch(sentence) && !Reader().IsMatch(sentence);

    [GeneratedRegex(@"\b(?:in|with|since|as of|from) (?:the |our )?(?:\w+ )?(?:release|version|update)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Releases();

    [GeneratedRegex(@"\b(?:you|yours?|readers?)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reader();

    // What is so only in some case, what a screen shows then, and what somebody may ask is told of anybody.
    [GeneratedRegex(@"\?|^Q:|\b(?:if|when|whenever|once|after|unless|whether|until|before|which|how|what|where|means|says?|reads|shows?|sees?|check|confirm|ensure|verify|sure|should)\b|\bas (?:soon|long|if|shown|described|much|many|well)\b|^(?:while|since|as)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Supposed();

    // "The list is emptied as you wished."
    [GeneratedRegex(@"\b(?:as|that|which) (?:you|he|she|they)(?: have|'ve| had)? (?:wished|asked|begged|requested|ordered)(?: us)? for\b|\bas (?:you|he|she|they)(?: have|'ve| had)? (?:wished|asked|requested|wanted|ordered)\b|\b(?:at|by|on|upon) (?:your|his|her|their) (?:own )?(?:wish|request|demand)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Wished();

    // "Your parcel was left", "the account of your brother is now closed".
    [GeneratedRegex(
        @"(?:(?<!\b(?:the|an?|any|each) (?:\w+ ){1,2})\byou|\b(?:yours?|accounts?|requests?|tickets?|cases?|claims?|contracts?|memberships?|subscriptions?|bookings?|deposits?|complaints?|neighbou?rs?|customers?|clients?))\b(?:[^\w',;:.]+[\w']+){0,6}[^\w',;:.]+(?:was|were|(?:has|have) (?:just |already |now )?been|is now)\b(?:\s+\w+){0,2}\s+(?!created\b)(?:\w{2,}ed|done|made|sent|given|taken|put|set|paid|told|sold|bought|found|lost|kept|held|won|chosen|begun|brought|broken|gone)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Done();

    // "A mail was sent to your team".
    [GeneratedRegex(
        @"\b(?:was|were|(?:has|have) (?:just |already |now )?been)\s+(?:\w+ )?(?:\w{2,}ed|done|made|sent|given|taken|put|set|paid|told|sold|bought|found|lost|kept|held|chosen|brought)\b(?:[^\w',;:.]+[\w']+){0,4}[^\w',;:.]+(?:you|yours?)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DoneTo();

    // "Our team looked into it", "I've opened a case", "the founders agreed".
    [GeneratedRegex(
        @"(?<!\p{L})(?<!\b(?:the|a|an|any|each|every|all|some|no)\s(?:\w+\s){1,2})(?:we|i|she|he|your (?:colleague|neighbou?r|manager|operator|agent|engineer|technician|assistant|bot|chatbot|robot)|(?:our|the|a|my) (?:team|staff|people|founders?|colleagues?|neighbou?rs?|managers?|operators?|agents?|engineers?|technicians?|assistant|bot|chatbot|robot))(?:'ve|'d)?\s+(?:(?:have|has|had|just|already|also|then)\s+)*(?!need|exceed|proceed|succeed|feed|embed|speed)(?:\w{2,}ed|told|gave|took|sent|ran|went|spoke|wrote|paid|made sure)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Doers();

    // "Homes that ask about it have been put on the spare line", "members have had the month credited".
    [GeneratedRegex(
        @"\b(?:those|people|persons|homes|households|members|customers|guests|readers|users|residents|subscribers|tenants|patients|passengers|travell?ers|students|pupils|visitors|clients|players|drivers|owners|parents|everyone|everybody|anyone|whoever) (?:(?:who|that|which) )?(?:asks?|asked|inquired?|enquired?|ran into|write to us|wrote to us|wrote in|complained?)\b[^.;,]{1,60}\b(?:have|has) (?:already |now |just )?(?:been|had)\b(?![^.;]*\b(?:can|cannot|can['’]t|may|must|should)\b)|\b(?:have|has) (?:already |now |just )?had (?:the|their|his|her|its|that|this) \w+ (?:credited|refunded|repaid|returned|waived|paid|extended|upgraded|reduced|halved|doubled|forgiven|lifted)\b(?![^.;]*\b(?:can|cannot|can['’]t|may|must|should)\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Askers();

    // "Your parcel has left the warehouse", "the second debit is already being taken back".
    [GeneratedRegex(
        @"\byour (?:\w+ ){1,3}(?:has|have) (?:just |already |now )?(?:left|gone|come|arrived|shipped|passed|cleared|moved|won|begun|started)\b|\byour\b[^,;:.]{1,40}\b(?:is|are) (?:already|now|just|currently) being\b|\b(?:is|are) being (?:sent|shipped|paid|moved|returned|credited|delivered|brought|taken|wired|refunded) (?:\w+ )?(?:to|for) you\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Gone();

    // A page has many authors and none who does something for its reader: "I'll see to it".
    [GeneratedRegex(@"^(?!.*\?).*(?<![\p{L}""“'’>])I(?:['’]ll| will| shall| am going to|['’]m going to) (?!be (?:away|out|back)\b)", RegexOptions.CultureInvariant)]
    private static partial Regex Author();

    // A page knows no today, and so no morning of it.
    [GeneratedRegex(@"\b(?:this (?:morning|afternoon|evening)|last (?:night|week|month|monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?:'s)?|(?<!than \w{1,8} )(?:minute|hour|day|week|month)s? ago)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Lately();

    // "Choose Last month in the filter" tells of none.
    [GeneratedRegex(@"\b(?:was|were|had|did|went|gave|took|sent|came|paid|got|said|spoke|wrote|ran|left|began|made|put|set|drew|brought|found|kept|met|saw|told)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Past();

    [GeneratedRegex(@"\b\w{3,}ed\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Ended();

    // "Tasks completed last month are archived."
    [GeneratedRegex(@"\b(?:is|are|can|may|will|appears?|shows?|stays?|counts?)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Present();
}
