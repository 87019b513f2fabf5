using System.Globalization;

namespace FteAgent.Evals.Identity;

/// <summary>
/// Makes people up who write by several channels, some of whom can show who they are: by a seed, so that the same number gives the same
/// people. The cases that need thinking are written by hand beside these.
/// </summary>
internal sealed class IdentityContacts(int seed)
{
    private static readonly string[] Names =
        ["mira", "tom", "priya", "jonas", "ana", "li", "omar", "sofia", "kwame", "yuki", "ines", "ravi", "elsa", "noah", "zara", "hugo", "leila", "pavel"];

    private static readonly string[] Hosts = ["example.com", "example.org", "example.net", "mail.example"];

    private readonly Random random = new(seed);
    private readonly List<IdentityContact> made = [];
    private int people;

    /// <summary>At least so many contacts, in order of time.</summary>
    public static IReadOnlyList<IdentityContact> Make(int seed, int count)
    {
        var contacts = new IdentityContacts(seed);
        Action[] kinds =
        [
            contacts.ThreeChannels, contacts.ThreeChannels, contacts.Capitals, contacts.Returning, contacts.SecondMailbox, contacts.PlusAddress, contacts.Spoofed, contacts.FormWithAnothersAddress,
            contacts.Typo, contacts.Guessing, contacts.FamilyPhone, contacts.RecycledNumber, contacts.Replies, contacts.ForgedReplies, contacts.RepliesWithoutDmarc,
        ];
        for (var i = 0; contacts.made.Count < count; i++)
            kinds[i % kinds.Length]();
        return [.. contacts.made.OrderBy(contact => contact.Day)];
    }

    /// <summary>Writes a mail, by WhatsApp and on the web, and shows that all three are theirs.</summary>
    private void ThreeChannels()
    {
        var (who, mail, phone, day) = (Person(), Mail(), Phone(), Day());
        var first = Add(day, who, "email", mail, "dmarc", Expectation.First, kind: "three channels");
        Add(day + 1, who, "whatsapp", phone, "signature", Expectation.Joined, with: first.Id, kind: "three channels", link: mail, code: "right");
        Add(day + 2, who, "web", "", "token", Expectation.Joined, with: first.Id, kind: "three channels", key: $"{who}-browser", link: mail, code: "right");
        Add(day + 3, who, "web", "", "token", Expectation.Joined, with: first.Id, kind: "three channels", key: $"{who}-browser");
        Add(day + 4, who, "whatsapp", phone, "signature", Expectation.Joined, with: first.Id, kind: "three channels");
    }

    private void Capitals()
    {
        var (who, mail, day) = (Person(), Mail(), Day());
        var first = Add(day, who, "email", mail, "dmarc", Expectation.First, kind: "case");
        Add(day + 1, who, "email", mail.ToUpperInvariant(), "dmarc", Expectation.Joined, with: first.Id, kind: "case");
        Add(day + 2, who, "email", string.Concat(mail[..1].ToUpperInvariant(), mail.AsSpan(1)), "dmarc", Expectation.Joined, with: first.Id, kind: "case");
    }

    private void Returning()
    {
        var (who, phone, day) = (Person(), Phone(), Day());
        var first = Add(day, who, "whatsapp", phone, "signature", Expectation.First, kind: "returning");
        Add(day + 30, who, "whatsapp", phone, "signature", Expectation.Joined, with: first.Id, kind: "returning");
        Add(day + 60, who, "whatsapp", Grouped(phone), "signature", Expectation.Joined, with: first.Id, kind: "returning");
    }

    private void SecondMailbox()
    {
        var (who, home, work, day) = (Person(), Mail(), Mail(), Day());
        var first = Add(day, who, "email", home, "dmarc", Expectation.First, kind: "second mailbox");
        Add(day + 1, who, "email", work, "dmarc", Expectation.Joined, with: first.Id, kind: "second mailbox", link: home, code: "right");
    }

    /// <summary>What stands before the plus sign may be another's: only a code joins.</summary>
    private void PlusAddress()
    {
        var (who, mail, day) = (Person(), Mail(), Day());
        var plus = mail.Replace("@", "+shop@", StringComparison.Ordinal);
        var first = Add(day, who, "email", mail, "dmarc", Expectation.First, kind: "plus address");
        if (random.Next(2) == 0)
            Add(day + 1, who, "email", plus, "dmarc", Expectation.Apart, kind: "plus address");
        else
            Add(day + 1, who, "email", plus, "dmarc", Expectation.Joined, with: first.Id, kind: "plus address", link: mail, code: "right");
    }

    private void Spoofed()
    {
        var (who, mail, day) = (Person(), Mail(), Day());
        Add(day, who, "email", mail, "dmarc", Expectation.First, kind: "spoofed from");
        Add(day + 1, Person(), "email", mail, "none", Expectation.Apart, kind: "spoofed from");
    }

    private void FormWithAnothersAddress()
    {
        var (who, mail, day) = (Person(), Mail(), Day());
        Add(day, who, "email", mail, "dmarc", Expectation.First, kind: "form with another's address");
        Add(day + 1, Person(), "web", mail, "none", Expectation.Apart, kind: "form with another's address");
        // Even the person themselves, as long as they show nothing.
        Add(day + 2, who, "web", mail, "none", Expectation.Apart, kind: "form without proof");
    }

    /// <summary>The code goes to a stranger, who does nothing.</summary>
    private void Typo()
    {
        var (who, other, mail, day) = (Person(), Person(), Mail(), Day());
        var typed = Swapped(mail);
        Add(day, other, "email", typed, "dmarc", Expectation.First, kind: "typo");
        Add(day + 1, who, "web", typed, "token", Expectation.Apart, kind: "typo", key: $"{who}-browser", link: typed, code: "none");
    }

    private void Guessing()
    {
        var (who, mail, day) = (Person(), Mail(), Day());
        Add(day, who, "email", mail, "dmarc", Expectation.First, kind: "guessed code");
        var mallory = Person();
        Add(day + 1, mallory, "web", "", "token", Expectation.Apart, kind: "guessed code", key: $"{mallory}-browser", link: mail, code: "wrong");
    }

    /// <summary>Two people, two mailboxes, one telephone: the code is read by either.</summary>
    private void FamilyPhone()
    {
        var (one, other, phone, day) = (Person(), Person(), Phone(), Day());
        var first = Add(day, one, "email", Mail(), "dmarc", Expectation.First, kind: "family phone", link: phone, code: "right");
        Add(day + 1, one, "whatsapp", phone, "signature", Expectation.Joined, with: first.Id, kind: "family phone");
        Add(day + 2, other, "email", Mail(), "dmarc", Expectation.First, kind: "family phone", link: phone, code: "right");
    }

    private void RecycledNumber()
    {
        var (one, other, phone, day) = (Person(), Person(), Phone(), Day());
        Add(day, one, "whatsapp", phone, "signature", Expectation.First, kind: "recycled number");
        var first = Add(day + 90, other, "whatsapp", phone, "signature", Expectation.First, kind: "recycled number");
        Add(day + 91, other, "whatsapp", phone, "signature", Expectation.Joined, with: first.Id, kind: "recycled number");
    }

    private void Replies()
    {
        var (who, mail, day) = (Person(), Mail(), Day());
        var first = Add(day, who, "email", mail, "dmarc", Expectation.First, kind: "reply to our mail");
        Add(day + 1, who, "email", mail, "dmarc", Expectation.Joined, with: first.Id, kind: "reply to our mail", key: first.Id);
        Add(day + 2, Person(), "email", Mail(), "reply", Expectation.Apart, kind: "forwarded mail of ours", key: first.Id);
    }

    /// <summary>Whoever got a copy knows the ids of both sides' mails, and anybody can write any From.</summary>
    private void ForgedReplies()
    {
        var (who, mail, day) = (Person(), Mail(), Day());
        var first = Add(day, who, "email", mail, "dmarc", Expectation.First, kind: "forged reply");
        Add(day + 1, Person(), "email", mail, "reply", Expectation.Apart, kind: "forged reply to our mail", key: first.Id);
        Add(day + 2, Person(), "email", mail, "thread", Expectation.Apart, kind: "forged mail in the customer's thread", key: first.Id);
    }

    /// <summary>Nobody vouches for the first mail either: the thread is what there is.</summary>
    private void RepliesWithoutDmarc()
    {
        var (who, mail, day) = (Person(), Mail(), Day());
        var first = Add(day, who, "email", mail, "none", Expectation.First, kind: "reply without DMARC");
        Add(day + 1, who, "email", mail, "reply", Expectation.Joined, with: first.Id, kind: "reply without DMARC", key: first.Id);
        Add(day + 2, who, "email", mail, "thread", Expectation.Joined, with: first.Id, kind: "mail in one's own thread without DMARC", key: first.Id);
    }

    private IdentityContact Add(
        int day, string person, string channel, string from, string proof, Expectation expect, string? with = null, string kind = "", string? key = null,
        string? link = null, string? code = null)
    {
        var contact = new IdentityContact(
            string.Create(CultureInfo.InvariantCulture, $"g{made.Count + 1:000}"), day, person, channel, from, proof, expect, with, kind, key, link, code);
        made.Add(contact);
        return contact;
    }

    private string Person() => string.Create(CultureInfo.InvariantCulture, $"p{++people:000}");

    private int Day() => random.Next(300);

    private string Mail() => string.Create(
        CultureInfo.InvariantCulture, $"{Names[random.Next(Names.Length)]}.{Names[random.Next(Names.Length)]}{people}{random.Next(10)}@{Hosts[random.Next(Hosts.Length)]}");

    private string Phone() => string.Create(CultureInfo.InvariantCulture, $"+49151{people:000}{random.Next(10_000):0000}");

    private static string Grouped(string phone) => $"{phone[..3]} {phone[3..6]} {phone[6..]}";

    private static string Swapped(string mail) => string.Create(mail.Length, mail, static (target, source) =>
    {
        source.CopyTo(target);
        (target[0], target[1]) = (target[1], target[0]);
    });
}
