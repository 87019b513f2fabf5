namespace FteAgent.Answering.Rules;

/// <summary>The names that channels go by in handbooks and in code.</summary>
internal static class Channels
{
    private static readonly (string Channel, string[] Names)[] Known =
    [
        ("whatsapp", ["whatsapp", "twilio"]),
        ("email", ["email", "gmail", "mail", "e-mail", "emails"]),
        ("web", ["web", "webform", "web_form", "form", "chat", "widget", "website"]),
    ];

    /// <summary>Whether two names mean one channel.</summary>
    public static bool Same(string one, string other) => Canonical(one) == Canonical(other);

    /// <summary>The channel that a heading names alone ("WhatsApp", "Web form"), or null.</summary>
    public static string? OfHeading(string heading)
    {
        var words = Reading.Of(heading.Replace('_', ' ')).Tokens.Select(token => token.Word).Where(word => word is not ("channel" or "the" or "via" or "support" or "twilio" or "form" or "next" or "js" or "only")).ToList();
        return words is [var word] ? Known.FirstOrDefault(known => known.Names.Contains(word)).Channel : null;
    }

    private static string Canonical(string name) =>
        Known.FirstOrDefault(known => known.Names.Contains(name.ToLowerInvariant())).Channel ?? name.ToLowerInvariant();
}
