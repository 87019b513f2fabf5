namespace FteAgent.Api.Hosting;

/// <summary>The support form as the page sends it.</summary>
internal static class Forms
{
    public static Dictionary<string, object?> Valid(
        string message = "How do I make a backup of the data?", string name = "Mira Okafor", string email = "mira@example.com", string subject = "Backup of the data",
        string category = "technical", string priority = "medium") => new()
        {
            ["name"] = name,
            ["email"] = email,
            ["subject"] = subject,
            ["category"] = category,
            ["priority"] = priority,
            ["message"] = message,
        };

    /// <summary>A new Idempotency-Key.</summary>
    public static (string Name, string Value) Key(string? value = null) => ("Idempotency-Key", value ?? Guid.NewGuid().ToString());
}
