using System.Text.Json;

namespace FteAgent.OpenAI;

/// <summary>
/// Reads an object that a model wrote, field by field, and notes what is wrong as sentences that the model can mend by: they name the place and
/// what is allowed there, and repeat nothing.
/// </summary>
internal sealed class JsonFields
{
    /// <summary>More is not told: whoever made so many mistakes begins anew.</summary>
    public const int MostFaults = 8;

    /// <summary>Deeper than any of our forms.</summary>
    private const int Deepest = 8;

    private readonly JsonElement element;
    private readonly string path;
    private readonly List<string> faults;

    private JsonFields(JsonElement element, string path, List<string> faults, ReadOnlySpan<string> known)
    {
        (this.element, this.path, this.faults) = (element, path, faults);
        if (element.ValueKind is not JsonValueKind.Object)
        {
            Note(path.Length == 0 ? "The arguments are not a JSON object." : $"{path} is not an object.");
            return;
        }

        foreach (var field in element.EnumerateObject())
            if (!known.Contains(field.Name))
                Note($"{(path.Length == 0 ? "The object" : path)} has a field that is not allowed; {Allowed(known)}.");
    }

    /// <summary>Reads the arguments of a call. The result is null where they are wrong anywhere.</summary>
    /// <param name="json">The arguments, as the model wrote them.</param>
    /// <param name="longest">The longest text that is looked at, in characters.</param>
    /// <param name="known">The fields that the object has.</param>
    /// <param name="read">Makes a value of the fields; what it gives counts only if nothing was noted.</param>
    /// <param name="faults">What is wrong.</param>
    public static T? Read<T>(string json, int longest, string[] known, Func<JsonFields, T?> read, List<string> faults)
        where T : class
    {
        if (json.Length > longest)
        {
            faults.Add($"The arguments are longer than {longest} characters.");
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = Deepest, AllowDuplicateProperties = false });
            var value = read(new(document.RootElement, "", faults, known));
            return faults.Count == 0 ? value : null;
        }
        catch (JsonException wrong)
        {
            faults.Add(wrong.BytePositionInLine is { } at
                ? $"The arguments are not valid JSON from line {wrong.LineNumber + 1}, byte {at + 1} on."
                : "The arguments are not valid JSON, or name a field twice.");
            return null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, written as an escape in a field's name: it is JSON, and no text.
            faults.Add("The arguments have a field whose name is not a text that can be read.");
            return null;
        }
    }

    /// <summary>A text that must be there.</summary>
    public string? Text(string name, int longest)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind is not JsonValueKind.String)
            return Wrong<string>($"{At(name)} must be a string.");
        if (Words(value) is not { } text)
            return Wrong<string>($"{At(name)} is not a text that can be read.");
        if (string.IsNullOrWhiteSpace(text))
            return Wrong<string>($"{At(name)} is empty.");
        if (text.Length > longest)
            return Wrong<string>($"{At(name)} has {text.Length} characters; {longest} are allowed.");
        return text.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t'))
            ? Wrong<string>($"{At(name)} holds control characters.")
            : text;
    }

    /// <summary>A text, or null.</summary>
    public string? TextOrNull(string name, int longest) => IsNull(name) ? null : Text(name, longest);

    /// <summary>A number that must be there.</summary>
    public double? Number(string name, double least, double most)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= most)
            return number;
        Note(FormattableString.Invariant($"{At(name)} must be a number from {least} to {most}."));
        return null;
    }

    /// <summary>A whole number, or what null stands for.</summary>
    public int? WholeOr(string name, int least, int most, int otherwise)
    {
        if (IsNull(name))
            return otherwise;
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most)
            return number;
        Note($"{At(name)} must be a whole number from {least} to {most}, or null.");
        return null;
    }

    /// <summary>One of some words that must be there.</summary>
    public T? OneOf<T>(string name, IReadOnlyDictionary<string, T> words)
        where T : struct
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind is JsonValueKind.String && Words(value) is { } word && words.TryGetValue(word, out var found))
            return found;
        Note($"{At(name)} must be one of {string.Join(", ", words.Keys.Order(StringComparer.Ordinal))}.");
        return null;
    }

    /// <summary>One of some words, or null.</summary>
    public T? OneOfOrNull<T>(string name, IReadOnlyDictionary<string, T> words)
        where T : struct => IsNull(name) ? null : OneOf(name, words);

    /// <summary>A list of objects that must be there.</summary>
    public IReadOnlyList<JsonFields> List(string name, int most, params string[] known)
    {
        if (Find(name) is not { } value)
            return [];
        if (value.ValueKind is not JsonValueKind.Array)
        {
            Note($"{At(name)} must be a list.");
            return [];
        }

        var length = value.GetArrayLength();
        if (length > most)
        {
            Note($"{At(name)} has {length} entries; {most} are allowed.");
            return [];
        }

        return [.. value.EnumerateArray().Select((entry, place) => new JsonFields(entry, $"{At(name)}[{place}]", faults, known))];
    }

    /// <summary>Notes something else that is wrong.</summary>
    public void Note(string fault)
    {
        if (faults.Count < MostFaults)
            faults.Add(fault);
    }

    /// <summary>Where a field stands, as <c>sentences[2].text</c>.</summary>
    public string At(string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Allowed(ReadOnlySpan<string> known) => known.IsEmpty ? "none is" : $"allowed are {string.Join(", ", known!)}";

    private bool IsNull(string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Null;

    private JsonElement? Find(string name)
    {
        if (element.ValueKind is not JsonValueKind.Object)
            return null;
        if (element.TryGetProperty(name, out var value))
            return value;
        Note($"{At(name)} is missing.");
        return null;
    }

    private T? Wrong<T>(string fault)
        where T : class
    {
        Note(fault);
        return null;
    }

    private static string? Words(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;   // Half of a surrogate pair, written as an escape.
        }
    }
}
