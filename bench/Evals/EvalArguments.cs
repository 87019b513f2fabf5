using System.Globalization;
using FteAgent.Silo.Commands;

namespace FteAgent.Evals;

/// <summary>What was written behind the command.</summary>
internal sealed class EvalArguments(IReadOnlyList<string> args)
{
    private static readonly string[] Switches = ["--check", "--answers", "--records", "--calibrate", "--rerank", "--vectors", "--routing", "--calibrate-scope"];
    private static readonly string[] Valued = ["--data", "--only", "--database", "--runs", "--count", "--skip", "--set", "--contacts"];

    /// <summary>Whether a switch is there.</summary>
    public bool Has(string name) => args.Contains(name);

    /// <summary>What follows a name, or null where it is not there.</summary>
    public string? Text(string name)
    {
        for (var at = 0; at < args.Count; at++)
            if (args[at] == name)
                return at + 1 < args.Count ? args[at + 1] : throw new UsageException($"{name} must be followed by what it is about.");
        return null;
    }

    /// <summary>A number, at least <paramref name="least"/>.</summary>
    public int Number(string name, int otherwise, int least = 1)
    {
        if (Text(name) is not { } text)
            return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw new UsageException($"{name} must be a whole number from {least} on.");
    }

    /// <summary>A switch that nobody knows would otherwise measure something else than was meant, in silence.</summary>
    public void RefuseUnknown()
    {
        for (var at = 0; at < args.Count; at++)
        {
            if (Valued.Contains(args[at])) at++;
            else if (!Switches.Contains(args[at])) throw new UsageException($"{args[at]} is not known here. There are {string.Join(", ", Switches.Concat(Valued))}.");
        }
    }
}
