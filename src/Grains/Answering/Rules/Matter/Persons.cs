using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace FteAgent.Answering.Rules.Matter;

/// <summary>Knows somebody in a document: by a mailbox that is no role's and no example, a name, a street's number, or a numbered thing that is theirs.</summary>
internal static partial class Persons
{
    private static readonly FrozenSet<string> Roles = FrozenSet.ToFrozenSet(
    [
        "support", "help", "helpdesk", "service", "info", "contact", "hello", "hi", "sales", "billing", "accounts", "accounting", "invoices", "privacy", "security", "abuse", "legal", "dpo", "gdpr", "press", "media", "jobs", "careers",
        "admin", "administrator", "postmaster", "webmaster", "noreply", "no-reply", "donotreply", "team", "office", "feedback", "partners", "returns", "orders", "mail", "email", "you", "your", "user", "username", "name", "someone", "me", "api", "dev", "ops", "root", "git",
    ]);

    // RFC 2606, 2: reserved for examples.
    private static readonly FrozenSet<string> Examples = FrozenSet.ToFrozenSet(["example.com", "example.org", "example.net"]);

    /// <summary>Whether somebody is told of in a sentence.</summary>
    public static bool AreIn(string sentence) =>
        Mailboxes().Matches(sentence).Any(mailbox => IsSomebodys(mailbox, sentence)) || Homes().IsMatch(sentence) || Titles().IsMatch(sentence) || Initials().IsMatch(sentence) || Born().IsMatch(sentence) || Told().IsMatch(sentence)
        || (Doors().IsMatch(sentence) && !Desks().IsMatch(sentence)) || ((!Samples().IsMatch(sentence) || Doings().IsMatch(sentence)) && Full().Matches(sentence).Any(name => GivenNames.AreOf(name.Groups["given"].Value, name.Groups["family"].Value))) || (!Samples().IsMatch(sentence) && (Holders().IsMatch(sentence) || (Names().IsMatch(sentence) && Doings().IsMatch(sentence)) || Owners().IsMatch(sentence) || Doers().IsMatch(sentence) || (Phones().IsMatch(sentence) && !Calls().IsMatch(sentence))));

    /// <summary>"noor.haddad@…" is somebody, and so is "noor@…" where a sentence tells of a Noor. "courses@…" is a desk.</summary>
    private static bool IsSomebodys(Match mailbox, string sentence)
    {
        var local = mailbox.Groups["local"].Value;
        var parts = local.Split('.', '_');
        if (Roles.Contains(local.ToLowerInvariant()) || Roles.Contains(parts[0].ToLowerInvariant()) || Examples.Contains(string.Join('.', mailbox.Groups["domain"].Value.ToLowerInvariant().Split('.')[^2..])))
            return false;
        return (parts.Length > 1 && Array.TrueForAll(parts, part => part.Length > 0 && part.All(char.IsLetter))) || Called(local, sentence);
    }

    private static bool Called(string name, string sentence) =>
        sentence.Contains(char.ToUpperInvariant(name[0]) + name[1..], StringComparison.Ordinal);

    [GeneratedRegex(@"\b(?:for example|e\.g\.|such as|sample)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Samples();

    // Read with its capital, because a duration has none: "500 ms".
    [GeneratedRegex(@"\b(?:Mr|Mrs|Ms|Herr|Frau|Mme|Señora?)\.? \p{Lu}[\p{Ll}'’]", RegexOptions.CultureInvariant)]
    private static partial Regex Titles();

    [GeneratedRegex(@"(?<!\b(?:San|Santa|Saint|St\.) )\b(?<given>\p{Lu}\p{Ll}+) (?:\p{Lu}\. )?(?<family>\p{Lu}['’]?\p{Ll}+)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Full();

    // "N. Haddad moved in", and not "Vitamin C. The".
    [GeneratedRegex(@"(?:^|[,;:|.(] ?|\b(?:to|of|by|for|from|with|and) )\p{Lu}\. \p{Lu}\p{Ll}{3,} (?:has|had|is|was|set|owes|pays|paid|went|came|lives|asked|wrote|said|bought|ordered)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Initials();

    [GeneratedRegex(@"\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+,? (?:who was |was )?born (?:on|in)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Born();

    // "Like Noor Haddad, who comes on Mondays", "the calendar of Noor Haddad-Webb", "I am Noor Haddad". A post is nobody: "the Account Manager, who".
    [GeneratedRegex(@"(?<!\b[Tt]he |\b[Aa]n? |\b[Yy]our |\b[Oo]ur )\b\p{Lu}\p{Ll}+ \p{Lu}['’]?\p{Ll}+(?<!Managers?|Directors?|Officers?|Administrators?|Admins?|Owners?|Teams?|Engineers?|Support|Agents?|Advisors?|Leads?|Partners?|Users?|Members?|Department|Care|Desk|Office)(?:-\p{Lu}\p{Ll}+)?, (?:comes|came|lives|lived|owes|owed|who (?:comes|came|lives|lived|stays|stayed|owes|owed|asked|wrote|called|paid|bought|booked|ordered|complained|is|was|has|had)|aged [0-9]|born|living (?:in|at|on))\b|\b(?:of|by|for|to|from|with|is|was) \p{Lu}\p{Ll}+ \p{Lu}\p{Ll}{2,}(?<!Add|Pop|Plug|Two|Sign|Check|Drop|Log|Set|Multi|Cross|Self|Full|Real|Single|High|Open|Auto|Wide|Long|Short|Double|Third|Second|First)-\p{Lu}\p{Ll}{2,}\b(?! (?:algorithm|method|test|model|licen[cs]e|theorem|equation|distance|index))|\bI(?: am|['’]m) \p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+\b", RegexOptions.CultureInvariant)]
    private static partial Regex Told();

    // "12 Mill Lane", "Hafenstr. 9"
    [GeneratedRegex(@"\b[0-9]{1,4}[a-z]? \p{Lu}\p{Ll}+ (?:Street|St\.|Road|Rd\.|Avenue|Ave\.|Lane|Court|Terrace|Crescent|Gardens|Mews|(?:Drive|Close|Walk|Square)(?=[,.;]|$))(?!\w)|\b(?:at|above|near|opposite|behind) [0-9]{1,4}[a-z]? \p{Lu}\p{Ll}+ (?:Row|Steps|Hill)\b|\b\p{Lu}\p{Ll}+(?:str\.|stra(?:ß|ss)e|weg|gasse|platz|allee) [0-9]{1,4}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Doors();

    // Where the company itself is.
    [GeneratedRegex(@"\b(?:(?-i:our|us)|office|offices|headquarters|shop|store|branch|desk|warehouse|clinic|visit|send|letters?|returns?)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Desks();

    // "Haddad, Noor;" and "used by Noor Haddad", and not "choose Due Date".
    [GeneratedRegex(@"(?<!\b(?:[Ss]ort|[Oo]rder|[Gg]roup|[Ff]ilter)(?:s|ed)? )\b(?:by|named|called|[Rr]eader|[Mm]ember|[Pp]atient|[Cc]ustomer|[Cc]lient|[Gg]uest|[Tt]enant)\s\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+\b|\p{Lu}\p{Ll}+, \p{Lu}\p{Ll}+;|(?:^|[.:] )\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+ (?:asked|wrote|said|lives|bought|called|ordered|owes)\b|\b(?:tenant|patient|customer|client|member|guest|nurse|doctor|pupil|student|owner|resident|driver)\b[^.;]{0,40}[, ]\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+[,.]|\bof \p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+, born|\bwas \p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+,", RegexOptions.CultureInvariant)]
    private static partial Regex Names();

    [GeneratedRegex(@"\b(?:used|asked|wrote|written|bought|ordered|lives|lived|signed|complained|owes|owed|contract|nobody should|secret|confidential|born|married|salary|balance|iban|has|had|was|currently|uses|registered)\b|;", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Doings();

    // "Card 5512 belongs to", "room 9 is taken": whose a numbered thing is concerns nobody else.
    [GeneratedRegex(@"\b(?:card|room|account|customer|client|patient|ticket|flat|apartment|seat|bed|locker|policy|contract|invoice|parcel|member|booking|reservation|membership|guest|tenant|claim|house|order)\s+(?:(?:no\.?|number)\s)?#?[a-z]{0,4}-?[0-9]{1,12}\b[^.;]{0,20}\b(?:is (?:taken|rented|occupied|owned|owed)|belongs|belonged|was|had|owes|went|stays|stayed)\b|\bbelong(?:s|ed)? to (?:the )?(?:account|customer|client|contract|member|tenant|patient|guest|holder|subscriber)\s+(?:(?:no\.?|number)\s)?#?[a-z]{0,4}-?[0-9]{2,12}\b|\b(?:holder|customer|client|tenant|patient|guest|subscriber)\s+(?:(?:no\.?|number)\s)?#?[a-z]{0,4}-?[0-9]{3,12} (?:collects|picks|pays|lives|moves|arrives|comes|goes|gets|flies|stays|ordered|bought|collected)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Holders();

    // "The Haddads at number 9", "is kept by the Haddad family", "our client Haddad Ltd", "belongs to Noor from the mill".
    [GeneratedRegex(@"\b[Tt]he \p{Lu}\p{Ll}+s (?:at|in|from|of|on) (?:number|no\.|flat|house|room|apartment|unit|suite)\b|(?<!\bfonts? )\b(?:by|to|of|from|for) the \p{Lu}\p{Ll}+ (?:family|household|couple|brothers|sisters)\b|\b[Oo]ur (?:client|customer|patient|guest|member|tenant|buyer|subscriber|user)s?,? \p{Lu}\p{Ll}+|\b[Yy]our (?:neighbou?r|flatmate|roommate|landlord|landlady),? \p{Lu}\p{Ll}+|\b(?:belongs|belonged) to \p{Lu}\p{Ll}+(?= (?:from|of|in)\b)|\b(?:rented|leased|lent|sold) to \p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+|\b\p{Lu}\w+ (?:Ltd|AG|GmbH|Inc|LLC|PLC|BV|Srl|SARL)\b\.?[^.;]{0,20}\b(?:uses|owes|pays|paid|has|had|bought|asked|complained|ordered|wrote)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Owners();

    // "Noor Haddad went home", "Noor from Harbour owes", "the tenant, Noor, has".
    [GeneratedRegex(@"\b(?:tenant|patient|customer|client|member|guest|owner|neighbou?r|reader|resident|driver|student|pupil|buyer|subscriber), \p{Lu}\p{Ll}+, (?:has|have|had|is|was|owes|pays|lives|hasn['’]t|isn['’]t|wasn['’]t)\b|\b\p{Lu}\p{Ll}+ (?:(?:from|of|at) (?:the )?)?\p{Lu}\p{Ll}+ (?:lives|owes|went|bought|wrote|said|complained|phoned|asked|ordered|earns|cancelled|canceled|paid)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Doers();

    [GeneratedRegex(@"(?<!\w)(?:\+[0-9]{1,3}|(?<![0-9]{4}[ -])0[0-9]{2,4})[ /-][0-9][0-9 /-]{4,14}[0-9](?!\w)", RegexOptions.CultureInvariant)]
    private static partial Regex Phones();

    // A line of the company's own.
    [GeneratedRegex(@"\b(?:call|calls|calling|dial|phone|telephone|hotline|line|ring|reach|reached|support|number|office|desk|questions|emergency|free of charge|0800|1-800|fax|sms|text|format|example|e\.g\.)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Calls();

    [GeneratedRegex(@"(?<local>[\w.+-]{1,64})@(?<domain>[\w-]{1,63}(?:\.[\w-]{1,63}){1,5})", RegexOptions.CultureInvariant)]
    private static partial Regex Mailboxes();

    [GeneratedRegex(@"\p{Lu}[\p{L}'’-]+ \p{Lu}[\p{L}'’-]+, (?:[0-9]{1,5}[a-z]? \p{Lu}\p{L}+|\p{Lu}\p{L}+ [0-9]{1,5})", RegexOptions.CultureInvariant)]
    private static partial Regex Homes();
}
