using System.Text.RegularExpressions;

namespace FteAgent.Answering.Rules.Matter;

/// <summary>Knows a sum of money that is not called one: what something goes for, was and now is, or comes to by the hour.</summary>
internal static partial class Sums
{
    private const string Words = @"(?:(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|thousand)\b";
    private const string Number = @"(?>(?:\d[\d.,]*\d|\d)|(?:(?:" + Words + @")(?:[ -](?:and )?)?)+)";

    /// <summary>Whether a sentence names one.</summary>
    public static bool AreIn(string sentence) => Going().IsMatch(sentence) || Rates().IsMatch(sentence) || Spans().IsMatch(sentence) || Charges().IsMatch(sentence) || Columns().IsMatch(sentence) || Bare().IsMatch(sentence) || Listed().IsMatch(sentence) || Changed().IsMatch(sentence);

    /// <summary>Whether a sentence says outright that its reader's money comes back, whatever it goes on with.</summary>
    public static bool AreCredited(string sentence) => Credited().IsMatch(sentence);

    /// <summary>Whether a sentence names an amount of a currency, whatever for.</summary>
    public static bool AreSigned(string sentence) => Signs().IsMatch(sentence);

    // "A pair is €14"
    [GeneratedRegex(@"[€£¥₹]\s?\d|\$\s?\d[\d.,]*\d|(?<!\b(?:groups?|regex|expressions?|variables?|arguments?|placeholders?|print|awk|sed|use)\b.{0,40})\$\s?\d(?!\d)|\d\s?[€£¥₹]|\d\s?(?:usd|eur|gbp|chf)\b|\b(?:usd|eur|gbp|chf)\s?\d", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Signs();

    // "Spare wheels go for eleven", and not "goes for 20 minutes" or "sold at two desks".
    [GeneratedRegex(
        @"\b(?:(?:goes|go|sells?|sold|retails?|rents?|yours|ours|priced|billed|charged|let) for|(?:sells?|sold|retails?|priced|billed|charged|rents?) at) (?:(?:only|just|about|around|under|roughly|as little as|a mere|no more than) )?" + Number + @"(?=[ ]?(?:[.,;!?)]|$|for\b|with\b|if\b|a (?:pair|piece|head|pop|month|year|day|night|week)\b|apiece\b|each\b|here\b|now\b|flat\b|all in\b))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Going();

    // "40/h"
    [GeneratedRegex(@"(?<!\b(?:allowed|limited|requests|calls|searches|speed)\b.{0,20})(?:\|\s*|\b(?:at|from|only|just|pays?|rates? (?:is|are|of)|fees? (?:is|are|of)|prices? (?:is|are|of)|rents? (?:is|are|of))\s)\d[\d.,]*\s?/\s?(?:h|hr|day|night|week|wk|mo|month|yr|year|seat|head|person|pp)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Rates();

    // "The garden rate of 12 a month", and not "at a rate of 12 per day".
    [GeneratedRegex(@"(?<!\bat an? )\b(?:rates?|fees?|tariffs?|prices?|plans?) (?:of|at|for|is|are) (?:only |just |about )?" + Number + @"(?: |(?<= ))(?:a|per|each|every) (?:week|month|quarter|year|seat|head)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Spans();

    // "Your fees for the quarter are credited back to you."
    [GeneratedRegex(@"\b(?:fees?|money|amounts?|sums?|payments?|charges?|prices?|dues|rents?|fares?)\b[^.;?!]{0,40}\b(?:is|are|gets?|will be) (?:\w+ly )?(?:credited|refunded) back (?:\w+ly )?(?:to|on|onto|into) (?:you|your)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Credited();

    [GeneratedRegex(@"\|\s*(?:fees?|tariffs?|prices?|costs?)\s*\|", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Columns();

    // "The yearly rent is a hundred and ten."
    [GeneratedRegex(@"\b(?:rents?|fares?|tolls?|dues|fees?|lev(?:y|ies)|surcharges?|prices?) (?:is|are|was|comes to|amounts to|stands at) (?:(?:only|just|about|a) )*" + Number + @"(?!\s?%)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Charges();

    // What answers "What does it set me back?"
    [GeneratedRegex("^(?:A: )?(?:(?:only|just|about|around|roughly) )?(?:(?:" + Words + ")[ -]?){2,}(?:[,.!]|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Bare();

    // "Ten visits: sixty-five.", "basket 22.–"
    [GeneratedRegex(@"^(?!.*\b(?:version|height|width|size|ratio|scale|zoom|line|factor|score|timeout|retries|maximum|minimum|limit)\b)(?:\w[\w '-]{1,40}: (?:(?:" + Words + @"(?:[ -](?:and )?)?){2,6}|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)[.!]?$|\w[\w '-]{1,40}: \d{1,5}[.,]\d\d[.!]?$)|\S\s\d+\.[–—-](?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Listed();

    // "It used to be 30, it is now 3."
    [GeneratedRegex(@"(?<!\b(?:size|limit|timeout|version|port|number|maximum|minimum|quota)\b.{0,12})\b(?:used to be|down from|instead of) (?:only |just )?" + Number + @"\b[^.;]{0,30}\b(?:now|only|just)\b[^.;\d]{0,16}" + Number + @"(?=[.,;!]|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Changed();
}
