using System.Text.RegularExpressions;

namespace FteAgent.Answering.Rules.Matter;

/// <summary>
/// Knows a sentence by which a machine does something with what is somebody else's, or gives rights to whoever asks. What it cannot do may be said, and
/// so may what people do for each other.
/// </summary>
internal static partial class Deputies
{
    // "The group chat" is a place, where people act.
    private const string Machine = @"(?:^\W*(?:the|our|this) chat|\b(?:assistant|bot|chatbot|robot|(?:help|support|ai|virtual) agent|helper))\b";
    private const string Acts = "(?:signs?|ends?|grants?|changes?|cancels?|unlocks?|resets?|reads? out|refunds?|redirects?|switch(?:es)?)";
    private const string People = "(?:customer|client|shopper|user|member|household|guest|tenant|holder|subscriber|buyer|caller|reader|patient|person|family)";
    private const string Others = @"\b(?:(?:(?:an|the )other " + People + "|any other " + People + @"|some(?:body|one) else|a colleague|a neighbou?r|a stranger)['’]s\b|(?:of|for) (?:another|any other|a different|the other) " + People + @"\b)";

    /// <summary>Whether a sentence tells of it.</summary>
    public static bool AreIn(string sentence) => !Denied().IsMatch(sentence) && (Acting().IsMatch(sentence) || Given().IsMatch(sentence) || Granting().IsMatch(sentence));

    [GeneratedRegex(@"(?:\b(?:not|never|cannot|only)|n['’]t)\b[^.;:?!]{0,30}\b(?:" + Acts + @"|give|tell|name)\b|^\W*(?:nobody|no|neither)\b|\?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Denied();

    // "The chat can end the contract of another household", "have the assistant sign you in to a colleague's account".
    [GeneratedRegex(Machine + @"[^.;:?!]{0,40}\b" + Acts + @"\b[^.;:?!]{0,60}?" + Others, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Acting();

    // "Give it another shopper's order number and it changes their address."
    [GeneratedRegex(@"\b(?:give|tell|name) (?:it|the (?:chat|assistant|bot|chatbot|helper))\b[^.;?!]{0,10}" + Others + @"[^.;?!]{0,40}\b(?:and|then) it \w+\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Given();

    // "The help agent grants the reader admin."
    [GeneratedRegex(Machine + " (?:then |also |will |can |may )?(?:grants?|gives?|makes?|hands?) (?:the |any |every )?(?:reader|caller|asker|anyone|anybody|whoever|everyone|everybody)s? (?:an? |the |full )?(?:admin|owner|access|rights|role|password|key)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Granting();
}
