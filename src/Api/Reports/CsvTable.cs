using System.Globalization;
using System.Text;

namespace FteAgent.Api.Reports;

/// <summary>
/// Writes a table as RFC 4180 has it. Whoever opens it has a spreadsheet, to which a cell that begins with one of a few signs is a formula to run:
/// such a cell gets an apostrophe before it, by which spreadsheets know that it is text.
/// </summary>
/// <remarks>Which signs: OWASP, "CSV Injection".</remarks>
internal sealed class CsvTable
{
    private const string Formula = "=+-@\t\r\n";

    /// <summary>The same signs in full width, which some spreadsheets read as their narrow twins.</summary>
    private const string WideFormula = "\uFF1D\uFF0B\uFF0D\uFF20";

    private readonly StringBuilder text = new();
    private readonly int columns;

    public CsvTable(params IReadOnlyList<string> columns)
    {
        this.columns = columns.Count;
        Row([.. columns]);
    }

    /// <summary>Adds a row: text, whole numbers, or numbers with a fraction; null is an empty cell.</summary>
    public void Row(params object?[] cells)
    {
        if (cells.Length != columns)
            throw new ArgumentException($"A row has {columns} cells.", nameof(cells));
        text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");
    }

    /// <inheritdoc/>
    public override string ToString() => text.ToString();

    private static string Cell(object? value) => value switch
    {
        null => "",
        string words => Words(words),
        double number => number.ToString("0.####", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException("A cell is a text or a number.", nameof(value)),
    };

    private static string Words(string words)
    {
        if (words.Length > 0 && (Formula.Contains(words[0]) || WideFormula.Contains(words[0])))
            words = $"'{words}";
        return words.AsSpan().ContainsAny(",\"\r\n'") ? $"\"{words.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : words;
    }
}
