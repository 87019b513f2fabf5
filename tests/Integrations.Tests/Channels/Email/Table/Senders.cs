namespace FteAgent.Channels.Email.Table;

/// <summary>Who is proved to have written a mail. The receiving server's name is mx.example.org.</summary>
internal static class Senders
{
    private const string Pass = "Authentication-Results: mx.example.org; dkim=pass header.d=example.com; spf=pass smtp.mailfrom=example.com; dmarc=pass (p=REJECT sp=NONE dis=NONE) header.from=example.com";

    public static IEnumerable<MailCase> All =>
    [
        Mail("a pass of the receiving server", Pass) with { Proved = true },
        Mail("a pass over several lines", "Authentication-Results: mx.example.org;\n dkim=pass\n  header.d=example.com;\n\tdmarc=pass\n (p=NONE)\n header.from=example.com") with { Proved = true },
        Mail("a pass in capitals", "authentication-results: MX.EXAMPLE.ORG 1; DMARC=PASS header.from=EXAMPLE.COM") with { Proved = true },
        Mail("a server above ours that passed it on", $"Authentication-Results: inner.example.org; auth=pass smtp.auth=x\n{Pass}") with { Proved = true },
        Mail("a comment before everything", "Authentication-Results: (ours) mx.example.org (7.1); dmarc (yes) = (so) pass header.from=example.com") with { Proved = true },
        Mail("a pass below the steps within the receiver's house", $"Received: by 2002:a05:1:b0:1 with SMTP id x\nReceived: from mx.example.org (10.0.0.1) by store.example.org with LMTP\nReceived: from mail.example.com (mail.example.com [192.0.2.1])\n by mx.example.org (Postfix) with ESMTPS\n{Pass}\nReceived: from home by mail.example.com") with { Proved = true },
        Mail("a pass below another's step", $"Received: from mail.example.com by mx.example.org with ESMTP\nReceived: from home by mail.attacker.example\n{Pass}"),
        Mail("a pass below a step that only says to be the receiver's", $"Received: from mail.attacker.example by mx.example.org with ESMTP\nReceived: from mail.example.com by mx.example.org with ESMTP\n{Pass}"),
        Mail("a pass below a step without a place, from outside", $"Received: from mail.attacker.example by mx.example.org with ESMTP\nReceived: by 2002:a05:1:b0:1 with SMTP id x\n{Pass}"),
        Mail("a pass below a step of a name that ends alike", $"Received: from x by notexample.org\n{Pass}"),
        Mail("a pass below a step whose place is in a comment", $"Received: from x (by mx.example.org)\n{Pass}"),
        Mail("no word at all", "X-Nothing: x"),
        Mail("a fail", "Authentication-Results: mx.example.org; dmarc=fail header.from=example.com"),
        Mail("none", "Authentication-Results: mx.example.org; dmarc=none header.from=example.com"),
        Mail("an SPF and a DKIM pass without DMARC", "Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=example.com; dkim=pass header.d=example.com"),
        Mail("a pass for another domain", "Authentication-Results: mx.example.org; dmarc=pass header.from=attacker.example"),
        Mail("a pass for a parent domain", "Authentication-Results: mx.example.org; dmarc=pass header.from=com"),
        Mail("a pass of another server", "Authentication-Results: mx.attacker.example; dmarc=pass header.from=example.com"),
        Mail("a pass of a server whose name begins like ours", "Authentication-Results: mx.example.org.attacker.example; dmarc=pass header.from=example.com"),
        Mail("a forged pass below the real fail", $"Authentication-Results: mx.example.org; dmarc=fail header.from=example.com\nReceived: from attacker\n{Pass}"),
        Mail("a forged pass below what cannot be read", $"Authentication-Results: ;;;=\n{Pass}"),
        Mail("a pass and a fail in one field", "Authentication-Results: mx.example.org; dmarc=pass header.from=example.com; dmarc=fail header.from=example.com"),
        Mail("two passes for two domains", "Authentication-Results: mx.example.org; dmarc=pass header.from=attacker.example; dmarc=pass header.from=example.com"),
        Mail("a pass for two domains", "Authentication-Results: mx.example.org; dmarc=pass header.from=attacker.example header.from=example.com"),
        Mail("a pass in a comment", "Authentication-Results: mx.example.org; (dmarc=pass header.from=example.com) spf=fail"),
        Mail("a pass in a quoted text", "Authentication-Results: mx.example.org; spf=fail reason=\"; dmarc=pass header.from=example.com\""),
        Mail("a pass in the envelope's own words", "Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=\"; dmarc=pass header.from=example.com\"@attacker.example; dmarc=fail header.from=example.com"),
        Mail("a method that only begins like it", "Authentication-Results: mx.example.org; dmarcish=pass header.from=example.com"),
        Mail("a version that we do not know", "Authentication-Results: mx.example.org 2; dmarc=pass header.from=example.com"),
        Mail("a pass without its domain", "Authentication-Results: mx.example.org; dmarc=pass"),
        Mail("a pass by ARC, which others sealed", "ARC-Authentication-Results: i=1; mx.example.org; dmarc=pass header.from=example.com"),
        From("two addresses in one field", "ana@example.com, eve@attacker.example"),
        From("two fields", "ana@example.com\nFrom: eve@attacker.example"),
        From("a group", "Friends: ana@example.com;"),
        From("an address that hides in a name", "\"ana@example.com\" <eve@attacker.example>") with { From = "eve@attacker.example", SenderName = "ana@example.com" },
        From("a name without quotation marks that is an address", "ana@example.com <eve@attacker.example>") with { From = "eve@attacker.example" },
        From("capitals and a name", "Ana <ANA@Example.COM>") with { Proved = true, SenderName = "Ana" },
        From("another case's plus address is another address", "ana+shop@example.com") with { From = "ana+shop@example.com", Proved = true },
        new("a domain of another script", "Authentication-Results: mx.example.org; dmarc=pass header.from=xn--mller-kva.example\nFrom: info@müller.example\n\nx") { From = "info@xn--mller-kva.example", Proved = true },
    ];

    private static MailCase Mail(string name, string results) => new(name, $"{results}\nFrom: ana@example.com\nSubject: x\nMessage-ID: <1@example.com>\n\nHello");

    private static MailCase From(string name, string from) => new(name, $"{Pass}\nFrom: {from}\nSubject: x\nMessage-ID: <1@example.com>\n\nHello");
}
