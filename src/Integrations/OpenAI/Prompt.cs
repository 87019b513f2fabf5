using System.Globalization;
using System.Reflection;

namespace FteAgent.OpenAI;

/// <summary>
/// What a model is told to do, from a file that travels inside the assembly. Its first line is <c>version: N</c>; whoever changes the words
/// raises the number, since answers are recorded with it.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version: 1, 2 and so on.</param>
/// <param name="Text">The words.</param>
internal sealed record Prompt(string Name, int Version, string Text)
{
    private const string FirstLine = "version: ";

    /// <summary>How answers are to be written.</summary>
    public static Prompt Answer { get; } = Load("answer");

    /// <summary>What is recorded with an answer, such as <c>answer-1</c>.</summary>
    public string Label => string.Create(CultureInfo.InvariantCulture, $"{Name}-{Version}");

    /// <summary>Reads a prompt.</summary>
    public static Prompt Load(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"prompts/{name}.md")
            ?? throw new ArgumentException("There is no such prompt.", nameof(name));
        using var reader = new StreamReader(stream);
        return Parse(name, reader.ReadToEnd());
    }

    /// <summary>Reads a prompt's text.</summary>
    internal static Prompt Parse(string name, string file)
    {
        var lines = file.ReplaceLineEndings("\n").Split('\n', 2);
        return lines.Length == 2 && lines[0].StartsWith(FirstLine, StringComparison.Ordinal)
            && int.TryParse(lines[0].AsSpan(FirstLine.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0
            ? new(name, version, lines[1].Trim())
            : throw new FormatException($"The first line of the prompt {name} must be like 'version: 1'.");
    }
}
