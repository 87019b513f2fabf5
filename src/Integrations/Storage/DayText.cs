using System.Globalization;

namespace FteAgent.Storage;

/// <summary>Days as the record writes them where they are text, such as 2026-01-31: their order is that of the calendar.</summary>
internal static class DayText
{
    private const string Form = "yyyy-MM-dd";

    public static string Of(DateOnly day) => day.ToString(Form, CultureInfo.InvariantCulture);

    public static DateOnly Read(string text) => DateOnly.ParseExact(text, Form, CultureInfo.InvariantCulture);
}
