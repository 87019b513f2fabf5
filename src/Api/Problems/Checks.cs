using FteAgent.Customers;

namespace FteAgent.Api.Problems;

/// <summary>Checks a request's fields and collects a sentence for each bad one, so that the caller learns of all of them at once.</summary>
internal sealed class Checks
{
    private readonly Dictionary<string, string[]> errors = [];

    /// <summary>Whether every field was good.</summary>
    public bool Passed => errors.Count == 0;

    /// <summary>A sentence for each bad field.</summary>
    public IEnumerable<string> Sentences => errors.Values.SelectMany(sentences => sentences);

    /// <summary>422 with every bad field (RFC 9457).</summary>
    public InvalidFields Problem() => new(errors);

    /// <summary>A text of a length within bounds, counted without surrounding white space and control characters, which nobody sees.</summary>
    public string Text(string field, string? value, int shortest, int longest)
    {
        var text = Visible(value ?? "").Trim();
        if (value is null && shortest > 0)
            Fail(field, "is missing.");
        else if (text.Length < shortest)
            Fail(field, $"must have at least {shortest} characters.");
        else if (text.Length > longest)
            Fail(field, $"must have at most {longest:N0} characters.");
        return text;
    }

    /// <summary>An email address in lower case, or null when it is allowed to be missing.</summary>
    public string? Email(string field, string? value, bool required)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            if (required)
                Fail(field, "is missing.");
            return null;
        }

        if (!CustomerAddress.TryRead(IdentifierKind.Email, value, out var address))
            Fail(field, "must be an email address such as name@example.com.");
        return address;
    }

    /// <summary>One of an enumeration's names in snake case.</summary>
    public T OneOf<T>(string field, string? value)
        where T : struct, Enum
    {
        foreach (var known in Enum.GetValues<T>())
            if (Wire.Name(known) == value)
                return known;
        Fail(field, $"must be one of {string.Join(", ", Enum.GetValues<T>().Select(known => Wire.Name(known)))}.");
        return default;
    }

    /// <summary>Adds a sentence about a field; it follows the field's name.</summary>
    public void Fail(string field, string sentence) => errors[field] = [$"{field} {sentence}"];

    private static string Visible(string value) =>
        value.Any(char.IsControl)
            ? string.Concat(value.Where(character => !char.IsControl(character) || character is '\n' or '\t'))
            : value;
}
