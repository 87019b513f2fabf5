namespace FteAgent.Api.Reports;

/// <summary>A table is read by programs and opened by spreadsheets, which would run what looks like a formula.</summary>
public sealed class CsvTableTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"so\"", "\"say \"\"so\"\"\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    [InlineData("gpt-5=mini", "gpt-5=mini")]
    public void Text_is_quoted_where_it_must_be(string text, string cell) => Assert.Equal($"a\r\n{cell}\r\n", Table(text));

    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("\n=1", "\"'\n=1\"")]
    [InlineData("\uFF1D1+1", "\"'\uFF1D1+1\"")]
    [InlineData("=HYPERLINK(\"http://evil.test\";\"x\")", "\"'=HYPERLINK(\"\"http://evil.test\"\";\"\"x\"\")\"")]
    public void Cell_that_a_spreadsheet_would_run_is_text(string text, string cell) => Assert.Equal($"a\r\n{cell}\r\n", Table(text));

    [Fact]
    public void Numbers_are_written_for_programs()
    {
        Assert.Equal("a\r\n1234567\r\n", Table(1_234_567));
        Assert.Equal("a\r\n0.3333\r\n", Table(1 / 3.0));
        Assert.Equal("a\r\n1234.5\r\n", Table(1_234.5m));
        Assert.Equal("a\r\n\r\n", Table(null));
    }

    [Fact]
    public void A_row_has_as_many_cells_as_there_are_columns() => Assert.Throws<ArgumentException>(() => new CsvTable("a", "b").Row("only one"));

    private static string Table(object? cell)
    {
        var table = new CsvTable("a");
        table.Row(cell);
        return table.ToString();
    }
}
